package dev.probity.gateway.door;

import static dev.probity.testing.GatewayFixture.KEY;
import static dev.probity.testing.ScriptedUpstream.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.gateway.GatewaySettings;
import dev.probity.gateway.GatewaySettings.Limits;
import dev.probity.gateway.GatewaySettings.Timeouts;
import dev.probity.gateway.Outcome;
import dev.probity.pricing.Provider;
import dev.probity.testing.GatewayFixture;
import dev.probity.testing.RawHttp;
import dev.probity.testing.ScriptedUpstream;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The door speaks HTTP/1.1 properly, whatever the client does. */
class Http11Test {
  private static final String ANSWER =
      "{\"id\":\"c\",\"object\":\"chat.completion\",\"choices\":[{\"message\":{\"content\":\"hi\"}}],"
          + "\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":2,\"total_tokens\":12}}";
  private static final String BODY = "{\"model\":\"gpt-5.5\",\"messages\":[]}";

  private ScriptedUpstream upstream;
  private GatewayFixture gateway;

  @BeforeEach
  void start() throws IOException {
    upstream = ScriptedUpstream.always(json(200, ANSWER));
    gateway = gateway(GatewaySettings.DEFAULT);
  }

  private GatewayFixture gateway(GatewaySettings settings) throws IOException {
    return GatewayFixture.builder()
        .deployment("main", Provider.OPENAI, upstream.url().resolve("/v1"))
        .settings(settings)
        .start();
  }

  @AfterEach
  void stop() throws IOException {
    gateway.close();
    upstream.close();
  }

  private static String post(String body) {
    return RawHttp.post("/v1/chat/completions", KEY, body);
  }

  @Test
  void pipelinedRequests_areAnsweredInOrder_onOneConnection() throws Exception {
    try (RawHttp http = RawHttp.connect(gateway.port())) {
      http.send(
          post(BODY)
              + "GET /health/live HTTP/1.1\r\nhost: x\r\n\r\n"
              + post(BODY)
              + post("{")
              + post(BODY));
      assertThat(http.read().body()).isEqualTo(ANSWER);
      assertThat(http.read().body()).isEqualTo("ok");
      assertThat(http.read().body()).isEqualTo(ANSWER);
      assertThat(http.read().status()).isEqualTo(400);
      assertThat(http.read().body()).isEqualTo(ANSWER);
    }
    assertThat(gateway.exchanges(4)).hasSize(4);
  }

  @Test
  void manyPipelinedRequests_inOneWrite_areAllAnswered() throws Exception {
    try (RawHttp http = RawHttp.connect(gateway.port())) {
      http.send(post(BODY).repeat(300));
      for (int i = 0; i < 300; i++) {
        assertThat(http.read().status()).isEqualTo(200);
      }
    }
    assertThat(gateway.exchanges(300)).hasSize(300);
  }

  @Test
  void requestCutAnywhere_isServedTheSame() throws Exception {
    String request = post(BODY);
    try (RawHttp http = RawHttp.connect(gateway.port())) {
      for (int cut = 1; cut < request.length(); cut++) {
        http.send(request.substring(0, cut));
        http.send(request.substring(cut));
        assertThat(http.read().body()).isEqualTo(ANSWER);
      }
    }
    assertThat(upstream.requests())
        .allSatisfy(seen -> assertThat(seen).endsWith("\r\n\r\n" + BODY));
  }

  @Test
  void chunkedRequest_withoutLength_isServed() throws Exception {
    try (RawHttp http = RawHttp.connect(gateway.port())) {
      http.send(
          "POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\nx-api-key: "
              + KEY
              + "\r\ntransfer-encoding: chunked\r\n\r\n");
      for (int i = 0; i < BODY.length(); i++) {
        http.send("1\r\n" + BODY.charAt(i) + "\r\n");
      }
      http.send("0\r\n\r\n");
      assertThat(http.read().status()).isEqualTo(200);
    }
    assertThat(upstream.requests().getFirst())
        .endsWith("\r\n\r\n" + BODY)
        .containsIgnoringCase("content-length: " + BODY.length())
        .doesNotContain("transfer-encoding");
  }

  @Test
  void expectContinue_isToldToGoOn_andARefusedOneIsNot() throws Exception {
    String head =
        "POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\nexpect: 100-continue\r\ncontent-length: "
            + BODY.length()
            + "\r\nauthorization: Bearer ";
    try (RawHttp http = RawHttp.connect(gateway.port())) {
      http.send(head + KEY + "\r\n\r\n");
      assertThat(http.read().status()).isEqualTo(100);
      http.send(BODY);
      assertThat(http.read().status()).isEqualTo(200);
    }
    try (RawHttp http = RawHttp.connect(gateway.port())) {
      http.send(head + "wrong\r\n\r\n");
      assertThat(http.read().status()).isEqualTo(401);
    }
  }

