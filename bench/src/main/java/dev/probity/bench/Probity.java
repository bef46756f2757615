package dev.probity.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Probity, started as a user would, with its data in a folder of its own. */
final class Probity implements Contender {
  private static final String ADMIN_KEY = "bench-admin-key-0123456789abcdef";
  private static final long SETTLE_LIMIT_NANOS = 20_000_000_000L;
  private static final String CONFIGURATION =
      """
      server: { host: "127.0.0.1", port: %1$d, otlp_grpc_port: %2$d, otlp_http_port: %3$d }
      deployments:
        - { name: bench, kind: openai-compatible, base_url: "http://127.0.0.1:%4$d/v1", api_key: "sk-bench-provider" }
      models:
        - name: "*"
          routes: [ { deployment: bench, model: "*", weight: 1, priority: 0 } ]
      prices:
        - { provider: openai-compatible, model: "bench-*", input: 1.25, cache_read: 0.125, output: 10.0 }
      """;

  private final Process process;
  private final ProcessTree processes;
  private final int port;
  private final int otlpGrpcPort;
  private final int otlpHttpPort;
  private final Path data;
  private final Path log;
  private final double startMillis;
  private final HttpClient http = HttpClient.newHttpClient();
  private final StringBuilder losses = new StringBuilder();
  private long answered;

  /** Starts it and returns once a first request was answered with 200. */
  Probity(
      Path command, Path folder, int providerPort, Payload payload, Map<String, String> environment)
      throws IOException {
    Files.createDirectories(folder);
    port = Ports.free();
    otlpGrpcPort = Ports.free();
    otlpHttpPort = Ports.free();
    data = folder.resolve("data");
    log = folder.resolve("probity.log");
    Path configuration = folder.resolve("probity.yaml");
    Files.writeString(
        configuration, CONFIGURATION.formatted(port, otlpGrpcPort, otlpHttpPort, providerPort));
    var builder =
        new ProcessBuilder(
                command.toString(),
                "run",
                "--config",
                configuration.toString(),
                "--port",
                Integer.toString(port),
                "--data",
                data.toString())
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().put("PROBITY_ADMIN_KEY", ADMIN_KEY);
    builder.environment().putAll(environment);
    // Else real providers would be there beside the fake one.
    List.of("OPENAI_API_KEY", "ANTHROPIC_API_KEY", "GEMINI_API_KEY")
        .forEach(builder.environment()::remove);
    byte[] request = LoadGenerator.request(port, ADMIN_KEY, payload.request());
    long before = System.nanoTime();
    process = builder.start();
    processes = new ProcessTree(process.toHandle());
    awaitFirstAnswer(request);
    startMillis = (System.nanoTime() - before) / 1e6;
    answered = 1;
  }

  /** The environment that gives its JVM these options beside those it is started with anyway. */
  static Map<String, String> javaOptions(String more) {
    String given = System.getenv().getOrDefault("PROBITY_JAVA_OPTS", "");
    return Map.of("PROBITY_JAVA_OPTS", (given + " " + more).strip());
  }

  int otlpGrpcPort() {
    return otlpGrpcPort;
  }

  int otlpHttpPort() {
    return otlpHttpPort;
  }

  /** Where it stores everything. */
  Path data() {
    return data;
  }

  /** From the start of the process to the end of the first answer with 200. */
  double startMillis() {
    return startMillis;
  }

  /** How what was recorded first differed from the answers given; empty if it never did. */
  String losses() {
    return losses.toString();
  }

  /** Answers with 200 so far, all of which were found recorded when {@link #losses} is empty. */
  long answered() {
    return answered;
  }

  long pid() {
    // The launcher may stay in front of the JVM.
    return processes.root().descendants().findFirst().orElse(processes.root()).pid();
  }

  @Override
  public String name() {
    return "Probity";
  }

  @Override
  public int port(Workload workload) {
    return port;
  }

  @Override
  public String key() {
    return ADMIN_KEY;
  }

  @Override
  public Optional<ProcessTree> processes() {
    return Optional.of(processes);
  }

  /** Waits until it is at rest and has recorded all exchanges. */
  @Override
  public void settle(long more) {
    answered += more;
    long deadline = System.nanoTime() + SETTLE_LIMIT_NANOS;
    while (System.nanoTime() < deadline && !atRest()) {}
  }

  /**
   * Compares what is recorded with the answers given. Called after a measurement, not in it: the
   * question itself costs CPU.
   *
   * @return whether they were the same at once; if not, it waited until they were or no longer
   *     changed
   */
  boolean compareRecorded() {
    Recorded recorded = recorded();
    if (recorded.equals(expected())) {
      return true;
    }
    long deadline = System.nanoTime() + SETTLE_LIMIT_NANOS;
    while (System.nanoTime() < deadline && recorded.exchanges() < answered) {
      Ports.pause(200);
      recorded = recorded();
    }
    if (!recorded.equals(expected()) && losses.isEmpty()) {
      losses.append("given %s, recorded %s".formatted(expected(), recorded));
    }
    return false;
  }

  @Override
  public void close() {
    processes.stop();
  }

  boolean atRest() {
    for (int i = 0; i < 3; i++) {
      double before = processes.cpuMicros();
      Ports.pause(100);
      // One tick of the clock: less can't be told from none.
      if (processes.cpuMicros() - before > 10_000) {
        return false;
      }
    }
    return true;
  }

  /** What {@code /api/usage} says of all models together. */
  private record Recorded(long exchanges, long errors, long unpriced, long chargeNanoUsd) {}

  private Recorded expected() {
    return new Recorded(answered, 0, 0, answered * Payload.CHARGE_NANO_USD);
  }

  private Recorded recorded() {
    String body = get("/api/usage?group_by=model");
    return new Recorded(
        sum("exchanges", body),
        sum("errors", body),
        sum("unpriced", body),
        sum("charge_nano_usd", body));
  }

  /** Asks its API. */
  String get(String path) {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("Authorization", "Bearer " + ADMIN_KEY)
            .build();
    try {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IllegalStateException(path + ": " + answer.statusCode() + " " + answer.body());
      }
      return answer.body();
    } catch (IOException | InterruptedException failure) {
      throw new IllegalStateException("GET " + path + " failed", failure);
    }
  }

  /** The sum of a field over a JSON answer. */
  static long sum(String field, String json) {
    return Pattern.compile("\"" + field + "\"\\s*:\\s*(\\d+)")
        .matcher(json)
        .results()
        .mapToLong(found -> Long.parseLong(found.group(1)))
        .sum();
  }

  private void awaitFirstAnswer(byte[] request) throws IOException {
    long deadline = System.nanoTime() + 60_000_000_000L;
    String last = "no connection";
    while (System.nanoTime() < deadline && process.isAlive()) {
      try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        socket.setSoTimeout(10_000);
        socket.getOutputStream().write(request);
        byte[] line = socket.getInputStream().readNBytes(12);
        last = new String(line, US_ASCII);
        if (last.endsWith(" 200")) {
          return;
        }
      } catch (IOException notYet) {
        last = notYet.toString();
      }
      Ports.pause(2);
    }
    String output = Files.readString(log);
    processes.stop();
    throw new IllegalStateException(
        "Probity gave no 200 (last: %s). Its output:%n%s".formatted(last, output));
  }
}
