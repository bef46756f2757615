package dev.probity.gateway.door.otlp;

import static dev.probity.testing.OtlpBodies.gzip;
import static dev.probity.testing.OtlpBodies.logs;
import static dev.probity.testing.OtlpBodies.request;
import static dev.probity.testing.OtlpBodies.spans;
import static dev.probity.testing.OtlpBodies.tokens;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.gateway.GatewaySettings;
import dev.probity.gateway.GatewaySettings.Timeouts;
import dev.probity.identity.Keys;
import dev.probity.journal.JournalSettings;
import dev.probity.telemetry.Report;
import dev.probity.telemetry.Signal;
import dev.probity.telemetry.intake.IntakeSettings;
import dev.probity.testing.IntakeFixture;
import dev.probity.testing.RawHttp;
import dev.probity.testing.RawHttp.Answer;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** OTLP over HTTP, from the socket to the journal and back. */
class OtlpHttpTest {
  private static final String MODEL = "claude-opus-5-5";
  private static final byte[] LOGS = logs(request("s", MODEL, 5)).toByteArray();
  private static final String JSON =
      """
      {"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"claude-code"}}]},
      "scopeLogs":[{"logRecords":[{"timeUnixNano":"1795176000000000000","body":{"stringValue":"claude_code.user_prompt"},
      "attributes":[{"key":"session.id","value":{"stringValue":"j"}},{"key":"user.account_uuid","value":{"stringValue":"u"}}]}]}]}]}
      """;

  @TempDir private Path folder;
  private ReportingFixture fixture;

