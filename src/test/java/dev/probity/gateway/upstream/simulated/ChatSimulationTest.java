package dev.probity.gateway.upstream.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.gateway.upstream.simulated.script.Trees;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ChatSimulationTest {
  private static final String PATH = "/v1/chat/completions";
  private static final String WEATHER =
      """
      "tools":[{"type":"function","function":{"name":"weather","parameters":{"type":"object",
        "properties":{"city":{"type":"string"}},"required":["city"]}}}]
      """;

  private final Client client = new Client();

  @AfterEach
  void close() {
    client.close();
  }

  private static String ask(String text, String more) {
    return Trees.text(
            Trees.object(
                "model",
                "simulated",
                "messages",
                Trees.array(Trees.object("role", "user", "content", text))))
        .replaceFirst("}$", more.isEmpty() ? "}" : "," + more.replace("\\", "\\\\") + "}");
  }

  @Test
  void answer_hasChatShape() throws Exception {
    JsonNode answer = client.json(PATH, ask("hello there", "\"service_tier\":\"priority\""));
    assertThat(answer.path("id").asString()).startsWith("chatcmpl-");
    assertThat(answer.path("object").asString()).isEqualTo("chat.completion");
    assertThat(answer.path("created").asLong()).isEqualTo(1_795_000_000L);
    assertThat(answer.path("service_tier").asString()).isEqualTo("priority");
    JsonNode choice = answer.path("choices").get(0);
    assertThat(choice.path("finish_reason").asString()).isEqualTo("stop");
    assertThat(choice.path("message").path("content").asString())
        .containsIgnoringCase("simulated")
        .contains("hello there");
  }

  @Test
  void sameRequest_getsSameAnswer() throws Exception {
    JsonNode first = client.json(PATH, ask("tell me", ""));
    JsonNode second = client.json(PATH, ask("tell me", ""));
    assertThat(first.path("choices")).isEqualTo(second.path("choices"));
    assertThat(first.path("usage")).isEqualTo(second.path("usage"));
    assertThat(first.path("id")).isNotEqualTo(second.path("id"));
  }

  @Test
  void stream_saysWhatWholeSays() throws Exception {
    String whole = client.json(PATH, ask("hello", "")).at("/choices/0/message/content").asString();
    List<Client.Event> events = client.events(PATH, ask("hello", "\"stream\":true"));
    assertThat(events).allMatch(event -> event.name().isEmpty());
    assertThat(events.getLast().data()).isEqualTo("[DONE]");
    assertThat(events.getFirst().json().at("/choices/0/delta/role").asString())
        .isEqualTo("assistant");
    StringBuilder text = new StringBuilder();
    for (Client.Event event : events.subList(0, events.size() - 1)) {
      JsonNode chunk = event.json();
      assertThat(chunk.path("object").asString()).isEqualTo("chat.completion.chunk");
      assertThat(chunk.path("id")).isEqualTo(events.getFirst().json().path("id"));
      assertThat(chunk.has("usage")).isFalse();
      assertThat(chunk.path("choices").size()).isEqualTo(1);
      text.append(chunk.at("/choices/0/delta/content").asString(""));
    }
    assertThat(text.toString()).isEqualTo(whole);
    // The role, twelve pieces, the finish, [DONE].
    assertThat(events).hasSize(15);
  }

  @Test
  void usageChunk_comesOnlyWhenAsked() throws Exception {
    JsonNode usage = client.json(PATH, ask("hello", "")).path("usage");
    List<Client.Event> events =
        client.events(
            PATH, ask("hello", "\"stream\":true,\"stream_options\":{\"include_usage\":true}"));
    JsonNode last = events.get(events.size() - 2).json();
    assertThat(last.path("choices").isEmpty()).isTrue();
    assertThat(last.path("usage")).isEqualTo(usage);
    for (Client.Event event : events.subList(0, events.size() - 2)) {
      assertThat(event.json().path("usage").isNull()).isTrue();
    }
  }

  @Test
  void directive_callsTool_andResultEndsIt() throws Exception {
    String prompt = "Please. simulate: tool weather {\"city\": \"Oslo\"} Thanks!";
    JsonNode answer = client.json(PATH, ask(prompt, WEATHER));
    JsonNode call = answer.at("/choices/0/message/tool_calls/0");
    assertThat(answer.at("/choices/0/finish_reason").asString()).isEqualTo("tool_calls");
    assertThat(answer.at("/choices/0/message/content").isNull()).isTrue();
    assertThat(call.at("/function/name").asString()).isEqualTo("weather");
    assertThat(Trees.parse(call.at("/function/arguments").asString()))
        .isEqualTo(Trees.object("city", "Oslo"));

    String second =
        Trees.text(
            Trees.object(
                "model",
                "simulated",
                "messages",
                Trees.array(
                    Trees.object("role", "user", "content", prompt),
                    Trees.object(
                        "role", "assistant", "content", null, "tool_calls", Trees.array(call)),
                    Trees.object(
                        "role",
                        "tool",
                        "tool_call_id",
                        call.path("id").asString(),
                        "content",
                        "rain, 7 degrees"))));
    assertThat(client.json(PATH, second).at("/choices/0/message/content").asString())
        .contains("15 characters");
  }

  @Test
  void streamedToolCalls_areParallel_andPutTogetherAgain() throws Exception {
    String prompt =
        "simulate: tool weather {\"city\":\"Oslo\"}\nsimulate: tool weather {\"city\":\"Rom\"}";
    List<Client.Event> events = client.events(PATH, ask(prompt, WEATHER + ",\"stream\":true"));
    StringBuilder[] arguments = {new StringBuilder(), new StringBuilder()};
    int opened = 0;
    String finish = "";
    for (Client.Event event : events.subList(0, events.size() - 1)) {
      JsonNode choice = event.json().at("/choices/0");
      JsonNode call = choice.at("/delta/tool_calls/0");
      if (call.has("id")) {
        assertThat(call.path("index").asInt()).isEqualTo(opened++);
        assertThat(call.at("/function/arguments").asString()).isEmpty();
      }
      if (call.isObject()) {
        arguments[call.path("index").asInt()].append(call.at("/function/arguments").asString());
      }
      finish = choice.path("finish_reason").asString(finish);
    }
    assertThat(opened).isEqualTo(2);
    assertThat(arguments[0].toString()).isEqualTo("{\"city\":\"Oslo\"}");
    assertThat(arguments[1].toString()).isEqualTo("{\"city\":\"Rom\"}");
    assertThat(finish).isEqualTo("tool_calls");
  }

  @Test
  void forcedTool_isCalledWithFittingArguments() throws Exception {
    JsonNode answer = client.json(PATH, ask("hello", WEATHER + ",\"tool_choice\":\"required\""));
    assertThat(answer.at("/choices/0/message/tool_calls/0/function/arguments").asString())
        .isEqualTo("{\"city\":\"simulated\"}");
  }

  @Test
  void toolNotOffered_isSaid() throws Exception {
    JsonNode answer = client.json(PATH, ask("simulate: tool rocket {}", WEATHER));
    assertThat(answer.at("/choices/0/message/content").asString()).contains("rocket", "weather");
  }

  @Test
  void responseFormat_isKept() throws Exception {
    String format =
        """
        "response_format":{"type":"json_schema","json_schema":{"name":"n","schema":{"type":"object",
          "properties":{"ok":{"type":"boolean"},"kind":{"enum":["a","b"]}},"required":["ok","kind"]}}}
        """;
    String text =
        client.json(PATH, ask("hello", format)).at("/choices/0/message/content").asString();
    assertThat(Trees.parse(text)).isEqualTo(Trees.object("ok", true, "kind", "a"));
  }

  @Test
  void tokenLimit_cutsTheAnswer() throws Exception {
    JsonNode answer = client.json(PATH, ask("hello", "\"max_completion_tokens\":5"));
    assertThat(answer.at("/choices/0/finish_reason").asString()).isEqualTo("length");
    assertThat(answer.at("/usage/completion_tokens").asLong()).isEqualTo(5);
  }

  @Test
  void reasoning_isCountedInsideTheOutput() throws Exception {
    JsonNode plain = client.json(PATH, ask("hello", "")).path("usage");
    JsonNode usage = client.json(PATH, ask("hello", "\"reasoning_effort\":\"high\"")).path("usage");
    long reasoning = usage.at("/completion_tokens_details/reasoning_tokens").asLong();
    assertThat(reasoning).isPositive();
    assertThat(usage.path("completion_tokens").asLong())
        .isEqualTo(plain.path("completion_tokens").asLong() + reasoning);
  }

  @Test
  void repeatedPrompt_isReadFromCache_insideTheInput() throws Exception {
    String prompt = ask("long ".repeat(2000), "");
    JsonNode first = client.json(PATH, prompt).path("usage");
    JsonNode second = client.json(PATH, prompt).path("usage");
    assertThat(first.at("/prompt_tokens_details/cached_tokens").asLong()).isZero();
    assertThat(first.at("/prompt_tokens_details/cache_write_tokens").asLong()).isPositive();
    long cached = second.at("/prompt_tokens_details/cached_tokens").asLong();
    assertThat(cached).isPositive().isEqualTo(cached / 128 * 128);
    for (JsonNode usage : List.of(first, second)) {
      long prompted = usage.path("prompt_tokens").asLong();
      assertThat(prompted).isEqualTo(first.path("prompt_tokens").asLong()).isGreaterThan(cached);
      assertThat(usage.path("total_tokens").asLong())
          .isEqualTo(prompted + usage.path("completion_tokens").asLong());
    }
    client.millis.addAndGet(301_000);
    assertThat(client.json(PATH, prompt).at("/usage/prompt_tokens_details/cached_tokens").asLong())
        .isZero();
  }

  @Test
  void malformedRequests_getOpenAiErrors() throws Exception {
    var notJson = client.post(PATH, "{\"model\":");
    assertThat(notJson.statusCode()).isEqualTo(400);
    assertThat(Trees.parse(notJson.body()).at("/error/type").asString())
        .isEqualTo("invalid_request_error");
    var without = client.post(PATH, "{\"model\":\"simulated\"}");
    assertThat(without.statusCode()).isEqualTo(400);
    assertThat(Trees.parse(without.body()).at("/error/param").asString()).isEqualTo("messages");
    var empty = client.post(PATH, "{\"model\":\"simulated\",\"messages\":[]}");
    assertThat(Trees.parse(empty.body()).at("/error/code").asString()).isEqualTo("empty_array");
    var deep = client.post(PATH, "[".repeat(5000));
    assertThat(deep.statusCode()).isEqualTo(400);
    var unknown = client.post("/v1/nothing", "{}");
    assertThat(unknown.statusCode()).isEqualTo(404);
  }

  @Test
  void headers_areOpenAis() throws Exception {
    var response = client.post(PATH, ask("hello", ""));
    assertThat(response.headers().firstValue("x-request-id").orElse("")).startsWith("req_");
    assertThat(response.headers().firstValueAsLong("x-ratelimit-remaining-requests"))
        .hasValue(9_999);
    assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
  }

  @Test
  void completions_andEmbeddings_answer() throws Exception {
    JsonNode completion =
        client.json("/v1/completions", "{\"model\":\"m\",\"prompt\":\"Once upon\"}");
    assertThat(completion.path("object").asString()).isEqualTo("text_completion");
    assertThat(completion.at("/choices/0/text").asString()).contains("Once upon");
    List<Client.Event> events =
        client.events(
            "/v1/completions", "{\"model\":\"m\",\"prompt\":\"Once upon\",\"stream\":true}");
    assertThat(events.getLast().data()).isEqualTo("[DONE]");

    JsonNode list =
        client.json(
            "/v1/embeddings", "{\"model\":\"m\",\"input\":[\"a cat\",\"a dog\"],\"dimensions\":8}");
    assertThat(list.path("data").size()).isEqualTo(2);
    assertThat(list.at("/data/0/embedding").size()).isEqualTo(8);
    JsonNode packed =
        client.json(
            "/v1/embeddings",
            "{\"model\":\"m\",\"input\":\"a cat\",\"encoding_format\":\"base64\"}");
    assertThat(java.util.Base64.getDecoder().decode(packed.at("/data/0/embedding").asString()))
        .hasSize(1536 * 4);
  }
}
