package dev.probity.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Runs Probity under one workload with the JDK's flight recorder and says where the CPU goes. */
final class ProfileRun {
  private static final double SECONDS = 20;

  private ProfileRun() {}

  static boolean run(List<String> words, Path home, Path folder) throws IOException {
    if (words.isEmpty()) {
      throw new IllegalArgumentException("Which case? For example: bench/run profile 1k");
    }
    Workload workload = Options.workload(words.getFirst());
    Options options = Options.parse(words.subList(1, words.size()), home);
    Payload payload = Payload.of(workload);
    try (var provider = new FakeProvider(Map.of(workload, payload));
        var generator = new LoadGenerator();
        // Without the option a frame is blamed on the nearest safepoint.
        var probity =
            new Probity(
                options.probity().orElseThrow(),
                folder.resolve("probity"),
                provider.port(),
                payload,
                Map.of(
                    "PROBITY_JAVA_OPTS",
                    "-XX:+UnlockDiagnosticVMOptions -XX:+DebugNonSafepoints"))) {
      // Longer than for a measurement: samples of code that is not compiled yet mislead.
      double warmUp = 20;
      LoadResult warm =
          generator.run(probity.port(workload), probity.key(), workload.lasting(warmUp), payload);
      probity.settle(warm.answered());
      System.out.printf(
          "warm-up: %d answers, %d failed %s%n",
          warm.answered(), warm.failed(), warm.firstFailure());

      Path recording = folder.resolve("bench.jfr");
      String pid = Long.toString(probity.pid());
      Jcmd.run(
          pid,
          "JFR.start",
          "name=bench",
          "settings=none",
          "+jdk.CPUTimeSample#enabled=true",
          "+jdk.CPUTimeSample#throttle=2ms",
          "+jdk.ObjectAllocationSample#enabled=true",
          "+jdk.CPUTimeSample#stackTrace=true",
          "+jdk.ObjectAllocationSample#stackTrace=true",
          "+jdk.ObjectAllocationSample#throttle=1000/s",
          "+jdk.GarbageCollection#enabled=true");
      ProcessTree processes = probity.processes().orElseThrow();
      Map<String, Double> before = processes.cpuMicrosByThread();
      LoadResult load =
          generator.run(probity.port(workload), probity.key(), workload.lasting(SECONDS), payload);
      probity.settle(load.answered());
      Map<String, Double> after = processes.cpuMicrosByThread();
      Jcmd.run(pid, "JFR.stop", "name=bench", "filename=" + recording);

      System.out.printf(
          Locale.ROOT,
          "%n%s: %d answers, %d failed, %.0f/s%n",
          workload.title(),
          load.answered(),
          load.failed(),
          load.perSecond());
      printThreads(before, after, Math.max(1, load.answered()));
      Profile.read(recording).print(load.answered());
      Path kept = Path.of("bench", "target", "profile-" + workload.name() + ".jfr");
      Files.createDirectories(home.resolve(kept).getParent());
      Files.copy(recording, home.resolve(kept), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      System.out.println("\nThe recording: " + kept);
      return load.failed() == 0;
    }
  }

  private static void printThreads(
      Map<String, Double> before, Map<String, Double> after, long requests) {
    double total = 0;
    System.out.println("\nCPU per request by thread (/proc/PID/task), us:");
    var lines = new java.util.TreeMap<Double, String>(java.util.Comparator.reverseOrder());
    for (var entry : after.entrySet()) {
      double micros = (entry.getValue() - before.getOrDefault(entry.getKey(), 0.0)) / requests;
      total += micros;
      if (micros > 0.005) {
        lines.merge(micros, entry.getKey(), (one, other) -> one + ", " + other);
      }
    }
    lines.forEach((micros, name) -> System.out.printf(Locale.ROOT, "  %8.2f  %s%n", micros, name));
    System.out.printf(Locale.ROOT, "  %8.2f  all%n", total);
  }
}