  @BeforeEach
  void start() throws IOException {
    fixture = ReportingFixture.in(folder);
    fixture.intake().keysArePersonal();
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  private RawHttp connect() throws IOException {
    return RawHttp.connect(fixture.port());
  }

  private String head(String path, String type, String more) {
    return "POST "
        + path
        + " HTTP/1.1\r\nhost: x\r\nauthorization: Bearer "
        + fixture.intake().key()
        + "\r\ncontent-type: "
        + type
        + "\r\n"
        + more;
  }

  private static String length(byte[] body) {
    return "content-length: " + body.length + "\r\n\r\n";
  }

  private RawHttp export(RawHttp http, byte[] body, String more) throws IOException {
    http.send(head("/v1/logs", "application/x-protobuf", more + length(body)));
    return send(http, body);
  }

  private static RawHttp send(RawHttp http, byte[] bytes) throws IOException {
    http.socket().getOutputStream().write(bytes);
    http.socket().getOutputStream().flush();
    return http;
  }

  private List<Report> reports() throws InterruptedException {
    return fixture.intake().reports();
  }

  @Test
  void everySignal_isTakenInEitherEncoding_atBothPorts() throws Exception {
    for (int port : new int[] {fixture.port(), fixture.mainPort()}) {
      try (RawHttp http = RawHttp.connect(port)) {
        assertThat(export(http, LOGS, "").read().status()).isEqualTo(200);
        byte[] metrics =
            tokens("s", 4, AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA).toByteArray();
        http.send(head("/v1/metrics", "application/x-protobuf", length(metrics)));
        assertThat(send(http, metrics).read().status()).isEqualTo(200);
        byte[] traces = spans("s").toByteArray();
        http.send(head("/v1/traces?x=1", "application/x-protobuf", length(traces)));
        assertThat(send(http, traces).read().status()).isEqualTo(200);
        http.send(
            head("/v1/logs", "application/json; charset=utf-8", length(JSON.getBytes(UTF_8))));
        Answer json = send(http, JSON.getBytes(UTF_8)).read();
        assertThat(json.status()).isEqualTo(200);
        assertThat(json.headers()).containsEntry("content-type", "application/json");
        assertThat(json.body()).isEqualTo("{}");
      }
    }
    assertThat(reports())
        .extracting(Report::signal)
        .containsExactly(
            Signal.LOG,
            Signal.METRIC,
            Signal.SPAN,
            Signal.LOG,
            Signal.LOG,
            Signal.METRIC,
            Signal.SPAN,
            Signal.LOG);
    assertThat(reports())
        .allSatisfy(report -> {
          assertThat(report.sessions()).hasSize(1);
          assertThat(report.place()).contains(IntakeFixture.PLACE);
        });
  }

  @Test
  void gzipAndChunks_areTaken() throws Exception {
    try (RawHttp http = connect()) {
      byte[] packed = gzip(LOGS);
      assertThat(export(http, packed, "content-encoding: gzip\r\n").read().status()).isEqualTo(200);
      http.send(
          head(
              "/v1/logs",
              "application/x-protobuf",
              "content-encoding: GZIP\r\ntransfer-encoding: chunked\r\n\r\n"));
      for (byte each : packed) {
        http.send("1\r\n");
        send(http, new byte[] {each});
        http.send("\r\n");
      }
      assertThat(http.send("0\r\n\r\n").read().status()).isEqualTo(200);
    }
    assertThat(reports()).hasSize(2);
    assertThat(fixture.intake().intake().memory().held()).isZero();
  }

  @Test
  void pipelinedExports_areAnsweredInOrder_andInTheJournalInOrder() throws Exception {
    try (RawHttp http = connect()) {
      StringBuilder all = new StringBuilder();
      for (int i = 0; i < 100; i++) {
        byte[] body = i % 10 == 9 ? new byte[] {7} : logs(request("s" + i, MODEL, 5)).toByteArray();
        all.append(head("/v1/logs", "application/x-protobuf", length(body)))
            .append(new String(body, ISO_8859_1));
      }
      send(http, all.toString().getBytes(ISO_8859_1));
      for (int i = 0; i < 100; i++) {
        assertThat(http.read().status()).as("answer " + i).isEqualTo(i % 10 == 9 ? 400 : 200);
      }
    }
    assertThat(reports())
        .extracting(report -> report.sessions().getFirst().facts().session())
        .hasSize(90)
        .startsWith("s0", "s1")
        .endsWith("s97", "s98");
  }

  @Test
  void expectContinue_isToldToGoOn_onlyIfItMay() throws Exception {
    try (RawHttp http = connect()) {
      http.send(
          head("/v1/logs", "application/x-protobuf", "expect: 100-continue\r\n" + length(LOGS)));
      assertThat(http.read().status()).isEqualTo(100);
      assertThat(send(http, LOGS).read().status()).isEqualTo(200);
    }
    try (RawHttp http = connect()) {
      http.send(head("/v1/logs", "text/plain", "expect: 100-continue\r\n" + length(LOGS)));
      assertThat(http.read().status()).isEqualTo(415);
    }
  }

  @Test
  void http10_isAnsweredAndClosed() throws Exception {
    try (RawHttp http = connect()) {
      http.send(
          head("/v1/logs", "application/x-protobuf", length(LOGS)).replace("HTTP/1.1", "HTTP/1.0"));
      assertThat(send(http, LOGS).read().status()).isEqualTo(200);
      assertThat(http.isAtEnd()).isTrue();
    }
  }

  @Test
  void key_isTakenFromEveryPlace_andARevokedOneStopsOnTheSameConnection() throws Exception {
    Keys.Created key = fixture.intake().newKey("soon gone");
    String secret = key.key().reveal();
    try (RawHttp http = connect()) {
      for (String header :
          List.of(
              "authorization: Bearer " + secret,
              "Authorization: bearer  " + secret,
              "authorization: " + secret,
              "X-API-Key: " + secret)) {
        assertThat(withKey(http, header).status()).as(header.split(" ")[0]).isEqualTo(200);
      }
      fixture.intake().revoke(key.record().id());
      Answer refused = withKey(http, "x-api-key: " + secret);
      assertThat(refused.status()).isEqualTo(401);
      assertThat(refused.headers()).containsEntry("www-authenticate", "Bearer");
      assertThat(refused.body())
          .startsWith("\b\u0010")
          .contains("x-api-key")
          .doesNotContain(secret);
      assertThat(withKey(http, "x-api-key: " + fixture.intake().key()).status())
          .as("the connection stays")
          .isEqualTo(200);
    }
    assertThat(reports()).hasSize(5);
  }

  private static Answer withKey(RawHttp http, String header) throws IOException {
    http.send(
        "POST /v1/logs HTTP/1.1\r\nhost: x\r\ncontent-type: application/x-protobuf\r\n"
            + header
            + "\r\n"
            + length(LOGS));
    return send(http, LOGS).read();
  }

  @Test
  void missingKey_isRefusedInJsonToo() throws Exception {
    try (RawHttp http = connect()) {
      http.send(
          "POST /v1/metrics HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length:"
              + " 2\r\n\r\n{}");
      Answer refused = http.read();
      assertThat(refused.status()).isEqualTo(401);
      assertThat(refused.headers()).containsEntry("content-type", "application/json");
      assertThat(refused.body()).contains("\"code\":16");
    }
  }

  @Test
  void otherPathsMethodsAndTypes_areToldWhatIsTaken() throws Exception {
    try (RawHttp http = connect()) {
      Answer elsewhere = http.send("GET / HTTP/1.1\r\nhost: x\r\n\r\n").read();
      assertThat(elsewhere.status()).isEqualTo(404);
      assertThat(elsewhere.body()).contains("/v1/logs", "gRPC", "x-api-key");
      Answer get = http.send("GET /v1/logs HTTP/1.1\r\nhost: x\r\n\r\n").read();
      assertThat(get.status()).isEqualTo(405);
      assertThat(get.headers()).containsEntry("allow", "POST");
      http.send(head("/v1/logs", "application/xml", length(LOGS)));
      Answer type = send(http, LOGS).read();
      assertThat(type.status()).isEqualTo(415);
      assertThat(type.body()).contains("application/x-protobuf", "application/json");
      Answer coding = export(http, LOGS, "content-encoding: zstd\r\n").read();
      assertThat(coding.status()).isEqualTo(415);
      assertThat(coding.body()).contains("gzip");
      assertThat(export(http, LOGS, "").read().status()).isEqualTo(200);
    }
  }

  @Test
  void tooLargeBody_isRefused_announcedOrNot_packedOrNot() throws Exception {
    byte[] large = new byte[IntakeFixture.SETTINGS.bodyBytes() + 1];
    try (RawHttp http = connect()) {
      http.send(head("/v1/logs", "application/x-protobuf", length(large)));
      assertThat(http.read().status()).isEqualTo(413);
    }
    try (RawHttp http = connect()) {
      http.send(
          head("/v1/logs", "application/x-protobuf", "transfer-encoding: chunked\r\n\r\n")
              + Integer.toHexString(large.length)
              + "\r\n");
      assertThat(send(http, large).read().status()).isEqualTo(413);
    }
    try (RawHttp http = connect()) {
      Answer bomb = export(http, gzip(large), "content-encoding: gzip\r\n").read();
      assertThat(bomb.status()).isEqualTo(413);
      assertThat(bomb.body()).contains("telemetry.body_bytes");
      assertThat(export(http, LOGS, "").read().status()).isEqualTo(200);
    }
    assertThat(fixture.intake().intake().memory().held()).isZero();
  }

  @Test
  void fullMemory_isRetryable_andTheOthersGoOn() throws Exception {
    assertThat(
            fixture.intake().intake().memory().reserve(IntakeFixture.SETTINGS.memoryBytes() - 50))
        .isTrue();
    try (RawHttp http = connect()) {
      Answer busy = export(http, LOGS, "").read();
      assertThat(busy.status()).isEqualTo(503);
      assertThat(busy.headers()).containsKey("retry-after");
    }
    fixture.intake().intake().memory().release(IntakeFixture.SETTINGS.memoryBytes() - 50);
    try (RawHttp http = connect()) {
      assertThat(export(http, LOGS, "").read().status()).isEqualTo(200);
    }
  }

  @Test
  void fullJournal_isRetryable() throws Exception {
    JournalSettings tiny = new JournalSettings(16 << 10, 32 << 10, 1, 1, 1, 1, 1, 3_600_000);
    try (ReportingFixture full =
            new ReportingFixture(
                new IntakeFixture(folder.resolve("tiny"), IntakeFixture.SETTINGS, tiny),
                IntakeFixture.SETTINGS,
                GatewaySettings.DEFAULT,
                Optional.empty());
        RawHttp http = RawHttp.connect(full.port())) {
      Answer answer;
      do {
        answer = withKey(http, "x-api-key: " + full.intake().key());
      } while (answer.status() == 200);
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.headers()).containsEntry("retry-after", "10");
    }
  }

