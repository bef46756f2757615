package dev.probity.bench;

import java.io.IOException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The results as Markdown.
 *
 * @param troubles what went wrong; empty when every answer was right and recorded once
 * @param answered all answers with 200 that Probity gave
 * @param lateRecords measurements after which Probity was at rest before all was recorded
 */
record Report(
    Options options,
    int repetitions,
    List<Measurement> measurements,
    List<Double> startMillis,
    double idleMegabytes,
    double idleNginxMegabytes,
    String loadBefore,
    List<String> troubles,
    long answered,
    double lateRecords) {
  private static final double START_TARGET_MILLIS = 1_500;
  private static final double MEMORY_TARGET_MEGABYTES = 300;
  private static final String PROBITY = "Probity";

  /** One measurement in one line, while they run. */
  static String line(Measurement it) {
    return String.format(
        Locale.ROOT,
        "%d %-9s %-8s %7d ok %d failed  cpu %7.1f us (%.1f after, %.1f jit)  %6.0f/s  p50 %.2f p99 %.2f ms  rss %.0f MB  others %.0f%% %s",
        it.repetition(),
        it.workload().name(),
        it.contender(),
        it.load().answered(),
        it.load().failed(),
        it.cpuMicros(),
        it.afterMicros(),
        it.compilerMicros(),
        it.load().perSecond(),
        it.latency().millisAt(0.5),
        it.latency().millisAt(0.99),
        it.residentMegabytes(),
        100 * it.foreignShare(),
        it.load().firstFailure());
  }

  String text() throws IOException {
    var out = new StringBuilder("## Gateway\n\n");
    conditions(out);
    targets(out);
    for (Workload workload : options.only()) {
      details(out, workload);
    }
    out.append(Explanations.GATEWAY);
    return out.toString();
  }

  private void conditions(StringBuilder out) throws IOException {
    Spread foreign = Spread.of(measurements.stream().mapToDouble(it -> 100 * it.foreignShare()));
    out.append("Measured ")
        .append(
            LocalDateTime.now(ZoneOffset.UTC)
                .format(DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm 'UTC'", Locale.ROOT)))
        .append(" with `./probity bench gateway")
        .append(options.quick() ? " --quick" : "")
        .append("`, ")
        .append(repetitions)
        .append(" interleaved repetitions; cells are median [least..greatest].\n\n");
    out.append("- Machine: ").append(Machine.describe()).append(".\n");
    out.append("- Load average before ")
        .append(loadBefore)
        .append(", after ")
        .append(Machine.load())
        .append(" (the bench itself is most of it); other processes used ")
        .append(foreign.text(1))
        .append(" % of the processors during the measurements.\n");
    out.append("- Versions: Probity ")
        .append(Machine.firstLine("git", "describe", "--always", "--dirty"))
        .append(", Java ")
        .append(System.getProperty("java.runtime.version"))
        .append(", ")
        .append(Machine.firstLine(options.nginx(), "-v").replace("nginx version: ", ""))
        .append(".\n\n");
  }

  private void targets(StringBuilder out) {
    out.append("| Target | Measured | |\n|---|---|---|\n");
    for (Workload workload : options.only()) {
      Spread ratio = ratio(workload, PROBITY);
      target(
          out,
          "%s: CPU ≤ %s × nginx".formatted(workload.title(), number(workload.cpuTarget())),
          ratio.text(2) + " ×",
          !ratio.isEmpty() && ratio.median() <= workload.cpuTarget());
    }
    Spread peak = Spread.of(of(PROBITY).mapToDouble(Measurement::peakMegabytes));
    target(
        out,
        "Memory (RSS) ≤ %.0f MB, the most ever".formatted(MEMORY_TARGET_MEGABYTES),
        "%.0f MB; idle %.0f MB (nginx idle %.0f MB)"
            .formatted(peak.greatest(), idleMegabytes, idleNginxMegabytes),
        peak.greatest() <= MEMORY_TARGET_MEGABYTES);
    Spread start = Spread.of(startMillis.stream().mapToDouble(Double::doubleValue));
    target(
        out,
        "From start to the first 200 ≤ %.1f s".formatted(START_TARGET_MILLIS / 1_000),
        start.text(0) + " ms",
        !start.isEmpty() && start.median() <= START_TARGET_MILLIS);
    target(
        out,
        "Nothing lost, nothing twice, nothing changed",
        troubles.isEmpty()
            ? String.format(Locale.ROOT, "%,d answers, as many exchanges recorded", answered)
            : "%d troubles, the first: %s"
                .formatted(troubles.size(), shortened(troubles.getFirst()).replace("|", "/")),
        troubles.isEmpty() && answered > 0);
    out.append('\n');
  }

  /** All of it stands in what the bench prints while it runs. */
  private static String shortened(String trouble) {
    return trouble.length() <= 160 ? trouble : trouble.substring(0, 160) + "…";
  }

  private static void target(StringBuilder out, String what, String measured, boolean met) {
    out.append("| %s | %s | %s |\n".formatted(what, measured, met ? "met" : "**missed**"));
  }

  private void details(StringBuilder out, Workload workload) {
    out.append("### ").append(workload.title()).append("\n\n");
    out.append(Explanations.of(workload)).append("\n\n");
    List<Column> columns = columns(workload);
    row(out, " ", columns.stream().map(Column::title));
    row(out, "---", columns.stream().map(_ -> "---"));
    for (String contender : List.of("direct", "nginx", PROBITY)) {
      if (of(contender).findAny().isPresent()) {
        row(out, contender, columns.stream().map(column -> column.cell().apply(contender)));
      }
    }
    out.append('\n');
  }

  private static void row(StringBuilder out, String first, Stream<String> cells) {
    out.append(
        Stream.concat(Stream.of(first), cells).collect(Collectors.joining(" | ", "| ", " |\n")));
  }

  private record Column(String title, Function<String, String> cell) {}

  private List<Column> columns(Workload workload) {
    List<Column> columns = new ArrayList<>();
    columns.add(column(workload, "CPU µs per request", Measurement::cpuMicros, 1));
    columns.add(column(workload, "of it after the last answer", Measurement::afterMicros, 1));
    columns.add(column(workload, "of it the JIT", Measurement::compilerMicros, 1));
    columns.add(
        new Column(
            "× nginx",
            contender -> contender.equals("nginx") ? "1" : ratio(workload, contender).text(2)));
    if (!workload.paced()) {
      columns.add(column(workload, "requests/s", it -> it.load().perSecond(), 0));
    }
    String what = workload.paced() ? "chunk" : "answer";
    columns.add(column(workload, what + " p50 ms", it -> it.latency().millisAt(0.5), 2));
    columns.add(new Column("added", contender -> added(workload, contender, 0.5)));
    columns.add(column(workload, what + " p99 ms", it -> it.latency().millisAt(0.99), 2));
    columns.add(new Column("added", contender -> added(workload, contender, 0.99)));
    if (workload.paced()) {
      columns.add(
          column(workload, "first byte p50 ms", it -> it.load().firstByte().millisAt(0.5), 2));
      columns.add(column(workload, "p99 ms", it -> it.load().firstByte().millisAt(0.99), 2));
    }
    columns.add(column(workload, "RSS MB", Measurement::residentMegabytes, 0));
    return columns;
  }

  private Column column(
      Workload workload, String title, ToDoubleFunction<Measurement> value, int decimals) {
    return new Column(title, contender -> figure(workload, contender, value, decimals));
  }

  private String figure(
      Workload workload, String contender, ToDoubleFunction<Measurement> value, int decimals) {
    return Spread.of(of(contender).filter(it -> it.workload().equals(workload)).mapToDouble(value))
        .text(decimals);
  }

  private String added(Workload workload, String contender, double share) {
    if (contender.equals("direct")) {
      return "–";
    }
    return compared(workload, contender, "direct", it -> it.latency().millisAt(share), false)
        .text(2);
  }

  private Spread ratio(Workload workload, String contender) {
    return compared(workload, contender, "nginx", Measurement::cpuMicros, true);
  }

  /** Each repetition against another system's figure of the same repetition. */
  private Spread compared(
      Workload workload,
      String contender,
      String other,
      ToDoubleFunction<Measurement> value,
      boolean divide) {
    return Spread.of(
        of(contender)
            .filter(it -> it.workload().equals(workload))
            .mapToDouble(mine ->
                of(other)
                    .filter(it -> it.workload().equals(workload))
                    .filter(it -> it.repetition() == mine.repetition())
                    .mapToDouble(value)
                    .map(theirs ->
                        divide
                            ? value.applyAsDouble(mine) / theirs
                            : value.applyAsDouble(mine) - theirs)
                    .findFirst()
                    .orElse(Double.NaN)));
  }

  private Stream<Measurement> of(String contender) {
    return measurements.stream().filter(it -> it.contender().equals(contender));
  }

  private static String number(double value) {
    return value == Math.rint(value) ? "%.0f".formatted(value) : Double.toString(value);
  }
}
