package dev.probity.gateway.door.socket;

import static dev.probity.testing.GatewayFixture.KEY;
import static dev.probity.testing.ScriptedUpstream.LAST_CHUNK;
import static dev.probity.testing.ScriptedUpstream.STREAM_HEAD;
import static dev.probity.testing.ScriptedUpstream.chunk;
import static dev.probity.testing.ScriptedUpstream.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.gateway.Exchange;
import dev.probity.gateway.GatewaySettings;
import dev.probity.gateway.GatewaySettings.Limits;
import dev.probity.gateway.GatewaySettings.Timeouts;
import dev.probity.gateway.Outcome;
import dev.probity.gateway.state.ResponseSettings;
import dev.probity.identity.Keys;
import dev.probity.kernel.OrganizationId;
import dev.probity.kernel.Role;
import dev.probity.pricing.Provider;
import dev.probity.testing.GatewayFixture;
import dev.probity.testing.RawHttp;
import dev.probity.testing.ScriptedUpstream;
import dev.probity.testing.SocketClient;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ResponseSocketTest {
  /** What a provider streams for the request with this number. */
  static String events(int number) {
    String item =
        "{\"id\":\"msg_%1$d\",\"type\":\"message\",\"role\":\"assistant\",\"content\":[{\"type\":\"output_text\",\"text\":\"answer %1$d\"}]}"
            .formatted(number);
    return event("response.created", "\"response\":{\"id\":\"resp_%d\"}".formatted(number))
        + ": a comment\n\n"
        + event("response.output_text.delta", "\"delta\":\"answer é " + number + "\"")
        + event("response.output_item.done", "\"output_index\":0,\"item\":" + item)
        + event(
            "response.completed",
            "\"response\":{\"id\":\"resp_%d\",\"status\":\"completed\",\"output\":[],\"usage\":{\"input_tokens\":7,\"output_tokens\":3,\"total_tokens\":10}}"
                .formatted(number))
        + "data: [DONE]\n\n";
  }

  private static String event(String type, String members) {
    return "event: " + type + "\ndata: {\"type\":\"" + type + "\"," + members + "}\n\n";
  }

  private static ScriptedUpstream provider() throws Exception {
    return ScriptedUpstream.start((number, request, socket, out) -> {
      stream(out, events(number));
      return true;
    });
  }

  private static void stream(OutputStream out, String events) throws Exception {
    out.write((STREAM_HEAD + chunk(events) + LAST_CHUNK).getBytes(UTF_8));
    out.flush();
  }

  private static GatewayFixture.Builder gateway(ScriptedUpstream upstream) {
    return GatewayFixture.builder().deployment("gpt", Provider.OPENAI, upstream.url());
  }

  private static GatewaySettings settings(Limits limits, ResponseSettings responses) {
    GatewaySettings d = GatewaySettings.DEFAULT;
    return new GatewaySettings(d.clientGone(), d.drainLimit(), false, d.timeouts(), limits)
        .with(responses);
  }

  private static JsonNode body(String request) {
    return JsonMapper.shared().readTree(request.substring(request.indexOf("\r\n\r\n") + 4));
  }

  static String create(String members) {
    return "{\"type\":\"response.create\",\"model\":\"gpt-5\"," + members + "}";
  }

  @Test
  void create_isAnsweredWithTheStreamsEvents_andIsACallOfItsOwn() throws Exception {
    try (ScriptedUpstream upstream = provider();
        GatewayFixture gateway = gateway(upstream).start();
        SocketClient client =
            SocketClient.connect(
                gateway.port(), KEY, "OpenAI-Beta", "responses_websockets=2026-02-06, other=1")) {
      client.send(create("\"input\":\"hi\",\"store\":false,\"previous_response_id\":null"));
      List<JsonNode> seen = client.until("response.completed");
      assertThat(seen)
          .extracting(each -> each.path("type").asString())
          .containsExactly(
              "response.created",
              "response.output_text.delta",
              "response.output_item.done",
              "response.completed");
      assertThat(seen.get(1).path("delta").asString()).isEqualTo("answer é 0");
      assertThat(seen).noneMatch(each -> each.has("stream_id"));
      String request = upstream.requests().getFirst();
      assertThat(body(request))
          .isEqualTo(
              JsonMapper.shared()
                  .readTree(
                      "{\"model\":\"gpt-5\",\"input\":\"hi\",\"store\":false,\"stream\":true}"));
      assertThat(
              request.substring(0, request.indexOf("\r\n\r\n")).toLowerCase(java.util.Locale.ROOT))
          .startsWith("post /responses http/1.1")
          .contains("openai-beta: other=1")
          .doesNotContain("websocket")
          .doesNotContain(KEY);
      Exchange exchange = gateway.exchange();
      assertThat(exchange.outcome()).isEqualTo(Outcome.COMPLETED);
      assertThat(exchange.usage().total()).isEqualTo(10);
      assertThat(exchange.stream()).isTrue();
    }
  }

  @Test
  void continuation_sendsTheProviderEverything_andRepeatsNothing() throws Exception {
    try (ScriptedUpstream upstream = provider();
        GatewayFixture gateway = gateway(upstream).start();
        SocketClient client = SocketClient.connect(gateway.port(), KEY)) {
      client.send(create("\"input\":\"first\",\"store\":false")).until("response.completed");
      client
          .send(
              create(
                  "\"previous_response_id\":\"resp_0\",\"store\":false,\"input\":[ {\"role\":\"user\",\"content\":\"second\"} ]"))
          .until("response.completed");
      client
          .send(create("\"previous_response_id\":\"resp_1\",\"store\":false,\"input\":[]"))
          .until("response.completed");
      JsonNode third = body(upstream.requests().get(2));
      assertThat(third.has("previous_response_id")).isFalse();
      assertThat(third.path("input").valueStream().map(ResponseSocketTest::said).toList())
          .containsExactly("first", "answer 0", "second", "answer 1");
      // Only the last of a lane is kept.
      client.send(create("\"previous_response_id\":\"resp_0\",\"store\":false,\"input\":[]"));
      JsonNode error = client.next();
      assertThat(error.path("status").asInt()).isEqualTo(400);
      assertThat(error.at("/error/code").asString()).isEqualTo("previous_response_not_found");
      assertThat(error.at("/error/param").asString()).isEqualTo("previous_response_id");
      assertThat(gateway.exchanges(3)).hasSize(3);
    }
  }

  private static String said(JsonNode item) {
    JsonNode content = item.path("content");
    return content.isString() ? content.asString() : content.path(0).path("text").asString();
  }

  @Test
  void previousResponse_thatMayBeStored_goesThroughToTheProvider() throws Exception {
    try (ScriptedUpstream upstream = provider();
        GatewayFixture gateway = gateway(upstream).start();
        SocketClient client = SocketClient.connect(gateway.port(), KEY)) {
      client
          .send(create("\"previous_response_id\":\"resp_stored\",\"input\":[]"))
          .until("response.completed");
      assertThat(body(upstream.requests().getFirst()).path("previous_response_id").asString())
          .isEqualTo("resp_stored");
    }
  }

  @Test
  void warmUp_callsNoModel_andCanBeContinued() throws Exception {
    try (ScriptedUpstream upstream = provider();
        GatewayFixture gateway = gateway(upstream).start();
        SocketClient client = SocketClient.connect(gateway.port(), KEY)) {
      List<JsonNode> warm =
          client
              .send(create("\"generate\":false,\"store\":false,\"input\":\"ready\""))
              .until("response.completed");
      String id = warm.getLast().at("/response/id").asString();
      assertThat(id).startsWith("resp_");
      assertThat(warm.getLast().at("/response/usage/total_tokens").asInt()).isZero();
      client
          .send(create("\"previous_response_id\":\"" + id + "\",\"store\":false,\"input\":\"go\""))
          .until("response.completed");
      assertThat(upstream.requests()).hasSize(1);
      assertThat(
              body(upstream.requests().getFirst())
                  .path("input")
                  .valueStream()
                  .map(ResponseSocketTest::said)
                  .toList())
          .containsExactly("ready", "go");
      assertThat(body(upstream.requests().getFirst()).has("generate")).isFalse();
    }
  }

  @Test
  void lanes_runBesideEachOther_andEachInOrder() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    try (ScriptedUpstream upstream =
            ScriptedUpstream.start((number, request, socket, out) -> {
              if (request.contains("slow")) {
                release.await();
              }
              stream(out, events(number));
              return true;
            });
        GatewayFixture gateway = gateway(upstream).start();
        SocketClient client = SocketClient.connect(gateway.port(), KEY)) {
      client.send(create("\"stream_id\":\"a\",\"input\":\"slow\""));
      client.send(create("\"stream_id\":\"a\",\"input\":\"after\""));
      client.send(create("\"stream_id\":\"b\",\"input\":\"quick\""));
      List<JsonNode> quick = client.until("response.completed");
      assertThat(quick).allMatch(each -> each.path("stream_id").asString().equals("b"));
      assertThat(upstream.requests()).noneMatch(each -> each.contains("after"));
      release.countDown();
      List<JsonNode> slow = client.until("response.completed");
      slow.addAll(client.until("response.completed"));
      assertThat(slow).allMatch(each -> each.path("stream_id").asString().equals("a"));
      assertThat(upstream.requests().getLast()).contains("after");
    }
  }

  @Test
  void refusals_areMessages_andTheConnectionGoesOn() throws Exception {
    try (ScriptedUpstream upstream = provider();
        GatewayFixture gateway = gateway(upstream).start();
        SocketClient client = SocketClient.connect(gateway.port(), KEY)) {
      assertThat(error(client, "{\"type\":\"response.create\"")).isEqualTo("400 invalid_json");
      assertThat(error(client, "[]")).isEqualTo("400 not_an_object");
      assertThat(error(client, "{\"type\":\"else\"}")).isEqualTo("400 unknown_message_type");
      assertThat(error(client, create("\"stream_id\":\"\""))).isEqualTo("400 invalid_stream_id");
      assertThat(error(client, create("\"stream_id\":\"a b\""))).isEqualTo("400 invalid_stream_id");
      assertThat(error(client, create("\"background\":true"))).isEqualTo("400 unsupported_field");
      assertThat(error(client, create("\"previous_response_id\":5")))
          .isEqualTo("400 invalid_field");
      assertThat(error(client, "{\"type\":\"response.create\",\"input\":[]}"))
          .isEqualTo("400 missing_model");
      client.send("{\"type\":\"response.processed\",\"response_id\":\"resp_1\"}");
      client.send(create("\"input\":\"hi\"")).until("response.completed");
    }
  }

  private static String error(SocketClient client, String message) throws Exception {
    JsonNode error = client.send(message).next();
    assertThat(error.path("type").asString()).isEqualTo("error");
    return error.path("status").asInt() + " " + error.at("/error/code").asString();
  }

  @Test
  void providersError_isAMessage_withItsStatusWordsAndHeaders_andTheContinuedTurnIsForgotten()
      throws Exception {
    try (ScriptedUpstream upstream =
            ScriptedUpstream.start((number, request, socket, out) -> {
              if (number == 1) {
                out.write(
                    json(
                            400,
                            "{\"error\":{\"message\":\"no\",\"type\":\"invalid_request_error\",\"code\":\"bad\"}}")
                        .replace("request-id", "retry-after: 7\r\nrequest-id")
                        .getBytes(UTF_8));
                out.flush();
              } else {
                stream(out, events(number));
              }
              return true;
            });
        GatewayFixture gateway = gateway(upstream).start();
        SocketClient client = SocketClient.connect(gateway.port(), KEY)) {
      client
          .send(create("\"stream_id\":\"x\",\"store\":false,\"input\":\"1\""))
          .until("response.completed");
      String next =
          create(
              "\"stream_id\":\"x\",\"store\":false,\"previous_response_id\":\"resp_0\",\"input\":\"2\"");
      JsonNode error = client.send(next).next();
      assertThat(error.path("status").asInt()).isEqualTo(400);
      assertThat(error.path("stream_id").asString()).isEqualTo("x");
      assertThat(error.at("/error/message").asString()).isEqualTo("no");
      assertThat(error.at("/headers/retry-after").asString()).isEqualTo("7");
      assertThat(error(client, next)).isEqualTo("400 previous_response_not_found");
    }
  }

  @Test
  void answerThatBreaksOff_endsAsFailed_andTheNextIsServed() throws Exception {
    try (ScriptedUpstream upstream =
            ScriptedUpstream.start((number, request, socket, out) -> {
              if (number == 0) {
                out.write(
                    (STREAM_HEAD
                            + chunk(
                                events(0)
                                    .substring(
                                        0, events(0).indexOf("event: response.output_item"))))
                        .getBytes(UTF_8));
                out.flush();
                return false;
              }
              stream(out, events(number));
              return true;
            });
        GatewayFixture gateway = gateway(upstream).start();
        SocketClient client = SocketClient.connect(gateway.port(), KEY)) {
      client.send(create("\"input\":\"hi\"")).until("response.failed");
      client.send(create("\"input\":\"hi\"")).until("response.completed");
      assertThat(gateway.exchanges(2))
          .extracting(Exchange::outcome)
          .containsExactly(Outcome.BROKEN, Outcome.COMPLETED);
    }
  }

  @Test
  void wholeResponse_becomesEvents() throws Exception {
    try (ScriptedUpstream upstream =
            ScriptedUpstream.always(
                json(
                    200,
                    "{\"id\":\"resp_w\",\"object\":\"response\",\"status\":\"completed\",\"output\":[{\"type\":\"message\",\"content\":[]}],\"usage\":{\"input_tokens\":1,\"output_tokens\":1,\"total_tokens\":2}}"));
        GatewayFixture gateway = gateway(upstream).start();
        SocketClient client = SocketClient.connect(gateway.port(), KEY)) {
      List<JsonNode> seen = client.send(create("\"input\":\"hi\"")).until("response.completed");
      assertThat(seen)
          .extracting(each -> each.path("type").asString())
          .containsExactly("response.created", "response.output_item.done", "response.completed");
      assertThat(seen.getLast().at("/response/output/0/type").asString()).isEqualTo("message");
    }
  }

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
