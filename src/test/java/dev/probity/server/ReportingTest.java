package dev.probity.server;

import static dev.probity.testing.OtlpBodies.event;
import static dev.probity.testing.OtlpBodies.logs;
import static dev.probity.testing.OtlpBodies.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.journal.Journal;
import dev.probity.journal.JournalDrain;
import dev.probity.journal.JournalEntry;
import dev.probity.journal.JournalSettings;
import dev.probity.kernel.Clock;
import dev.probity.kernel.seal.MasterKey;
import dev.probity.kernel.seal.MasterKeyFile;
import dev.probity.server.settings.Settings;
import dev.probity.telemetry.report.ReportCodec;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reports to the whole of Probity. */
class ReportingTest {
  private static final int CLIENTS = 6;
  private static final int EXPORTS_BEFORE_THE_KILL = 300;

  @TempDir private Path folder;

  private static HttpResponse<String> export(HttpClient client, URI base, String session)
      throws Exception {
    byte[] body =
        logs(event("user_prompt", Clock.system().millis(), text("session.id", session)))
            .toByteArray();
    return client.send(
        HttpRequest.newBuilder(base.resolve("/v1/logs"))
            .header("authorization", "Bearer " + RunningProbity.OWNER_KEY)
            .header("content-type", "application/x-protobuf")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build(),
        BodyHandlers.ofString());
  }

  @Test
  void everyPort_takesReports_andTheMetricsCountThem() throws Exception {
    try (RunningProbity probity = RunningProbity.start();
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      List<Integer> ports = List.of(probity.port(), probity.otlpHttpPort(), probity.otlpGrpcPort());
      assertThat(Set.copyOf(ports)).hasSize(3);
      for (int port : ports) {
        URI base = URI.create("http://127.0.0.1:" + port);
        assertThat(export(client, base, "s").statusCode()).isEqualTo(200);
      }
      assertThat(probity.send("GET", "/metrics", "").body())
          .contains("probity_telemetry_exports_total{outcome=\"accepted\",signal=\"log\"} 3.0");
      assertThat(probity.send("GET", "/v1/logs", "").statusCode()).isEqualTo(405);
      probity.awaitStored();
      assertThat(probity.get("/api/sessions").get("items").toString())
          .contains("\"claude-code\"", "\"s\"");
      assertThat(probity.get("/api/telemetry/health").toString()).contains("\"malformed\":0");
    }
  }

  @Test
  void portsThatAreOff_areNotListenedAt_theMainOneStillTakesReports() throws Exception {
    try (RunningProbity probity =
            RunningProbity.start("server: { otlp_grpc_port: off, otlp_http_port: off }");
        HttpClient client = HttpClient.newHttpClient()) {
      assertThat(probity.reportPorts().grpc()).isEmpty();
      assertThat(probity.reportPorts().http()).isEmpty();
      assertThat(export(client, probity.baseUri(), "s").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void acknowledgedReports_surviveKill9() throws Exception {
    Path data = folder.resolve("data");
    Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    try (ProbityProcess probity = ProbityProcess.start(data, Map.of())) {
      CountDownLatch enough = new CountDownLatch(EXPORTS_BEFORE_THE_KILL);
      try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
        for (int i = 0; i < CLIENTS; i++) {
          int each = i;
          clients.submit(() -> report(probity.otlpHttp(), each, acknowledged, enough));
        }
        assertThat(enough.await(60, TimeUnit.SECONDS)).isTrue();
        probity.kill();
      }
    }
    assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(EXPORTS_BEFORE_THE_KILL);
    assertThat(sessionsInTheJournal(data)).containsAll(acknowledged);
  }

  /** Reports until the connection breaks. */
  private static void report(
      URI base, int client, Set<String> acknowledged, CountDownLatch enough) {
    try (HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      for (int i = 0; ; i++) {
        String session = "session-" + client + "-" + i;
        assertThat(export(http, base, session).statusCode()).isEqualTo(200);
        acknowledged.add(session);
        enough.countDown();
      }
    } catch (Exception e) {
      // The process was killed.
    }
  }

  private static Set<String> sessionsInTheJournal(Path data) throws InterruptedException {
    MasterKey master =
        MasterKeyFile.open(data, Optional.empty(), Optional.empty(), new SecureRandom());
    List<JournalEntry> entries = Collections.synchronizedList(new ArrayList<>());
    Settings.Journal sizes = Settings.defaults(Map.of()).journal();
    try (Journal journal =
            Journal.open(
                data.resolve("journal"),
                JournalSettings.DEFAULT.withSizes(
                    Math.toIntExact(sizes.segmentBytes()), sizes.maxBytes()),
                master,
                Clock.system(),
                new SecureRandom());
        JournalDrain drain = journal.drainTo(entries::addAll)) {
      assertThat(drain.awaitDrained(20_000)).isTrue();
    }
    return entries.stream()
        .filter(entry -> entry.kind() == ReportCodec.KIND)
        .flatMap(entry -> ReportCodec.decode(entry.payload()).sessions().stream())
        .map(session -> session.facts().session())
        .collect(Collectors.toSet());
  }
}
