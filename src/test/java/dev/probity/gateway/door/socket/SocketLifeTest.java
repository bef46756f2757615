package dev.probity.gateway.door.socket;

import static dev.probity.testing.GatewayFixture.KEY;
import static dev.probity.testing.ScriptedUpstream.LAST_CHUNK;
import static dev.probity.testing.ScriptedUpstream.STREAM_HEAD;
import static dev.probity.testing.ScriptedUpstream.chunk;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.gateway.GatewaySettings;
import dev.probity.gateway.GatewaySettings.Limits;
import dev.probity.gateway.GatewaySettings.Timeouts;
import dev.probity.gateway.Outcome;
import dev.probity.gateway.state.ResponseSettings;
import dev.probity.identity.Keys;
import dev.probity.kernel.OrganizationId;
import dev.probity.kernel.Role;
import dev.probity.testing.GatewayFixture;
import dev.probity.testing.RawHttp;
import dev.probity.testing.ScriptedUpstream;
import dev.probity.testing.SocketClient;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** How a socket lives and ends: limits, keys, slow readers, shutdown. */
class SocketLifeTest extends SocketFixture {
  @Test
  void clientGone_isGoneForEveryRunningCall() throws Exception {
    CountDownLatch begun = new CountDownLatch(2);
    try (ScriptedUpstream upstream =
            ScriptedUpstream.start((number, request, socket, out) -> {
              out.write((STREAM_HEAD + chunk(events(number).substring(0, 100))).getBytes(UTF_8));
              out.flush();
              begun.countDown();
              return socket.getInputStream().read() >= 0;
            });
        GatewayFixture gateway =
            gateway(upstream)
                .settings(
                    new GatewaySettings(
                        GatewaySettings.ClientGone.ABORT,
                        GatewaySettings.DEFAULT.drainLimit(),
                        false,
                        Timeouts.DEFAULT,
                        Limits.DEFAULT))
                .start()) {
      try (SocketClient client = SocketClient.connect(gateway.port(), KEY)) {
        client.send(create("\"stream_id\":\"a\",\"input\":\"1\""));
        client.send(create("\"stream_id\":\"b\",\"input\":\"2\""));
        client.send(create("\"stream_id\":\"b\",\"input\":\"waits\""));
        begun.await();
      }
      assertThat(gateway.exchanges(2))
          .hasSize(2)
          .allMatch(each -> each.outcome() == Outcome.CANCELLED);
      awaitEmpty(gateway);
    }
  }

