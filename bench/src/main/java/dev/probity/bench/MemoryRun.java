package dev.probity.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Says what Probity's memory is used for, after each case in turn. */
final class MemoryRun {
  private static final double SECONDS = 12;

  private MemoryRun() {}

  static boolean run(List<String> words, Path home, Path folder) throws IOException {
    Options options = Options.parse(words, home);
    Map<Workload, Payload> payloads = new LinkedHashMap<>();
    Workload.ALL.forEach(workload -> payloads.put(workload, Payload.of(workload)));
    try (var provider = new FakeProvider(payloads);
        var generator = new LoadGenerator();
        var probity =
            new Probity(
                options.probity().orElseThrow(),
                folder.resolve("probity"),
                provider.port(),
                payloads.get(Workload.ALL.getFirst()),
                Probity.javaOptions("-XX:NativeMemoryTracking=summary"))) {
      print("after the start", probity);
      for (Workload workload : options.only()) {
        double seconds = workload.paced() ? workload.seconds() : SECONDS;
        double before = probity.processes().orElseThrow().cpuMicros();
        LoadResult load =
            generator.run(
                probity.port(workload),
                probity.key(),
                workload.lasting(seconds),
                payloads.get(workload));
        probity.settle(load.answered());
        double micros = probity.processes().orElseThrow().cpuMicros() - before;
        print(
            "after %d x %s, %.1f us each, %d failed %s"
                .formatted(
                    load.answered(),
                    workload.title(),
                    micros / Math.max(1, load.answered()),
                    load.failed(),
                    load.firstFailure()),
            probity);
      }
    }
    return true;
  }

  private static void print(String when, Probity probity) throws IOException {
    String pid = Long.toString(probity.pid());
    System.out.printf("%n== %s%n", when);
    Files.readString(Path.of("/proc/" + pid + "/status"))
        .lines()
        .filter(line -> line.matches("(VmHWM|VmRSS|RssAnon|RssFile|Threads):.*"))
        .forEach(System.out::println);
    printMappings(pid);
    Jcmd.run(pid, "GC.heap_info").lines().skip(1).limit(7).forEach(System.out::println);
    System.out.println("Committed by the JVM (KB):");
    System.out.println(
        Jcmd.run(pid, "VM.native_memory", "summary")
            .lines()
            .filter(line -> line.contains("committed=") && !line.contains("committed=0KB"))
            .filter(line -> line.startsWith("-") || line.startsWith("Total"))
            .map(line -> line.replaceAll("\\(reserved=\\d+KB, committed=(\\d+)KB\\)", "$1"))
            .collect(Collectors.joining("\n")));
  }

  /** Resident memory by what is mapped there; files by name. */
  private static void printMappings(String pid) throws IOException {
    Map<String, Long> kilobytes = new TreeMap<>();
    String name = "";
    for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/smaps"))) {
      if (line.matches("^[0-9a-f]+-[0-9a-f]+ .*")) {
        String[] fields = line.split("\\s+", 6);
        name = fields.length < 6 || fields[5].isEmpty() ? "(anonymous)" : fields[5];
        name = name.substring(name.lastIndexOf('/') + 1);
      } else if (line.startsWith("Rss:")) {
        kilobytes.merge(name, Long.parseLong(line.replaceAll("\\D", "")), Long::sum);
      }
    }
    kilobytes.entrySet().stream()
        .filter(entry -> entry.getValue() >= 2_048)
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .forEach(entry ->
            System.out.printf(
                Locale.ROOT, "  %6.1f MB %s%n", entry.getValue() / 1_024.0, entry.getKey()));
  }
}
