package dev.probity.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Measures Probity beside nginx and beside no proxy at all, interleaved: in each repetition each
 * case runs on each system, right after one another, so that what the machine does otherwise hits
 * all of them.
 */
final class GatewayBench {
  private static final long TIME_LIMIT_NANOS = 460_000_000_000L;
  private static final long QUICK_TIME_LIMIT_NANOS = 160_000_000_000L;

  private final Options options;
  private final Path folder;
  private final Map<Workload, Payload> payloads = new LinkedHashMap<>();
  private final FakeProvider provider;
  private final LoadGenerator generator = new LoadGenerator();
  private final List<Contender> contenders = new ArrayList<>();
  private final List<Measurement> measurements = new ArrayList<>();
  private final List<Double> startMillis = new ArrayList<>();
  private final ProcessTree self = new ProcessTree(ProcessHandle.current());
  private Optional<Probity> probity = Optional.empty();
  private double idleMegabytes = Double.NaN;
  private double idleNginxMegabytes = Double.NaN;
  private double lateRecords;

  GatewayBench(Options options, Path folder) {
    this.options = options;
    this.folder = folder;
    Workload.ALL.forEach(workload -> payloads.put(workload, Payload.of(workload)));
    provider = new FakeProvider(payloads);
  }

  /**
   * @return whether all answers were right and none was lost
   */
  boolean run() throws IOException {
    long began = System.nanoTime();
    String loadBefore = Machine.load();
    try {
      startAll();
      warmUp();
      int done = repeat(began);
      var report =
          new Report(
              options,
              done,
              measurements,
              startMillis,
              idleMegabytes,
              idleNginxMegabytes,
              loadBefore,
              troubles(),
              probity.map(Probity::answered).orElse(0L),
              lateRecords);
      String text = report.text();
      System.out.println(text);
      if (options.document().isPresent()) {
        Document.replaceSection(options.document().get(), "gateway", text);
        System.out.println("Written to " + options.document().get() + ".");
      }
      System.out.printf("It took %.0f s.%n", (System.nanoTime() - began) / 1e9);
      return troubles().isEmpty();
    } finally {
      close();
    }
  }

  private void startAll() throws IOException {
    contenders.add(new Direct(provider));
    var nginx = new Nginx(options.nginx(), folder.resolve("nginx"), provider.port());
    contenders.add(nginx);
    Ports.pause(500);
    idleNginxMegabytes = nginx.processes().orElseThrow().residentMegabytes();
    if (options.probity().isEmpty()) {
      return;
    }
    int starts = options.quick() ? 3 : 5;
    for (int i = 1; i <= starts; i++) {
      Probity started = start(i);
      startMillis.add(started.startMillis());
      System.out.printf("start %d: first 200 after %.0f ms%n", i, started.startMillis());
      if (i < starts) {
        started.close();
      } else {
        probity = Optional.of(started);
        contenders.add(started);
      }
    }
    Ports.pause(2_000);
    idleMegabytes = probity.orElseThrow().processes().orElseThrow().residentMegabytes();
  }

  private Probity start(int number) throws IOException {
    return new Probity(
        options.probity().orElseThrow(),
        folder.resolve("probity-" + number),
        provider.port(),
        payloads.get(Workload.ALL.getFirst()),
        Map.of());
  }

  private void warmUp() {
    for (Contender contender : contenders) {
      for (Workload workload : options.only()) {
        warmUp(contender, workload);
      }
    }
    probity.ifPresent(Probity::compareRecorded);
  }

  /** For at least a while, and until next to nothing is compiled any more or it takes too long. */
  private void warmUp(Contender contender, Workload workload) {
    boolean compiles = contender instanceof Probity && !workload.paced();
    double slice = compiles ? 3 : 1;
    double least = workload.name().equals("1k") ? 9 : 3;
    double most = options.quick() ? 9 : 24;
    double seconds = 0;
    double compiling = 0;
    long answered = 0;
    do {
      double cpuBefore = cpuMicros(contender);
      double jitBefore = compilerMicros(contender);
      LoadResult load = load(contender, workload.lasting(slice));
      contender.settle(load.answered());
      seconds += slice;
      answered += load.answered();
      compiling = (compilerMicros(contender) - jitBefore) / (cpuMicros(contender) - cpuBefore);
      if (load.failed() > 0) {
        System.out.println(load.failed() + " failed: " + load.firstFailure());
      }
    } while (compiles && (seconds < least || seconds < most && compiling > 0.03));
    System.out.printf(
        Locale.ROOT,
        "warm-up %s %s: %d answers; %.0f %% of the CPU is the JIT's%n",
        contender.name(),
        workload.name(),
        answered,
        100 * compiling);
  }

