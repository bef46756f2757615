package dev.probity.gateway.translate.responses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.gateway.Dialect;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.AnswerEvent;
import dev.probity.gateway.neutral.AnswerEvent.BlockBegun;
import dev.probity.gateway.neutral.AnswerEvent.BlockEnded;
import dev.probity.gateway.neutral.AnswerEvent.Cited;
import dev.probity.gateway.neutral.AnswerEvent.InputPiece;
import dev.probity.gateway.neutral.AnswerEvent.Proven;
import dev.probity.gateway.neutral.AnswerEvent.StopReason;
import dev.probity.gateway.neutral.AnswerEvent.Stopped;
import dev.probity.gateway.neutral.AnswerEvent.TextPiece;
import dev.probity.gateway.neutral.AnswerFrame;
import dev.probity.gateway.neutral.Part;
import dev.probity.gateway.neutral.Proof;
import dev.probity.kernel.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ResponsesEncodersTest {
  private static final String REQUEST =
      """
      {"model":"my-model","input":"x","instructions":"be brief","max_output_tokens":900,
       "include":["reasoning.encrypted_content"],"metadata":{"a":"b"},
       "reasoning":{"effort":"low"},"tools":[
        {"type":"function","name":"f","parameters":{"type":"object"}},
        {"type":"custom","name":"patch"},
        {"type":"namespace","name":"mcp__a","tools":[{"type":"function","name":"read"}]}]}
      """;
  private static final Proof CLAUDES =
      new Proof(Dialect.MESSAGES, Proof.Kind.SIGNATURE, RawText.of("EqQB+/=="), RawText.EMPTY);
  private static final Proof GEMINIS =
      new Proof(Dialect.GEMINI, Proof.Kind.SIGNATURE, RawText.of("CiQB+/=="), RawText.EMPTY);

  private static RawText raw(String asWritten) {
    return RawJson.of("\"" + asWritten + "\"").text().orElseThrow();
  }

  private static AnswerEvent.ToolCall call(String id, String name, boolean freeform) {
    return new AnswerEvent.ToolCall(RawText.of(id), RawText.of(name), freeform);
  }

  private static List<AnswerEvent> answer(StopReason reason, AnswerEvent... events) {
    List<AnswerEvent> all = new ArrayList<>();
    all.add(new AnswerEvent.Begun(RawText.of("msg_1"), RawText.of("claude")));
    all.addAll(List.of(events));
    all.add(new Stopped(reason, Optional.empty()));
    all.add(AnswerEvent.ENDED);
    return all;
  }

  /** A thought, a text in two pieces, a call of each sort. */
  private static List<AnswerEvent> everything() {
    return answer(
        StopReason.TOOL_CALLS,
        new BlockBegun(0, AnswerEvent.THOUGHT),
        new TextPiece(0, raw("h\\u00fcm ")),
        new TextPiece(0, raw("so")),
        new Proven(0, CLAUDES),
        new BlockEnded(0),
        AnswerEvent.PING,
        new BlockBegun(1, AnswerEvent.TEXT),
        new TextPiece(1, raw("I \\\"see\\\"")),
        new TextPiece(1, raw("\\n🙂")),
        new BlockEnded(1),
        new BlockBegun(2, call("call_a", "f", false)),
        new Proven(2, GEMINIS),
        new InputPiece(2, raw("{\\\"a\\\":")),
        new InputPiece(2, raw("1}")),
        new BlockEnded(2),
        new BlockBegun(3, call("call_b", "patch", false)),
        new InputPiece(3, raw("{\\\"input\\\":\\\"*** Be")),
        new InputPiece(3, raw("gin\\\\n\\\"}")),
        new BlockEnded(3),
        new BlockBegun(4, call("", "mcp__a__read", false)),
        new BlockEnded(4));
  }

  private static String streamed(List<AnswerEvent> events) throws Exception {
    return Responses.written(new ResponsesEventEncoder(Responses.frame(REQUEST, true)), events);
  }

  private static JsonNode whole(List<AnswerEvent> events) throws Exception {
    return Responses.tree(
        Responses.written(new ResponsesDocumentEncoder(Responses.frame(REQUEST, false)), events));
  }

  @Test
  void stream_opensFillsAndClosesEachItem() throws Exception {
    String stream = streamed(everything());
    List<String> order = new ArrayList<>();
    long sequence = 0;
    for (Responses.Sent sent : Responses.events(stream)) {
      JsonNode json = sent.json();
      assertThat(json.path("type").asString()).isEqualTo(sent.name());
      assertThat(json.path("sequence_number").asLong()).isEqualTo(sequence++);
      order.add(
          sent.name().substring(sent.name().indexOf('.') + 1)
              + (json.has("output_index") ? " " + json.path("output_index").asInt() : ""));
    }
    assertThat(order)
        .containsExactly(
            "created",
            "in_progress",
            "output_item.added 0",
            "reasoning_summary_part.added 0",
            "reasoning_summary_text.delta 0",
            "reasoning_summary_text.delta 0",
            "reasoning_summary_text.done 0",
            "reasoning_summary_part.done 0",
            "output_item.done 0",
            "output_item.added 1",
            "content_part.added 1",
            "output_text.delta 1",
            "output_text.delta 1",
            "output_text.done 1",
            "content_part.done 1",
            "output_item.done 1",
            "output_item.added 2",
            "output_item.done 2",
            "output_item.added 3",
            "function_call_arguments.delta 3",
            "function_call_arguments.delta 3",
            "function_call_arguments.done 3",
            "output_item.done 3",
            "output_item.added 4",
            "custom_tool_call_input.delta 4",
            "custom_tool_call_input.done 4",
            "output_item.done 4",
            "output_item.added 5",
            "function_call_arguments.delta 5",
            "function_call_arguments.done 5",
            "output_item.done 5",
            "completed");
    assertThat(stream)
        .contains("\"delta\":\"h\\u00fcm \"", "\"text\":\"h\\u00fcm so\"", ": ping\n\n");
  }

  @Test
  void stream_andDocument_saySameResponse() throws Exception {
    List<Responses.Sent> events = Responses.events(streamed(everything()));
    JsonNode response = events.getLast().json().path("response");
    assertThat(response).isEqualTo(whole(everything()));
    JsonNode output = response.path("output");
    for (Responses.Sent sent : events) {
      if (sent.name().equals("response.output_item.done")) {
        assertThat(sent.json().path("item"))
            .isEqualTo(output.path(sent.json().path("output_index").asInt()));
      }
    }
    assertThat(output.at("/1/content/0/text").asString()).isEqualTo("I \"see\"\n🙂");
    assertThat(output.at("/3/arguments").asString()).isEqualTo("{\"a\":1}");
    assertThat(output.at("/4/type").asString()).isEqualTo("custom_tool_call");
    assertThat(output.at("/4/input").asString()).isEqualTo("*** Begin\n");
    assertThat(output.at("/5/namespace").asString()).isEqualTo("mcp__a");
    assertThat(output.at("/5/name").asString()).isEqualTo("read");
    assertThat(output.at("/5/arguments").asString()).isEqualTo("{}");
    assertThat(output.at("/5/call_id").asString()).startsWith("call_");
  }

  @Test
  void response_hasAllThatOpenAisHas() throws Exception {
    JsonNode response = whole(everything());
    assertThat(response.propertyNames())
        .contains(
            "id",
            "object",
            "created_at",
            "completed_at",
            "status",
            "incomplete_details",
            "model",
            "previous_response_id",
            "instructions",
            "output",
            "error",
            "tools",
            "tool_choice",
            "truncation",
            "parallel_tool_calls",
            "text",
            "top_p",
            "presence_penalty",
            "frequency_penalty",
            "top_logprobs",
            "temperature",
            "reasoning",
            "user",
            "usage",
            "max_output_tokens",
            "max_tool_calls",
            "store",
            "background",
            "service_tier",
            "metadata",
            "safety_identifier",
            "prompt_cache_key");
    assertThat(response.path("id").asString()).startsWith("resp_");
    assertThat(response.path("model").asString()).isEqualTo("my-model");
    assertThat(response.path("instructions").asString()).isEqualTo("be brief");
    assertThat(response.at("/tools/0/strict").asBoolean()).isTrue();
    assertThat(response.at("/tools/0/description").isNull()).isTrue();
    assertThat(response.path("reasoning"))
        .isEqualTo(Responses.tree("{\"effort\":\"low\",\"summary\":null}"));
    assertThat(response.path("text")).isEqualTo(Responses.tree("{\"format\":{\"type\":\"text\"}}"));
    assertThat(response.path("service_tier").asString()).isEqualTo("default");
    assertThat(response.path("usage"))
        .isEqualTo(
            Responses.tree(
                """
                {"input_tokens":100,"input_tokens_details":
                  {"cached_tokens":60,"cache_write_tokens":10},
                 "output_tokens":50,"output_tokens_details":{"reasoning_tokens":20},
                 "total_tokens":150}\
                """));
  }

  @Test
  void proofs_comeBackToTheByte() throws Exception {
    JsonNode output = whole(everything()).path("output");
    StringBuilder input = new StringBuilder("{\"input\":[");
    for (int i = 0; i < 5; i++) {
      input.append(output.path(i)).append(',');
    }
    input.append(
        """
        {"type":"function_call_output","call_id":"call_a","output":"1"},
        {"type":"custom_tool_call_output","call_id":"call_b","output":"2"}]}\
        """);
    List<Part> parts = Responses.decode(input.toString()).turns().getFirst().parts();
    assertThat(parts).hasSize(4);
    assertThat(((Part.Thought) parts.get(0)).proof()).contains(CLAUDES);
    assertThat(((Part.Thought) parts.get(0)).text().plain()).isEqualTo("hüm so");
    assertThat(((Part.ToolCall) parts.get(2)).proof()).contains(GEMINIS);
    assertThat(((Part.ToolCall) parts.get(3)).proof()).isEmpty();
  }

  @Test
  void proofs_areKept_fromWhoDidNotAskForThem() throws Exception {
    AnswerFrame frame = Responses.frame("{\"input\":\"x\"}", false);
    String json = Responses.written(new ResponsesDocumentEncoder(frame), everything());
    assertThat(json).doesNotContain("pbty1.");
    assertThat(Responses.tree(json).at("/output/0/summary/0/text").asString()).isEqualTo("hüm so");
  }

  @ParameterizedTest
  @CsvSource({
    "END, completed, ''",
    "STOP_SEQUENCE, completed, ''",
    "PAUSED, completed, ''",
    "MAX_TOKENS, incomplete, max_output_tokens",
    "CONTEXT_FULL, incomplete, max_output_tokens",
    "DECLINED, incomplete, content_filter"
  })
  void stopReasons_areOpenAis(StopReason reason, String status, String incomplete)
      throws Exception {
    List<AnswerEvent> events =
        answer(
            reason,
            new BlockBegun(0, AnswerEvent.TEXT),
            new TextPiece(0, raw("a")),
            new BlockEnded(0));
    JsonNode response = whole(events);
    assertThat(response.path("status").asString()).isEqualTo(status);
    assertThat(response.at("/incomplete_details/reason").asString("")).isEqualTo(incomplete);
    assertThat(response.at("/output/0/status").asString()).isEqualTo(status);
    assertThat(Responses.events(streamed(events)).getLast().name()).isEqualTo("response." + status);
  }

  @Test
  void refusal_isAPartOfTheMessage() throws Exception {
    List<AnswerEvent> events =
        answer(
            StopReason.DECLINED,
            new BlockBegun(0, AnswerEvent.TEXT),
            new TextPiece(0, raw("well")),
            new BlockEnded(0),
            new BlockBegun(1, AnswerEvent.DECLINED),
            new TextPiece(1, raw("no")),
            new BlockEnded(1));
    JsonNode response = whole(events);
    assertThat(response.path("status").asString()).isEqualTo("completed");
    assertThat(response.path("output")).hasSize(1);
    assertThat(response.at("/output/0/content/1"))
        .isEqualTo(Responses.tree("{\"type\":\"refusal\",\"refusal\":\"no\"}"));
    assertThat(streamed(events))
        .contains("event: response.refusal.delta", "event: response.refusal.done");
  }

  @Test
  void citations_becomeAnnotations() throws Exception {
    AnswerEvent.Citation page =
        new AnswerEvent.Citation(
            Dialect.MESSAGES,
            Optional.of(RawText.of("https://a.b")),
            Optional.of(RawText.of("A")),
            Optional.empty(),
            RawJson.EMPTY_OBJECT);
    List<AnswerEvent> events =
        answer(
            StopReason.END,
            new BlockBegun(
                0,
                new AnswerEvent.Foreign(
                    Dialect.MESSAGES,
                    "server_tool_use",
                    RawJson.of("{\"name\":\"web_search\",\"input\":{\"query\":\"q\"}}"))),
            new BlockEnded(0),
            new BlockBegun(1, AnswerEvent.TEXT),
            new Cited(1, page),
            new TextPiece(1, raw("h\\u00fc🙂")),
            new BlockEnded(1));
    JsonNode output = whole(events).path("output");
    assertThat(output.at("/0/action/query").asString()).isEqualTo("q");
    assertThat(output.at("/1/content/0/annotations/0"))
        .isEqualTo(
            Responses.tree(
                """
                {"type":"url_citation","start_index":0,"end_index":3,"url":"https://a.b",
                 "title":"A"}\
                """));
    assertThat(streamed(events)).contains("event: response.output_text.annotation.added");
  }

  @Test
  void blocksThatOverlap_orAreLeftOpen_areClosedInTheEnd() throws Exception {
    JsonNode output =
        whole(
                answer(
                    StopReason.TOOL_CALLS,
                    new BlockBegun(0, AnswerEvent.TEXT),
                    new BlockBegun(1, call("a", "f", false)),
                    new BlockBegun(2, call("b", "nobody_offered_it", false)),
                    new InputPiece(2, raw("{2}")),
                    new InputPiece(1, raw("{1}")),
                    new TextPiece(0, raw("late")),
                    new TextPiece(7, raw("never begun"))))
            .path("output");
    assertThat(output.valueStream().map(item -> item.path("status").asString()))
        .containsOnly("completed");
    assertThat(output.at("/0/content/0/text").asString()).isEqualTo("late");
    assertThat(output.at("/1/arguments").asString()).isEqualTo("{2}");
    assertThat(output.at("/2/arguments").asString()).isEqualTo("{1}");
  }

  @Test
  void nothingButAnEnd_isAWholeResponse() throws Exception {
    AnswerFrame asked = Responses.frame(REQUEST, false);
    AnswerFrame uncounted =
        new AnswerFrame(
            asked.id(),
            asked.asked(),
            true,
            asked.request(),
            asked.prompt(),
            asked.model(),
            asked.createdSeconds(),
            new Responses.Counted(Usage.NONE));
    List<Responses.Sent> events =
        Responses.events(
            Responses.written(new ResponsesEventEncoder(uncounted), List.of(AnswerEvent.ENDED)));
    assertThat(events)
        .extracting(Responses.Sent::name)
        .containsExactly("response.created", "response.in_progress", "response.completed");
    assertThat(events.getLast().json().at("/response/usage").isNull()).isTrue();
  }

  /** What was written is read as what was told, but for what only other vendors have. */
  @Test
  void decoders_readWhatEncodersWrite() throws Exception {
    List<AnswerEvent> events =
        answer(
            StopReason.TOOL_CALLS,
            new BlockBegun(0, AnswerEvent.THOUGHT),
            new TextPiece(0, raw("h\\u00fcm")),
            new Proven(0, CLAUDES),
            new BlockEnded(0),
            new BlockBegun(1, AnswerEvent.TEXT),
            new TextPiece(1, raw("t\\\\n")),
            new BlockEnded(1),
            new BlockBegun(2, call("c", "f", false)),
            new InputPiece(2, raw("{\\\"a\\\":1}")),
            new BlockEnded(2),
            new BlockBegun(3, call("d", "patch", true)),
            new InputPiece(3, raw("***")),
            new BlockEnded(3));
    List<String> told = events.stream().skip(1).map(AnswerEvent::toString).toList();
    List<String> streamed = Responses.told(streamed(events));
    List<String> whole = Responses.toldWhole(whole(events).toString());
    assertThat(streamed).first().asString().contains("resp_");
    assertThat(streamed.subList(1, streamed.size())).isEqualTo(told);
    assertThat(whole.stream().skip(1).map(each -> each.replace("ü", "\\u00fc"))).isEqualTo(told);
  }
}
