package dev.probity.gateway.upstream.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.gateway.upstream.simulated.script.Trees;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class GeminiSimulationTest {
  private static final String MODEL = "/v1beta/models/simulated:";
  private static final String THINKING =
      "{\"generationConfig\":{\"thinkingConfig\":{\"includeThoughts\":true}}}";
  private static final String TOOLS =
      """
      {"tools":[{"functionDeclarations":[
        {"name":"run_shell_command","parametersJsonSchema":{"type":"object",
          "properties":{"command":{"type":"string"}},"required":["command"]}},
        {"name":"now","parameters":{"type":"OBJECT","properties":{"zone":{"type":"STRING"}}}}]}]}
      """;

  private final Client client = new Client();

  @AfterEach
  void close() {
    client.close();
  }

  private static ObjectNode ask(String text, String... more) {
    ObjectNode request =
        Trees.object(
            "contents",
            Trees.array(
                Trees.object("role", "user", "parts", Trees.array(Trees.object("text", text)))));
    for (String json : more) {
      request.setAll((ObjectNode) Trees.parse(json));
    }
    return request;
  }

  private static void assertTotals(JsonNode counts) {
    assertThat(counts.path("totalTokenCount").asLong())
        .isEqualTo(
            counts.path("promptTokenCount").asLong()
                + counts.path("candidatesTokenCount").asLong()
                + counts.path("thoughtsTokenCount").asLong(0)
                + counts.path("toolUsePromptTokenCount").asLong(0));
  }

  @Test
  void answer_hasGeminiShape() throws Exception {
    JsonNode answer = client.json(MODEL + "generateContent", ask("hello").toString());
    assertThat(answer.at("/candidates/0/finishReason").asString()).isEqualTo("STOP");
    assertThat(answer.at("/candidates/0/content/parts/0/text").asString()).contains("hello");
    assertThat(answer.path("modelVersion").asString()).isEqualTo("simulated");
    assertTotals(answer.path("usageMetadata"));
  }

  @Test
  void stream_isDataOnly_andThinks() throws Exception {
    List<Client.Event> events =
        client.events(MODEL + "streamGenerateContent?alt=sse", ask("hello", THINKING).toString());
    StringBuilder text = new StringBuilder();
    StringBuilder thoughts = new StringBuilder();
    String signature = "";
    for (Client.Event event : events) {
      assertThat(event.name()).isEmpty();
      JsonNode part = event.json().at("/candidates/0/content/parts/0");
      (part.path("thought").asBoolean(false) ? thoughts : text)
          .append(part.path("text").asString(""));
      signature += part.path("thoughtSignature").asString("");
      assertTotals(event.json().path("usageMetadata"));
    }
    assertThat(text.toString()).contains("hello");
    assertThat(thoughts.toString()).contains("simulated model");
    assertThat(signature).isNotEmpty();
    JsonNode last = events.getLast().json();
    assertThat(last.at("/candidates/0/finishReason").asString()).isEqualTo("STOP");
    assertThat(last.at("/usageMetadata/thoughtsTokenCount").asLong()).isPositive();
  }

  @Test
  void streamWithoutSse_isOneJsonArray() throws Exception {
    JsonNode list = client.json(MODEL + "streamGenerateContent", ask("hello").toString());
    assertThat(list.isArray()).isTrue();
    assertThat(list.size()).isEqualTo(12);
  }

  @Test
  void directives_callTools_andResultEndsIt() throws Exception {
    ObjectNode request =
        ask("simulate: run echo hi\nsimulate: tool now {\"zone\":\"CET\"}", TOOLS, THINKING);
    JsonNode content =
        client.json(MODEL + "generateContent", request.toString()).at("/candidates/0/content");
    JsonNode call = content.at("/parts/1/functionCall");
    assertThat(call.path("name").asString()).isEqualTo("run_shell_command");
    assertThat(call.path("args")).isEqualTo(Trees.object("command", "echo hi"));
    assertThat(content.at("/parts/1/thoughtSignature").asString()).isNotEmpty();
    assertThat(content.at("/parts/2/functionCall/args")).isEqualTo(Trees.object("zone", "CET"));
    assertThat(content.at("/parts/2").has("thoughtSignature")).isFalse();

    ((ArrayNode) request.path("contents"))
        .add(content)
        .add(
            Trees.object(
                "role",
                "user",
                "parts",
                Trees.array(
                    Trees.object(
                        "functionResponse",
                        Trees.object(
                            "name", "run_shell_command", "response", Trees.object("output", "hi"))),
                    Trees.object(
                        "functionResponse",
                        Trees.object("name", "now", "response", Trees.object("output", ""))))));
    List<Client.Event> events =
        client.events(MODEL + "streamGenerateContent?alt=sse", request.toString());
    StringBuilder text = new StringBuilder();
    events.forEach(event -> {
      JsonNode part = event.json().at("/candidates/0/content/parts/0");
      text.append(part.has("thought") ? "" : part.path("text").asString(""));
    });
    assertThat(text.toString()).contains("2 characters");
  }

  @Test
  void schema_isKept() throws Exception {
    String config =
        """
        {"generationConfig":{"responseMimeType":"application/json","responseSchema":{"type":"OBJECT",
          "properties":{"choice":{"type":"STRING","enum":["flash","pro"]}},"required":["choice"]}}}
        """;
    JsonNode answer = client.json(MODEL + "generateContent", ask("which?", config).toString());
    assertThat(answer.at("/candidates/0/content/parts/0/text").asString())
        .isEqualTo("{\"choice\":\"flash\"}");
  }

  @Test
  void cacheIsInsideThePrompt_searchesAreExtra() throws Exception {
    String request = ask("simulate: search\n" + "long ".repeat(3000)).toString();
    client.json(MODEL + "generateContent", request);
    JsonNode counts = client.json(MODEL + "generateContent", request).path("usageMetadata");
    assertThat(counts.path("cachedContentTokenCount").asLong())
        .isPositive()
        .isLessThan(counts.path("promptTokenCount").asLong());
    assertThat(counts.path("toolUsePromptTokenCount").asLong()).isPositive();
    assertTotals(counts);
  }

  @Test
  void countingAndEmbedding_answer() throws Exception {
    long counted =
        client.json(MODEL + "countTokens", ask("hello").toString()).path("totalTokens").asLong();
    assertThat(
            client
                .json(MODEL + "generateContent", ask("hello").toString())
                .at("/usageMetadata/promptTokenCount")
                .asLong())
        .isEqualTo(counted);
    String content = "{\"content\":{\"parts\":[{\"text\":\"a cat\"}]},\"outputDimensionality\":4}";
    assertThat(client.json(MODEL + "embedContent", content).at("/embedding/values").size())
        .isEqualTo(4);
    assertThat(
            client
                .json(
                    MODEL + "batchEmbedContents",
                    "{\"requests\":[" + content + "," + content + "]}")
                .path("embeddings")
                .size())
        .isEqualTo(2);
  }

  @Test
  void malformedRequests_getGoogleErrors() throws Exception {
    var response = client.post(MODEL + "generateContent", "{}");
    JsonNode error = Trees.parse(response.body()).path("error");
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(error.path("code").asInt()).isEqualTo(400);
    assertThat(error.path("status").asString()).isEqualTo("INVALID_ARGUMENT");
    var unknown = client.post(MODEL + "sing", "{}");
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(Trees.parse(unknown.body()).at("/error/status").asString()).isEqualTo("NOT_FOUND");
  }
}
