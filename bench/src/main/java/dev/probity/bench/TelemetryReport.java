package dev.probity.bench;

import java.io.IOException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * The results of {@link TelemetryBench} as Markdown.
 *
 * @param exports acknowledged by Probity, warm-up included
 * @param lost what was acknowledged and not found, in words; empty if nothing
 */
record TelemetryReport(
    List<TelemetryMeasurement> measurements,
    int repetitions,
    boolean quick,
    int exportBytes,
    long exports,
    double bytesPerEvent,
    String lost,
    String loadBefore) {
  private static final double RECORDS_TARGET = 60_000;
  private static final double ACK_TARGET_MILLIS = 50;
  private static final double MEMORY_TARGET_MEGABYTES = 600;

  String text() throws IOException {
    var out = new StringBuilder("## Telemetry\n\n");
    out.append(
        "Measured %s with `./probity bench telemetry%s`, %d interleaved repetitions; cells are median [least..greatest].\n\n"
            .formatted(
                LocalDateTime.now(ZoneOffset.UTC)
                    .format(DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm 'UTC'", Locale.ROOT)),
                quick ? " --quick" : "",
                repetitions));
    out.append("- Machine: ").append(Machine.describe()).append(".\n");
    out.append("- Load average before ").append(loadBefore).append(".\n");
    out.append(
        "- Versions: Probity %s, Java %s.\n\n"
            .formatted(
                Machine.firstLine("git", "describe", "--always", "--dirty"),
                System.getProperty("java.runtime.version")));
    targets(out);
    table(out);
    out.append(
        """
        An export is one request of %,d bytes, OTLP protobuf without compression, with %d log records as Claude Code 2.1.329
        sends them in five busy seconds; %d exporters, one connection each, for 1,000 sessions of as many people. "Probity" is
        the whole chain: key, decoding, dialect, allow-list, price, journal, a forced write before the answer, and after it the
        encrypted store with its sums. Its CPU counts until all of it can be asked for and the process is at rest. The floor is
        a bare server that walks over every field of the export, appends its bytes to a plain file and forces it before it
        answers: no key, no meaning, no encryption, nothing that can be asked for. "At half" is 30,000 records a second on a
        fixed plan: an acknowledgement is late from when its export was due.
        """
            .formatted(exportBytes, ClaudeLogs.RECORDS, 128));
    return out.toString();
  }

  private void targets(StringBuilder out) {
    out.append("| Target | Measured | |\n|---|---|---|\n");
    for (String name : List.of("http", "grpc")) {
      Spread rate = spread(name, TelemetryMeasurement::recordsPerCoreSecond);
      target(
          out,
          "%s: ≥ %,.0f records per second per core".formatted(title(name), RECORDS_TARGET),
          rate.text(0),
          rate.median() >= RECORDS_TARGET);
    }
    for (String name : List.of("http at half", "grpc at half")) {
      Spread ack = spread(name, it -> it.load().acks().millisAt(0.99));
      target(
          out,
          "%s: acknowledged p99 ≤ %.0f ms".formatted(title(name), ACK_TARGET_MILLIS),
          ack.text(1) + " ms",
          ack.median() <= ACK_TARGET_MILLIS);
    }
    double peak =
        measurements.stream()
            .filter(it -> !it.name().equals("floor"))
            .mapToDouble(TelemetryMeasurement::peakMegabytes)
            .max()
            .orElse(Double.NaN);
    target(
        out,
        "Memory (RSS) ≤ %.0f MB, the most ever".formatted(MEMORY_TARGET_MEGABYTES),
        "%.0f MB".formatted(peak),
        peak <= MEMORY_TARGET_MEGABYTES);
    long failed = measurements.stream().mapToLong(it -> it.load().failed()).sum();
    target(
        out,
        "Nothing acknowledged is lost or counted twice",
        lost.isEmpty() && failed == 0
            ? String.format(
                Locale.ROOT,
                "%,d records, every model call found and charged right to the nano-USD",
                exports * ClaudeLogs.RECORDS)
            : lost + " " + failed + " failed",
        lost.isEmpty() && failed == 0);
    out.append("| Stored bytes per event | %.0f | |\n\n".formatted(bytesPerEvent));
  }

  private static void target(StringBuilder out, String what, String measured, boolean met) {
    out.append("| %s | %s | %s |\n".formatted(what, measured, met ? "met" : "**missed**"));
  }

  private void table(StringBuilder out) {
    out.append(
        "|   | CPU µs per record | records/s per core | records/s | ack p50 ms | ack p99 ms | all can be asked for after s |\n"
            + "|---|---|---|---|---|---|---|\n");
    for (String name : List.of("floor", "http", "grpc", "http at half", "grpc at half")) {
      out.append("| ")
          .append(title(name))
          .append(" | ")
          .append(spread(name, TelemetryMeasurement::cpuMicrosPerRecord).text(2))
          .append(" | ")
          .append(spread(name, TelemetryMeasurement::recordsPerCoreSecond).text(0))
          .append(" | ")
          .append(spread(name, TelemetryMeasurement::recordsPerSecond).text(0))
          .append(" | ")
          .append(spread(name, it -> it.load().acks().millisAt(0.5)).text(1))
          .append(" | ")
          .append(spread(name, it -> it.load().acks().millisAt(0.99)).text(1))
          .append(" | ")
          .append(spread(name, TelemetryMeasurement::queryableSeconds).text(1))
          .append(" |\n");
    }
    out.append('\n');
  }

  private static String title(String name) {
    return switch (name) {
      case "floor" -> "Floor, HTTP";
      case "http" -> "Probity, HTTP";
      case "grpc" -> "Probity, gRPC";
      case "http at half" -> "Probity, HTTP, at half";
      default -> "Probity, gRPC, at half";
    };
  }

  private Spread spread(String name, ToDoubleFunction<TelemetryMeasurement> value) {
    return Spread.of(measurements.stream().filter(it -> it.name().equals(name)).mapToDouble(value));
  }
}