  @Test
  void malformedClient_leavesTheOthersAlone() throws Exception {
    try (RawHttp bad = connect();
        RawHttp good = connect()) {
      for (int i = 0; i < 50; i++) {
        export(bad, new byte[] {0x0a, (byte) (i + 1)}, "");
        export(good, LOGS, "");
        assertThat(bad.read().status()).isEqualTo(400);
        assertThat(good.read().status()).isEqualTo(200);
      }
    }
    assertThat(reports()).hasSize(50);
  }

  @Test
  void clientThatGoes_leavesNoMemoryHeld() throws Exception {
    for (int cut : new int[] {0, 1, LOGS.length / 2, LOGS.length - 1, LOGS.length}) {
      try (RawHttp http = connect()) {
        http.send(head("/v1/logs", "application/x-protobuf", length(LOGS)));
        send(http, java.util.Arrays.copyOf(LOGS, cut));
      }
    }
    try (RawHttp http = connect()) {
      assertThat(export(http, LOGS, "").read().status()).isEqualTo(200);
    }
    awaitNothingHeld();
  }

  private void awaitNothingHeld() {
    long end = System.nanoTime() + 20_000_000_000L;
    while (fixture.intake().intake().memory().held() != 0 && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    assertThat(fixture.intake().intake().memory().held()).isZero();
  }

  @Test
  void slowBody_isToldSo() throws Exception {
    Timeouts d = Timeouts.DEFAULT;
    GatewaySettings impatient =
        new GatewaySettings(
            GatewaySettings.DEFAULT.clientGone(),
            GatewaySettings.DEFAULT.drainLimit(),
            false,
            new Timeouts(
                d.connect(),
                d.firstByte(),
                d.stall(),
                d.total(),
                d.poolIdle(),
                300,
                300,
                300,
                d.shutdown()),
            GatewaySettings.Limits.DEFAULT);
    try (ReportingFixture hasty =
        new ReportingFixture(
            new IntakeFixture(folder.resolve("hasty")),
            new IntakeSettings(1 << 20, 8 << 20, 4),
            impatient,
            Optional.empty())) {
      try (RawHttp http = RawHttp.connect(hasty.port())) {
        http.send(
            "POST /v1/logs HTTP/1.1\r\nhost: x\r\ncontent-type: application/x-protobuf\r\nx-api-key: "
                + hasty.intake().key()
                + "\r\n"
                + length(LOGS));
        assertThat(http.read().status()).isEqualTo(408);
      }
      try (RawHttp silent = RawHttp.connect(hasty.port())) {
        assertThat(silent.isAtEnd()).as("a connection on which nothing comes").isTrue();
      }
      try (RawHttp silent = RawHttp.connect(hasty.port())) {
        silent.send("PR");
        assertThat(silent.isAtEnd()).as("what may become either").isTrue();
      }
      assertThat(hasty.intake().intake().memory().held()).isZero();
    }
  }

  @Test
  void partialSuccess_saysHowManyAndWhy() throws Exception {
    byte[] body = logs(request("s", MODEL, -3), request("s", MODEL, 3)).toByteArray();
    try (RawHttp http = connect()) {
      Answer answer = export(http, body, "").read();
      ExportLogsServiceResponse response =
          ExportLogsServiceResponse.parseFrom(answer.body().getBytes(UTF_8));
      assertThat(answer.status()).isEqualTo(200);
      assertThat(response.getPartialSuccess().getRejectedLogRecords()).isEqualTo(1);
      assertThat(response.getPartialSuccess().getErrorMessage()).startsWith("1 record");
    }
  }

  @Test
  void shutdown_letsARunningExportEnd_andTellsToClose() throws Exception {
    try (RawHttp http = connect()) {
      http.send(head("/v1/logs", "application/x-protobuf", length(LOGS)));
      send(http, java.util.Arrays.copyOf(LOGS, LOGS.length - 1));
      // An answer on the same loop: now the first connection's bytes have been read.
      try (RawHttp other = connect()) {
        assertThat(export(other, LOGS, "").read().status()).isEqualTo(200);
      }
      Thread drain = Thread.startVirtualThread(() -> fixture.gateway().door().drain());
      while (!fixture.gateway().door().isDraining()) {
        Thread.onSpinWait();
      }
      send(http, new byte[] {LOGS[LOGS.length - 1]});
      Answer answer = http.read();
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.headers()).containsEntry("connection", "close");
      drain.join();
    }
    assertThat(reports()).hasSize(2);
  }
}