  private static double compilerMicros(Contender contender) {
    return contender
        .processes()
        .map(processes ->
            processes.cpuMicrosByThread().entrySet().stream()
                .filter(entry -> entry.getKey().matches("C[12] Compiler.*"))
                .mapToDouble(Map.Entry::getValue)
                .sum())
        .orElse(0.0);
  }

  private int repeat(long began) {
    long limit = options.quick() ? QUICK_TIME_LIMIT_NANOS : TIME_LIMIT_NANOS;
    long first = System.nanoTime();
    for (int repetition = 1; repetition <= options.repetitions(); repetition++) {
      long now = System.nanoTime();
      long each = repetition == 1 ? 0 : (now - first) / (repetition - 1);
      if (now - began + each > limit) {
        System.out.println("The time is up: " + (repetition - 1) + " repetitions done.");
        return repetition - 1;
      }
      for (Workload workload : options.only()) {
        var order = new ArrayList<>(contenders);
        Collections.rotate(order, repetition);
        for (Contender contender : order) {
          measure(contender, workload, repetition);
        }
      }
    }
    return options.repetitions();
  }

  private void measure(Contender contender, Workload workload, int repetition) {
    double factor = options.quick() ? 0.7 : 1;
    if (contender instanceof Direct && !workload.paced()) {
      factor *= 0.5;
    }
    Workload window = workload.lasting(workload.seconds() * factor);
    double busyBefore = Machine.busyMicros();
    double oursBefore = oursMicros();
    long wallBefore = System.nanoTime();
    double compilerBefore = compilerMicros(contender);
    double before = cpuMicros(contender);
    LoadResult load = load(contender, window);
    double atLastAnswer = cpuMicros(contender);
    contender.settle(load.answered());
    double after = cpuMicros(contender);
    if (contender instanceof Probity it && !it.compareRecorded()) {
      // At rest, but not done: what it still did belongs to the measurement as well.
      lateRecords++;
      after = cpuMicros(contender);
    }
    double wallMicros =
        (System.nanoTime() - wallBefore) / 1e3 * Runtime.getRuntime().availableProcessors();
    double foreign = (Machine.busyMicros() - busyBefore) - (oursMicros() - oursBefore);
    long requests = Math.max(1, load.answered());
    var measurement =
        new Measurement(
            workload,
            contender.name(),
            repetition,
            load,
            (after - before) / requests,
            (after - atLastAnswer) / requests,
            Math.max(0, compilerMicros(contender) - compilerBefore) / requests,
            contender.processes().map(ProcessTree::residentMegabytes).orElse(Double.NaN),
            contender.processes().map(ProcessTree::peakMegabytes).orElse(Double.NaN),
            Math.max(0, foreign / wallMicros));
    measurements.add(measurement);
    System.out.println(Report.line(measurement));
  }

  private LoadResult load(Contender contender, Workload workload) {
    return generator.run(
        contender.port(workload), contender.key(), workload, payload(workload.name()));
  }

  private Payload payload(String name) {
    return payloads.get(Options.workload(name));
  }

  private static double cpuMicros(Contender contender) {
    return contender.processes().map(ProcessTree::cpuMicros).orElse(Double.NaN);
  }

  /** Of this process and all that it started. */
  private double oursMicros() {
    return self.cpuMicros();
  }

  private List<String> troubles() {
    List<String> troubles = new ArrayList<>();
    for (Measurement measurement : measurements) {
      if (measurement.load().failed() > 0) {
        troubles.add(
            "%s, %s, repetition %d: %d failed, the first: %s"
                .formatted(
                    measurement.contender(),
                    measurement.workload().name(),
                    measurement.repetition(),
                    measurement.load().failed(),
                    measurement.load().firstFailure()));
      }
    }
    if (provider.changedRequests() > 0) {
      troubles.add(
          "%d requests reached the provider changed, the first: %s"
              .formatted(provider.changedRequests(), provider.firstComplaint()));
    }
    probity.map(Probity::losses).filter(text -> !text.isEmpty()).ifPresent(troubles::add);
    return troubles;
  }

  private void close() {
    contenders.forEach(Contender::close);
    generator.close();
    provider.close();
  }
}
