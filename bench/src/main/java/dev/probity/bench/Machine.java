package dev.probity.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The machine that all runs on. */
final class Machine {
  private Machine() {}

  static String describe() throws IOException {
    String model =
        Files.readString(Path.of("/proc/cpuinfo"))
            .lines()
            .filter(line -> line.startsWith("model name"))
            .map(line -> line.substring(line.indexOf(':') + 1).strip())
            .findFirst()
            .orElse(System.getProperty("os.arch"));
    long kilobytes =
        Files.readString(Path.of("/proc/meminfo"))
            .lines()
            .filter(line -> line.startsWith("MemTotal"))
            .map(line -> Long.parseLong(line.replaceAll("\\D", "")))
            .findFirst()
            .orElse(0L);
    return "%s, %d cores, %.0f GB of memory, Linux %s"
        .formatted(
            model,
            Runtime.getRuntime().availableProcessors(),
            kilobytes / 1e6,
            System.getProperty("os.version"));
  }

  /** The load averages of 1, 5 and 15 minutes. */
  static String load() throws IOException {
    return Arrays.stream(Files.readString(Path.of("/proc/loadavg")).split(" "))
        .limit(3)
        .collect(Collectors.joining(" "));
  }

  /** CPU time that all processes together used so far, in microseconds. */
  static double busyMicros() {
    try (var lines = Files.lines(Path.of("/proc/stat"))) {
      String[] fields = lines.findFirst().orElseThrow().trim().split("\\s+");
      // user, nice, system; then idle, iowait; then irq, softirq. Steal is not ours.
      return (Double.parseDouble(fields[1])
              + Double.parseDouble(fields[2])
              + Double.parseDouble(fields[3])
              + Double.parseDouble(fields[6])
              + Double.parseDouble(fields[7]))
          * 10_000;
    } catch (IOException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** What a command prints in its first line, standard error included. */
  static String firstLine(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes());
      process.waitFor();
      return output.lines().findFirst().orElse("");
    } catch (IOException | InterruptedException failure) {
      return "unknown";
    }
  }
}
