package dev.probity.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A process and all below it, as {@code /proc} shows them. */
record ProcessTree(ProcessHandle root) {
  // USER_HZ, which is 100 on every Linux that Java runs on.
  private static final double TICK_MICROS = 10_000;

  /** User and system time so far, in microseconds. */
  double cpuMicros() {
    double ticks = 0;
    for (long pid : pids()) {
      String[] fields = statFields(Path.of("/proc/" + pid + "/stat"));
      if (fields.length > 14) {
        ticks += Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
      }
    }
    return ticks * TICK_MICROS;
  }

  /** Memory in RAM now, in MB; pages that processes share are counted in each. */
  double residentMegabytes() {
    return statusMegabytes("VmRSS:");
  }

  /** The most memory in RAM that each process ever had, in MB, summed. */
  double peakMegabytes() {
    return statusMegabytes("VmHWM:");
  }

  /** CPU time so far by thread, in microseconds; threads of the same name together. */
  Map<String, Double> cpuMicrosByThread() {
    Map<String, Double> micros = new LinkedHashMap<>();
    for (long pid : pids()) {
      for (Path thread : threads(pid)) {
        String[] fields = statFields(thread.resolve("stat"));
        if (fields.length > 14) {
          double user = Long.parseLong(fields[11]) * TICK_MICROS;
          double system = Long.parseLong(fields[12]) * TICK_MICROS;
          String name = read(thread.resolve("comm")).strip().replaceAll("[-#]?\\d+$", "");
          micros.merge(name + " user", user, Double::sum);
          micros.merge(name + " sys", system, Double::sum);
        }
      }
    }
    return micros;
  }

  /** Asks the processes to end, and makes them after a while. */
  void stop() {
    List<ProcessHandle> all = Stream.concat(root.descendants(), Stream.of(root)).toList();
    root.destroy();
    try {
      root.onExit().get(10, java.util.concurrent.TimeUnit.SECONDS);
    } catch (Exception slow) {
      System.err.println("Process " + root.pid() + " did not end when asked to; killed.");
    }
    all.forEach(ProcessHandle::destroyForcibly);
  }

  private List<Long> pids() {
    return Stream.concat(Stream.of(root), root.descendants()).map(ProcessHandle::pid).toList();
  }

  private double statusMegabytes(String field) {
    double kilobytes = 0;
    for (long pid : pids()) {
      for (String line : read(Path.of("/proc/" + pid + "/status")).split("\n")) {
        if (line.startsWith(field)) {
          kilobytes += Long.parseLong(line.replaceAll("\\D", ""));
        }
      }
    }
    return kilobytes / 1_024;
  }

  private static List<Path> threads(long pid) {
    try (Stream<Path> list = Files.list(Path.of("/proc/" + pid + "/task"))) {
      return list.toList();
    } catch (IOException gone) {
      return List.of();
    }
  }

  /** The fields after the process's name, which may hold spaces itself. */
  private static String[] statFields(Path stat) {
    String line = read(stat);
    return line.substring(line.lastIndexOf(')') + 1).strip().split(" ");
  }

  private static String read(Path path) {
    try {
      return Files.readString(path);
    } catch (IOException gone) {
      return "";
    }
  }
}
