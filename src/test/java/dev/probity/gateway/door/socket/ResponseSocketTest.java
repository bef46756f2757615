package dev.probity.gateway.door.socket;

import static dev.probity.testing.GatewayFixture.KEY;
import static dev.probity.testing.ScriptedUpstream.STREAM_HEAD;
import static dev.probity.testing.ScriptedUpstream.chunk;
import static dev.probity.testing.ScriptedUpstream.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.gateway.Exchange;
import dev.probity.gateway.Outcome;
import dev.probity.testing.GatewayFixture;
import dev.probity.testing.ScriptedUpstream;
import dev.probity.testing.SocketClient;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ResponseSocketTest extends SocketFixture {
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
}