  @Test
  void clientThatClosesItsSendingSide_stillGetsItsAnswer() throws Exception {
    try (RawHttp http = RawHttp.connect(gateway.port())) {
      http.send(post(BODY));
      http.socket().shutdownOutput();
      assertThat(http.read().body()).isEqualTo(ANSWER);
    }
    assertThat(gateway.exchange().outcome()).isEqualTo(Outcome.COMPLETED);
  }

  @Test
  void connectionClose_andHttp10_closeAfterTheAnswer() throws Exception {
    try (RawHttp http = RawHttp.connect(gateway.port())) {
      http.send(post(BODY).replace("host: x", "host: x\r\nconnection: close"));
      assertThat(http.read().headers()).containsEntry("connection", "close");
      assertThat(http.isAtEnd()).isTrue();
    }
    try (RawHttp http = RawHttp.connect(gateway.port())) {
      http.send(post(BODY).replace("HTTP/1.1", "HTTP/1.0"));
      assertThat(http.read().body()).isEqualTo(ANSWER);
      assertThat(http.isAtEnd()).isTrue();
    }
  }

  @Test
  void idleUpstreamConnection_thatWasClosed_isNotUsedAgain() throws Exception {
    upstream.close();
    gateway.close();
    upstream =
        ScriptedUpstream.start((number, request, socket, out) -> {
          out.write(json(200, ANSWER).getBytes(java.nio.charset.StandardCharsets.UTF_8));
          out.flush();
          return false;
        });
    gateway = gateway(GatewaySettings.DEFAULT);
    try (RawHttp http = RawHttp.connect(gateway.port())) {
      for (int i = 0; i < 20; i++) {
        assertThat(http.send(post(BODY)).read().status()).isIn(200, 502);
      }
    }
    assertThat(upstream.connections()).isGreaterThan(1);
  }

  @Test
  void headerBomb_longTarget_andNonHttp_areRefused_andTheConnectionEnds() throws Exception {
    assertRefused("GET / HTTP/1.1\r\nhost: x\r\nbomb: " + "b".repeat(70_000) + "\r\n\r\n", 431);
    assertRefused("GET /" + "p".repeat(20_000) + " HTTP/1.1\r\nhost: x\r\n\r\n", 414);
    assertRefused("\u0001\u0002 nonsense\r\n\r\n", 400);
    assertRefused(
        "POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\nhello!",
        400);
    assertRefused(
        "POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\ncontent-length: -5\r\n\r\n", 400);
  }

  private void assertRefused(String request, int status) throws IOException {
    try (RawHttp http = RawHttp.connect(gateway.port())) {
      http.send(request);
      assertThat(http.read().status()).isEqualTo(status);
      assertThat(http.isAtEnd()).isTrue();
    }
  }

  @Test
  void oversizedBody_isRefused_announcedOrNot() throws Exception {
    gateway.close();
    gateway = gateway(limits(1_000));
    String large = "{\"model\":\"gpt-5.5\",\"x\":\"" + "y".repeat(200_000) + "\"}";
    try (RawHttp http = RawHttp.connect(gateway.port())) {
      RawHttp.Answer answer = http.send(post(large)).read();
      assertThat(answer.status()).isEqualTo(413);
      assertThat(answer.body()).contains("\"error\"", "1000 bytes");
    }
    try (RawHttp http = RawHttp.connect(gateway.port())) {
      http.send(
          "POST /v1/messages HTTP/1.1\r\nhost: x\r\nx-api-key: "
              + KEY
              + "\r\ntransfer-encoding: chunked\r\n\r\n"
              + ScriptedUpstream.chunk(large));
      RawHttp.Answer answer = http.read();
      assertThat(answer.status()).isEqualTo(413);
      assertThat(answer.body()).contains("\"type\":\"error\"", "request_too_large");
    }
    assertThat(gateway.exchanges(2))
        .allSatisfy(row -> assertThat(row.outcome()).isEqualTo(Outcome.REFUSED));
    assertThat(upstream.requests()).isEmpty();
  }

  private static GatewaySettings limits(int bodyBytes) {
    GatewaySettings base = GatewaySettings.DEFAULT;
    Limits limits = base.limits();
    return new GatewaySettings(
        base.clientGone(),
        base.drainLimit(),
        base.refuseUnpriced(),
        base.timeouts(),
        new Limits(
            bodyBytes,
            limits.bodiesBytes(),
            limits.headBytes(),
            limits.jsonDepth(),
            limits.connections()));
  }

