package dev.probity.gateway.upstream.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.gateway.upstream.simulated.script.Trees;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class ResponsesSimulationTest {
  private static final String PATH = "/v1/responses";
  private static final String REASONING =
      """
      {"reasoning":{"effort":"medium","summary":"auto"},"store":false,
       "include":["reasoning.encrypted_content"]}
      """;

  private final Client client = new Client();

  @AfterEach
  void close() {
    client.close();
  }

  private static ObjectNode ask(String text, String... more) {
    ObjectNode request = Trees.object("model", "simulated", "input", text);
    for (String json : more) {
      request.setAll((ObjectNode) Trees.parse(json));
    }
    return request;
  }

  private static String tools() {
    return """
    {"tools":[
      {"type":"function","name":"shell","parameters":{"type":"object",
        "properties":{"command":{"type":"array","items":{"type":"string"}}},"required":["command"]}},
      {"type":"custom","name":"patch"},
      {"type":"web_search"},
      {"type":"namespace","name":"box","tools":[{"type":"function","name":"open","parameters":{}}]}]}
    """;
  }

  @Test
  void answer_hasResponseShape() throws Exception {
    JsonNode answer = client.json(PATH, ask("hello", "{\"instructions\":\"be brief\"}").toString());
    assertThat(answer.path("id").asString()).startsWith("resp_");
    assertThat(answer.path("object").asString()).isEqualTo("response");
    assertThat(answer.path("status").asString()).isEqualTo("completed");
    assertThat(answer.path("instructions").asString()).isEqualTo("be brief");
    assertThat(answer.at("/output/0/content/0/text").asString()).contains("hello");
    JsonNode usage = answer.path("usage");
    assertThat(usage.path("total_tokens").asLong())
        .isEqualTo(usage.path("input_tokens").asLong() + usage.path("output_tokens").asLong());
    assertThat(usage.at("/input_tokens_details/cached_tokens").isNumber()).isTrue();
    assertThat(usage.at("/output_tokens_details/reasoning_tokens").isNumber()).isTrue();
  }

  @Test
  void stream_opensFillsAndClosesEachItem() throws Exception {
    List<Client.Event> events =
        client.events(PATH, ask("hello", REASONING, "{\"stream\":true}").toString());
    List<String> order = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    long sequence = 0;
    for (Client.Event event : events) {
      JsonNode json = event.json();
      assertThat(json.path("type").asString()).isEqualTo(event.name());
      assertThat(json.path("sequence_number").asLong()).isEqualTo(sequence++);
      if (order.isEmpty() || !order.getLast().equals(event.name())) {
        order.add(event.name());
      }
      if (event.name().equals("response.output_text.delta")) {
        text.append(json.path("delta").asString());
      }
    }
    assertThat(order)
        .containsExactly(
            "response.created",
            "response.in_progress",
            "response.output_item.added",
            "response.reasoning_summary_part.added",
            "response.reasoning_summary_text.delta",
            "response.reasoning_summary_text.done",
            "response.reasoning_summary_part.done",
            "response.output_item.done",
            "response.output_item.added",
            "response.content_part.added",
            "response.output_text.delta",
            "response.output_text.done",
            "response.content_part.done",
            "response.output_item.done",
            "response.completed");
    JsonNode finished = events.getLast().json().path("response");
    assertThat(finished.at("/output/0/encrypted_content").asString()).isNotEmpty();
    assertThat(finished.at("/output/1/content/0/text").asString()).isEqualTo(text.toString());
    assertThat(finished.at("/usage/output_tokens_details/reasoning_tokens").asLong())
        .isPositive()
        .isLessThan(finished.at("/usage/output_tokens").asLong());
    assertThat(events.getFirst().json().at("/response/usage").isNull()).isTrue();
  }

  @Test
  void directives_callFunctionCustomAndNamespacedTools() throws Exception {
    String prompt =
        """
        simulate: run echo hi
        simulate: tool patch *** Begin
        simulate: tool open {"lid": 1}
        """;
    List<Client.Event> events =
        client.events(PATH, ask(prompt, tools(), "{\"stream\":true}").toString());
    List<JsonNode> done =
        events.stream()
            .filter(event -> event.name().equals("response.output_item.done"))
            .map(event -> event.json().path("item"))
            .toList();
    assertThat(done).hasSize(3);
    assertThat(done.get(0).path("arguments").asString())
        .isEqualTo("{\"command\":[\"bash\",\"-lc\",\"echo hi\"]}");
    assertThat(done.get(1).path("type").asString()).isEqualTo("custom_tool_call");
    assertThat(done.get(1).path("input").asString()).isEqualTo("*** Begin");
    assertThat(done.get(2).path("namespace").asString()).isEqualTo("box");
    StringBuilder arguments = new StringBuilder();
    for (Client.Event event : events) {
      if (event.name().equals("response.function_call_arguments.delta")
          && event.json().path("output_index").asInt() == 0) {
        arguments.append(event.json().path("delta").asString());
      }
    }
    assertThat(arguments.toString()).isEqualTo(done.get(0).path("arguments").asString());
  }

  @Test
  void toolOutput_endsTheTask() throws Exception {
    ObjectNode request = ask("", tools());
    JsonNode user = Trees.object("role", "user", "content", "simulate: run echo hi");
    Trees.put(request, "input", Trees.array(user));
    JsonNode call = client.json(PATH, request.toString()).at("/output/0");
    ((ArrayNode) request.path("input"))
        .add(call)
        .add(
            Trees.object(
                "type",
                "function_call_output",
                "call_id",
                call.path("call_id").asString(),
                "output",
                "hi\n"));
    assertThat(client.json(PATH, request.toString()).at("/output/0/content/0/text").asString())
        .contains("3 characters");
  }

  @Test
  void tokenLimit_leavesTheResponseIncomplete() throws Exception {
    JsonNode answer = client.json(PATH, ask("hello", "{\"max_output_tokens\":16}").toString());
    assertThat(answer.path("status").asString()).isEqualTo("incomplete");
    assertThat(answer.at("/incomplete_details/reason").asString()).isEqualTo("max_output_tokens");
    assertThat(answer.at("/usage/output_tokens").asLong()).isEqualTo(16);
  }

  @Test
  void repeatedPrompt_isReadFromCache() throws Exception {
    String request = ask("long ".repeat(3000)).toString();
    client.json(PATH, request);
    JsonNode usage = client.json(PATH, request).path("usage");
    assertThat(usage.at("/input_tokens_details/cached_tokens").asLong())
        .isPositive()
        .isLessThan(usage.path("input_tokens").asLong());
  }

  @Test
  void requestWithoutInput_isRefused() throws Exception {
    var response = client.post(PATH, "{\"model\":\"m\"}");
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(Trees.parse(response.body()).at("/error/param").asString()).isEqualTo("input");
  }
}
