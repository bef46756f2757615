package dev.probity.bench;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Measures the intake of what agents report: exports like Claude Code's, through HTTP and through
 * gRPC, until they are durable, added up and can be asked for; beside a floor that only decodes and
 * forces to the disk. CPU is that of the process that takes them in, everything it does included.
 */
final class TelemetryBench {
  /** Half of what is to be reached on one core. */
  private static final double HALF_RECORDS_PER_SECOND = 30_000;

  private static final int SESSIONS = 1_000;
  private static final int EXPORTERS = 128;
  private static final long QUERYABLE_LIMIT_NANOS = 60_000_000_000L;

  private final Path home;
  private final Path folder;
  private final boolean quick;
  private final boolean withProbity;
  private final Optional<Path> document;
  private final ClaudeLogs logs = new ClaudeLogs(SESSIONS);
  private final EventLoopGroup clients =
      new MultiThreadIoEventLoopGroup(
          1, new DefaultThreadFactory("clients"), EpollIoHandler.newFactory());
  private final List<TelemetryMeasurement> measurements = new ArrayList<>();
  private long sent;

  TelemetryBench(List<String> words, Path home, Path folder) {
    for (String word : words) {
      if (!List.of("--quick", "--print", "--without-probity").contains(word)) {
        throw new IllegalArgumentException(
            "Unknown option '" + word + "'. There are: --quick, --print, --without-probity.");
      }
    }
    this.home = home;
    this.folder = folder;
    quick = words.contains("--quick");
    withProbity = !words.contains("--without-probity");
    document =
        quick || words.contains("--print")
            ? Optional.empty()
            : Optional.of(home.resolve("docs/performance.md"));
  }

  /**
   * @return whether everything was acknowledged, and all of it found again once
   */
  boolean run() throws Exception {
    String loadBefore = Machine.load();
    int floorPort = Ports.free();
    Process floor = startFloor(floorPort);
    if (!withProbity) {
      floor(floorPort, floor, 5);
      floor(floorPort, floor, 5);
      floor.destroyForcibly();
      return true;
    }
    Payload payload = Payload.of(Workload.ALL.getFirst());
    try (var provider = new FakeProvider(Map.of(Workload.ALL.getFirst(), payload));
        var probity =
            new Probity(
                home.resolve("probity"),
                folder.resolve("telemetry"),
                provider.port(),
                payload,
                Map.of())) {
      double seconds = quick ? 4 : 10;
      for (int i = 0; i < (quick ? 2 : 4); i++) {
        load("warm-up", probity, i % 2 == 1, 0, seconds);
      }
      int repetitions = quick ? 2 : 5;
      for (int i = 1; i <= repetitions; i++) {
        measurements.add(floor(floorPort, floor, seconds));
        measurements.add(load("http", probity, false, 0, seconds));
        measurements.add(load("grpc", probity, true, 0, seconds));
        double exports = HALF_RECORDS_PER_SECOND / ClaudeLogs.RECORDS;
        measurements.add(load("http at half", probity, false, exports, seconds));
        measurements.add(load("grpc at half", probity, true, exports, seconds));
      }
      double bytesPerEvent = (double) size(probity.data()) / (sent * ClaudeLogs.RECORDS);
      String text =
          new TelemetryReport(
                  measurements,
                  repetitions,
                  quick,
                  logs.exportBytes(),
                  sent,
                  bytesPerEvent,
                  lost(probity),
                  loadBefore)
              .text();
      System.out.println(text);
      if (document.isPresent()) {
        Document.replaceSection(document.get(), "telemetry", text);
        System.out.println("Written to " + document.get() + ".");
      }
      return lost(probity).isEmpty()
          && measurements.stream().allMatch(it -> it.load().failed() == 0);
    } finally {
      floor.destroyForcibly();
      clients.shutdownGracefully();
    }
  }

  private Process startFloor(int port) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                Floor.class.getName(),
                Integer.toString(port),
                folder.resolve("floor").toString())
            .inheritIO()
            .start();
    Ports.awaitListening(port, process);
    return process;
  }

  private TelemetryMeasurement floor(int port, Process floor, double seconds) throws Exception {
    var processes = new ProcessTree(floor.toHandle());
    double before = processes.cpuMicros();
    ExportLoad.Result load =
        ExportLoad.run(clients.next(), Exporter::http, port, "none", logs, EXPORTERS, 0, seconds);
    return told(
        new TelemetryMeasurement(
            "floor", load, processes.cpuMicros() - before, processes.peakMegabytes(), 0));
  }

  private TelemetryMeasurement load(
      String name, Probity probity, boolean grpc, double perSecond, double seconds)
      throws Exception {
    ProcessTree processes = probity.processes().orElseThrow();
    double before = processes.cpuMicros();
    ExportLoad.Result load =
        ExportLoad.run(
            clients.next(),
            grpc ? Exporter::grpc : Exporter::http,
            grpc ? probity.otlpGrpcPort() : probity.otlpHttpPort(),
            probity.key(),
            logs,
            EXPORTERS,
            perSecond,
            seconds);
    sent += load.acknowledged();
    long ended = System.nanoTime();
    // Asking costs CPU as well, so first it is let come to rest.
    while (!probity.atRest() && System.nanoTime() - ended < QUERYABLE_LIMIT_NANOS) {}
    double cpuMicros = processes.cpuMicros() - before;
    while (!lost(probity).isEmpty() && System.nanoTime() - ended < QUERYABLE_LIMIT_NANOS) {
      Ports.pause(100);
      cpuMicros = processes.cpuMicros() - before;
    }
    return told(
        new TelemetryMeasurement(
            name, load, cpuMicros, processes.peakMegabytes(), (System.nanoTime() - ended) / 1e9));
  }

  private static TelemetryMeasurement told(TelemetryMeasurement it) {
    System.out.printf(
        Locale.ROOT,
        "%-12s %7d exports, %d failed %s  %7.0f records/s  %.2f us CPU a record  ack p50 %.1f p99 %.1f ms  peak %.0f MB%n",
        it.name(),
        it.load().acknowledged(),
        it.load().failed(),
        it.load().firstFailure(),
        it.recordsPerSecond(),
        it.cpuMicrosPerRecord(),
        it.load().acks().millisAt(0.5),
        it.load().acks().millisAt(0.99),
        it.peakMegabytes());
    return it;
  }

  /** How what can be asked for differs from what was acknowledged; empty if it does not. */
  private String lost(Probity probity) {
    String usage = probity.get("/api/usage?source=telemetry&group_by=agent");
    long calls = Probity.sum("model_calls", usage);
    long charge = Probity.sum("charge_nano_usd", usage);
    long expected = sent * ClaudeLogs.MODEL_CALLS;
    return calls == expected && charge == expected * ClaudeLogs.CHARGE_NANO_USD
        ? ""
        : "%d model calls were acknowledged, %d found, at %d nano-USD"
            .formatted(expected, calls, charge);
  }

  private static long size(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("events"))) {
      long bytes = 0;
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        bytes += Files.size(file);
      }
      return bytes;
    }
  }
}