  @Test
  void slowHead_slowBody_andIdleConnections_areEnded() throws Exception {
    gateway.close();
    GatewaySettings base = GatewaySettings.DEFAULT;
    Timeouts all = base.timeouts();
    gateway =
        gateway(
            new GatewaySettings(
                base.clientGone(),
                base.drainLimit(),
                base.refuseUnpriced(),
                new Timeouts(
                    all.connect(),
                    all.firstByte(),
                    all.stall(),
                    all.total(),
                    all.poolIdle(),
                    300,
                    300,
                    600,
                    1_000),
                base.limits()));
    try (RawHttp slowHead = RawHttp.connect(gateway.port());
        RawHttp slowBody = RawHttp.connect(gateway.port());
        RawHttp idle = RawHttp.connect(gateway.port())) {
      slowHead.send("POST /v1/chat/completions HTTP/1.1\r\nhost");
      slowBody.send(post(BODY).substring(0, post(BODY).length() - 3));
      assertThat(slowHead.read().status()).isEqualTo(408);
      assertThat(slowHead.isAtEnd()).isTrue();
      assertThat(slowBody.read().status()).isEqualTo(408);
      assertThat(idle.isAtEnd()).isTrue();
    }
    assertThat(gateway.exchange().error()).isEqualTo("request_timeout");
  }

  @Test
  void wrongMethodTypeAndEncoding_areRefusedInTheCallersFormat() throws Exception {
    try (RawHttp http = RawHttp.connect(gateway.port())) {
      http.send("GET /v1/messages HTTP/1.1\r\nhost: x\r\nx-api-key: " + KEY + "\r\n\r\n");
      RawHttp.Answer method = http.read();
      assertThat(method.status()).isEqualTo(405);
      assertThat(method.body()).contains("\"type\":\"error\"");
      RawHttp.Answer type = http.send(post(BODY).replace("application/json", "text/plain")).read();
      assertThat(type.status()).isEqualTo(415);
      assertThat(type.body()).contains("application/json");
      RawHttp.Answer encoding =
          http.send(post(BODY).replace("host: x", "host: x\r\ncontent-encoding: gzip")).read();
      assertThat(encoding.status()).isEqualTo(415);
      assertThat(http.send(post(BODY)).read().status()).isEqualTo(200);
    }
    assertThat(gateway.exchanges(4))
        .extracting(row -> row.status())
        .containsExactly(405, 415, 415, 200);
  }

  @Test
  void fullLog_stopsServing_ratherThanForgetting() throws Exception {
    gateway.close();
    gateway =
        GatewayFixture.builder()
            .deployment("main", Provider.OPENAI, upstream.url().resolve("/v1"))
            .logFull()
            .start();
    try (RawHttp http = RawHttp.connect(gateway.port())) {
      assertThat(http.send(post(BODY)).read().status()).isEqualTo(503);
    }
    assertThat(upstream.requests()).isEmpty();
  }

  @Test
  void drain_letsARunningAnswerEnd_andTakesNoNewOne() throws Exception {
    upstream.close();
    gateway.close();
    java.util.concurrent.CountDownLatch asked = new java.util.concurrent.CountDownLatch(1);
    java.util.concurrent.CountDownLatch goOn = new java.util.concurrent.CountDownLatch(1);
    upstream =
        ScriptedUpstream.start((number, request, socket, out) -> {
          asked.countDown();
          goOn.await();
          out.write(json(200, ANSWER).getBytes(java.nio.charset.StandardCharsets.UTF_8));
          return true;
        });
    gateway = gateway(GatewaySettings.DEFAULT);
    try (RawHttp running = RawHttp.connect(gateway.port());
        RawHttp idle = RawHttp.connect(gateway.port())) {
      idle.send("GET /health/live HTTP/1.1\r\nhost: x\r\n\r\n");
      idle.read();
      running.send(post(BODY));
      asked.await();
      Thread draining = Thread.ofVirtual().start(() -> gateway.door().drain());
      assertThat(idle.isAtEnd()).isTrue();
      goOn.countDown();
      RawHttp.Answer answer = running.read();
      assertThat(answer.body()).isEqualTo(ANSWER);
      assertThat(answer.headers()).containsEntry("connection", "close");
      draining.join();
      org.assertj.core.api.Assertions.assertThatThrownBy(() -> RawHttp.connect(gateway.port()))
          .isInstanceOf(IOException.class);
    }
  }
}