  /** All memory of bodies and turns is given back. */
  private static void awaitEmpty(GatewayFixture gateway) {
    long end = System.nanoTime() + 10_000_000_000L;
    while (gateway.door().budget().held() != 0 && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    assertThat(gateway.door().budget().held()).isZero();
  }

  @Test
  void largeMessage_inPieces_isServed_andItsMemoryGivenBack() throws Exception {
    String text = "0123456789abcdef".repeat(20 << 16);
    try (ScriptedUpstream upstream = provider();
        GatewayFixture gateway = gateway(upstream).start()) {
      try (SocketClient client = SocketClient.connect(gateway.port(), KEY)) {
        client
            .sendInPieces(create("\"store\":false,\"input\":\"" + text + "\""), 1 << 20)
            .until("response.completed");
        assertThat(upstream.requests().getFirst()).contains(text);
        client
            .send(create("\"store\":false,\"previous_response_id\":\"resp_0\",\"input\":\"more\""))
            .until("response.completed");
        assertThat(upstream.requests().getLast()).contains(text).contains("more");
      }
      awaitEmpty(gateway);
    }
  }

  @Test
  void messageOverTheLimit_closesWith1009() throws Exception {
    Limits d = Limits.DEFAULT;
    try (ScriptedUpstream upstream = provider();
        GatewayFixture gateway =
            gateway(upstream)
                .settings(
                    settings(
                        new Limits(1000, d.bodiesBytes(), d.headBytes(), 64, 100),
                        ResponseSettings.DEFAULT))
                .start();
        SocketClient client = SocketClient.connect(gateway.port(), KEY)) {
      client.send(create("\"input\":\"" + "x".repeat(2000) + "\""));
      assertThat(client.closeCode()).isEqualTo(FrameReader.TOO_BIG);
      awaitEmpty(gateway);
    }
  }

  @Test
  void connection_hasAnEnd() throws Exception {
    ResponseSettings d = ResponseSettings.DEFAULT;
    try (ScriptedUpstream upstream = provider();
        GatewayFixture gateway =
            gateway(upstream)
                .settings(
                    settings(
                        Limits.DEFAULT,
                        new ResponseSettings(d.state(), d.bytes(), 1, d.connectionBytes(), 1)))
                .start();
        SocketClient client = SocketClient.connect(gateway.port(), KEY)) {
      assertThat(client.next().at("/error/code").asString())
          .isEqualTo("websocket_connection_limit_reached");
      assertThat(client.closeCode()).isEqualTo(FrameReader.GOING_AWAY);
    }
  }

  @Test
  void keyRevokedMeanwhile_isRefused_andTheConnectionEnds() throws Exception {
    try (ScriptedUpstream upstream = provider();
        GatewayFixture gateway = gateway(upstream).start()) {
      Keys.Created issued =
          (Keys.Created) gateway.keys().create(OrganizationId.FIRST, "agent", Role.MEMBER);
      revokeAmid(gateway, upstream, issued);
    }
  }

  private static void revokeAmid(
      GatewayFixture gateway, ScriptedUpstream upstream, Keys.Created issued) throws Exception {
    try (SocketClient client = SocketClient.connect(gateway.port(), issued.key().reveal())) {
      client.send(create("\"input\":\"hi\"")).until("response.completed");
      gateway.keys().revoke(OrganizationId.FIRST, issued.record().id());
      JsonNode error = client.send(create("\"input\":\"hi\"")).next();
      assertThat(error.path("status").asInt()).isEqualTo(401);
      assertThat(error.at("/error/code").asString()).isEqualTo("invalid_api_key");
      assertThat(client.closeCode()).isEqualTo(FrameReader.POLICY);
      assertThat(upstream.requests()).hasSize(1);
    }
  }

  @Test
  void pingIsAnswered_closeIsReturned() throws Exception {
    try (ScriptedUpstream upstream = provider();
        GatewayFixture gateway = gateway(upstream).start();
        SocketClient client = SocketClient.connect(gateway.port(), KEY)) {
      client.ping();
      client.socket().sendClose(1000, "done").join();
      assertThat(client.closeCode()).isEqualTo(1000);
    }
  }

  @Test
  void shutdown_letsTheAnswerEnd_andThenCloses() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    try (ScriptedUpstream upstream =
            ScriptedUpstream.start((number, request, socket, out) -> {
              begun.countDown();
              release.await();
              stream(out, events(number));
              return true;
            });
        GatewayFixture gateway = gateway(upstream).start();
        SocketClient client = SocketClient.connect(gateway.port(), KEY)) {
      client.send(create("\"input\":\"hi\""));
      begun.await();
      Thread closing = Thread.ofVirtual().start(() -> gateway.door().drain());
      while (!gateway.door().isDraining()) {
        Thread.onSpinWait();
      }
      client.send(create("\"stream_id\":\"late\",\"input\":\"hi\""));
      assertThat(client.next().at("/error/code").asString()).isEqualTo("shutting_down");
      release.countDown();
      client.until("response.completed");
      assertThat(client.closeCode()).isEqualTo(FrameReader.GOING_AWAY);
      closing.join();
    }
  }

  @Test
  void slowReader_holdsTheProviderBack_andGetsEverything() throws Exception {
    int deltas = 3000;
    String delta = event("response.output_text.delta", "\"delta\":\"" + "x".repeat(10_000) + "\"");
    try (ScriptedUpstream upstream =
            ScriptedUpstream.start((number, request, socket, out) -> {
              out.write(STREAM_HEAD.getBytes(UTF_8));
              byte[] each = chunk(delta).getBytes(UTF_8);
              for (int i = 0; i < deltas; i++) {
                out.write(each);
              }
              out.write((chunk(events(number)) + LAST_CHUNK).getBytes(UTF_8));
              out.flush();
              return true;
            });
        GatewayFixture gateway = gateway(upstream).start();
        SocketClient client = SocketClient.connect(gateway.port(), KEY)) {
      client.send(create("\"input\":\"hi\""));
      assertThat(client.until("response.completed")).hasSize(deltas + 4);
    }
  }

  @Test
  void handshake_withoutKey_orNotProper_isRefused_andPlainGetIs405() throws Exception {
    try (ScriptedUpstream upstream = provider();
        GatewayFixture gateway = gateway(upstream).start()) {
      assertThat(handshake(gateway, "nobody", "13").status()).isEqualTo(401);
      RawHttp.Answer old = handshake(gateway, KEY, "8");
      assertThat(old.status()).isEqualTo(426);
      assertThat(old.headers()).containsEntry("sec-websocket-version", "13");
      try (RawHttp http = RawHttp.connect(gateway.port())) {
        RawHttp.Answer plain =
            http.send(
                    "GET /v1/responses HTTP/1.1\r\nhost: x\r\nauthorization: Bearer "
                        + KEY
                        + "\r\n\r\n")
                .read();
        assertThat(plain.status()).isEqualTo(405);
        assertThat(plain.body()).contains("WebSocket");
      }
    }
  }

  private static RawHttp.Answer handshake(GatewayFixture gateway, String key, String version)
      throws Exception {
    try (RawHttp http = RawHttp.connect(gateway.port())) {
      return http.send(
              "GET /openai/v1/responses HTTP/1.1\r\nhost: x\r\nconnection: keep-alive, Upgrade\r\nupgrade: websocket\r\n"
                  + "sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\nsec-websocket-version: "
                  + version
                  + "\r\nauthorization: Bearer "
                  + key
                  + "\r\n\r\n")
          .read();
    }
  }
}
