package dev.probity.gateway.upstream.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.gateway.upstream.simulated.script.Trees;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class MessagesSimulationTest {
  private static final String PATH = "/v1/messages";

  private final Client client = new Client();

  @AfterEach
  void close() {
    client.close();
  }

  private static ObjectNode ask(String text) {
    return Trees.object(
        "model",
        "simulated",
        "max_tokens",
        2000,
        "messages",
        Trees.array(Trees.object("role", "user", "content", text)));
  }

  private static ObjectNode with(ObjectNode request, String name, Object value) {
    Trees.put(request, name, value);
    return request;
  }

  private static JsonNode tools() {
    return Trees.parse(
        """
        [{"name":"Bash","input_schema":{"type":"object","properties":{"command":{"type":"string"},
          "timeout":{"type":"number"}},"required":["command"]}},
         {"name":"now","input_schema":{"type":"object","properties":{}}}]
        """);
  }

  @Test
  void answer_hasMessageShape() throws Exception {
    JsonNode answer = client.json(PATH, ask("hello there").toString());
    assertThat(answer.path("id").asString()).startsWith("msg_");
    assertThat(answer.path("type").asString()).isEqualTo("message");
    assertThat(answer.path("stop_reason").asString()).isEqualTo("end_turn");
    assertThat(answer.at("/content/0/text").asString()).contains("hello there");
    assertThat(answer.at("/usage/service_tier").asString()).isEqualTo("standard");
    assertThat(answer.at("/usage/input_tokens").asLong()).isPositive();
  }

  @Test
  void stream_hasAnthropicsOrderOfEvents() throws Exception {
    ObjectNode request = with(ask("hello"), "stream", true);
    Trees.put(request, "thinking", Trees.object("type", "enabled", "budget_tokens", 1024));
    List<Client.Event> events = client.events(PATH, request.toString());
    List<String> order = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    StringBuilder thinking = new StringBuilder();
    String signature = "";
    for (Client.Event event : events) {
      JsonNode json = event.json();
      assertThat(json.path("type").asString()).isEqualTo(event.name());
      String step =
          event.name().equals("content_block_start")
              ? "start " + json.at("/content_block/type").asString()
              : event.name();
      if (order.isEmpty() || !order.getLast().equals(step)) {
        order.add(step);
      }
      text.append(json.at("/delta/text").asString(""));
      thinking.append(json.at("/delta/thinking").asString(""));
      signature += json.at("/delta/signature").asString("");
    }
    assertThat(order)
        .containsExactly(
            "message_start",
            "ping",
            "start thinking",
            "content_block_delta",
            "content_block_stop",
            "start text",
            "content_block_delta",
            "content_block_stop",
            "message_delta",
            "message_stop");
    assertThat(text.toString()).contains("hello");
    assertThat(thinking.toString()).isNotEmpty();
    assertThat(signature).isNotEmpty();
    assertThat(events.getFirst().json().at("/message/usage/output_tokens").asLong()).isEqualTo(1);
    JsonNode end = events.get(events.size() - 2).json();
    assertThat(end.at("/delta/stop_reason").asString()).isEqualTo("end_turn");
    assertThat(end.at("/usage/output_tokens").asLong())
        .isGreaterThan(end.at("/usage/output_tokens_details/thinking_tokens").asLong());
    assertThat(end.at("/usage/output_tokens_details/thinking_tokens").asLong()).isPositive();
  }

  @Test
  void directives_callTools_inWholeAndStream() throws Exception {
    ObjectNode request =
        with(ask("simulate: run echo hi\nsimulate: tool now {}"), "tools", tools());
    JsonNode answer = client.json(PATH, request.toString());
    assertThat(answer.path("stop_reason").asString()).isEqualTo("tool_use");
    assertThat(answer.path("content").size()).isEqualTo(2);
    assertThat(answer.at("/content/0/name").asString()).isEqualTo("Bash");
    assertThat(answer.at("/content/0/input")).isEqualTo(Trees.object("command", "echo hi"));

    List<Client.Event> events = client.events(PATH, with(request, "stream", true).toString());
    List<StringBuilder> inputs = new ArrayList<>();
    for (Client.Event event : events) {
      JsonNode json = event.json();
      if (event.name().equals("content_block_start")) {
        assertThat(json.at("/content_block/input").isEmpty()).isTrue();
        assertThat(json.path("index").asInt()).isEqualTo(inputs.size());
        inputs.add(new StringBuilder());
      }
      if (event.name().equals("content_block_delta")) {
        assertThat(json.path("index").asInt()).isEqualTo(inputs.size() - 1);
        inputs.getLast().append(json.at("/delta/partial_json").asString());
      }
    }
    assertThat(inputs.stream().map(StringBuilder::toString))
        .containsExactly("{\"command\":\"echo hi\"}", "{}");
  }

  @Test
  void script_goesOnFromTurnToTurn() throws Exception {
    String script =
        "simulate: run one\nsimulate: then\nsimulate: run two\nsimulate: then\nsimulate: say end";
    ObjectNode request = with(ask(script), "tools", tools());
    List<String> said = new ArrayList<>();
    for (int round = 0; round < 3; round++) {
      JsonNode answer = client.json(PATH, request.toString());
      JsonNode block = answer.at("/content/0");
      said.add(block.at("/input/command").asString(block.path("text").asString("")));
      var messages = (tools.jackson.databind.node.ArrayNode) request.path("messages");
      messages.add(Trees.object("role", "assistant", "content", answer.path("content")));
      messages.add(
          Trees.object(
              "role",
              "user",
              "content",
              Trees.array(
                  Trees.object(
                      "type",
                      "tool_result",
                      "tool_use_id",
                      block.path("id").asString(""),
                      "content",
                      "ok"),
                  Trees.object(
                      "type", "text", "text", "<system-reminder>be good</system-reminder>"))));
    }
    assertThat(said).containsExactly("one", "two", "end");
  }

  @Test
  void cacheMarks_writeThenRead_outsideTheInput() throws Exception {
    JsonNode system =
        Trees.array(
            Trees.object(
                "type",
                "text",
                "text",
                "rule ".repeat(2000),
                "cache_control",
                Trees.object("type", "ephemeral", "ttl", "1h")));
    ObjectNode request = with(ask("word ".repeat(2000)), "system", system);
    Trees.put(request, "cache_control", Trees.object("type", "ephemeral"));
    JsonNode first = client.json(PATH, request.toString()).path("usage");
    JsonNode second = client.json(PATH, request.toString()).path("usage");
    long hour = first.at("/cache_creation/ephemeral_1h_input_tokens").asLong();
    long five = first.at("/cache_creation/ephemeral_5m_input_tokens").asLong();
    assertThat(hour).isGreaterThan(2000);
    assertThat(five).isGreaterThan(2000);
    assertThat(first.path("cache_creation_input_tokens").asLong()).isEqualTo(hour + five);
    assertThat(first.path("cache_read_input_tokens").asLong()).isZero();
    assertThat(second.path("cache_read_input_tokens").asLong()).isEqualTo(hour + five);
    assertThat(second.path("cache_creation_input_tokens").asLong()).isZero();
    assertThat(second.path("input_tokens")).isEqualTo(first.path("input_tokens"));

    client.millis.addAndGet(600_000);
    JsonNode later = client.json(PATH, request.toString()).path("usage");
    assertThat(later.path("cache_read_input_tokens").asLong()).isEqualTo(hour);
    assertThat(later.at("/cache_creation/ephemeral_5m_input_tokens").asLong()).isEqualTo(five);
  }

  @Test
  void counting_agreesWithTheAnswer() throws Exception {
    ObjectNode request = with(ask("how long is this?"), "tools", tools());
    long counted =
        client
            .json(PATH + "/count_tokens?beta=true", request.toString())
            .path("input_tokens")
            .asLong();
    assertThat(
            client.json(PATH + "?beta=true", request.toString()).at("/usage/input_tokens").asLong())
        .isEqualTo(counted);
  }

  @Test
  void malformedRequests_getAnthropicErrors() throws Exception {
    var response = client.post(PATH, "{\"model\":\"m\",\"max_tokens\":5}");
    JsonNode error = Trees.parse(response.body());
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(error.path("type").asString()).isEqualTo("error");
    assertThat(error.at("/error/message").asString()).isEqualTo("messages: Field required");
    assertThat(response.headers().firstValue("request-id"))
        .hasValue(error.path("request_id").asString());
    assertThat(Trees.parse(client.post(PATH, "{}").body()).at("/error/message").asString())
        .isEqualTo("max_tokens: Field required");
  }
}
