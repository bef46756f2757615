package dev.probity.gateway.translate.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.gateway.Dialect;
import dev.probity.gateway.Operation;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.AnswerEvent;
import dev.probity.gateway.neutral.AnswerEvent.StopReason;
import dev.probity.gateway.neutral.Losses;
import dev.probity.gateway.neutral.Part;
import dev.probity.gateway.neutral.Proof;
import dev.probity.gateway.neutral.ProofEnvelope;
import dev.probity.gateway.upstream.simulated.script.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Answers for clients: streams and documents. */
class ChatEncodersTest {
  private static final Proof SIGNED =
      new Proof(Dialect.MESSAGES, Proof.Kind.SIGNATURE, RawText.of("sig+/="), RawText.EMPTY);
  private static final Proof HIDDEN =
      new Proof(Dialect.RESPONSES, Proof.Kind.HIDDEN_THOUGHT, RawText.of("gAAA"), RawText.of("rs"));
  private static final Proof CALL_SIGNED =
      new Proof(Dialect.GEMINI, Proof.Kind.SIGNATURE, RawText.of("CiQB"), RawText.EMPTY);

  private static final String ASKED = "{\"model\":\"m\",\"stream\":true}";
  private static final String COUNTED =
      "{\"model\":\"m\",\"stream\":true,\"stream_options\":{\"include_usage\":true}}";

  private static RawText raw(String text) {
    return RawText.of(text);
  }

  private static List<AnswerEvent> answer(StopReason reason, AnswerEvent... between) {
    List<AnswerEvent> events = new ArrayList<>();
    events.add(new AnswerEvent.Begun(raw("msg_1"), raw("claude")));
    events.addAll(List.of(between));
    events.add(new AnswerEvent.Stopped(reason, Optional.empty()));
    events.add(AnswerEvent.ENDED);
    return events;
  }

  private static List<AnswerEvent> everything() {
    return answer(
        StopReason.TOOL_CALLS,
        new AnswerEvent.BlockBegun(0, AnswerEvent.THOUGHT),
        new AnswerEvent.TextPiece(0, raw("Let me ")),
        AnswerEvent.PING,
        new AnswerEvent.TextPiece(0, raw("see.")),
        new AnswerEvent.Proven(0, SIGNED),
        new AnswerEvent.BlockEnded(0),
        new AnswerEvent.BlockBegun(1, AnswerEvent.THOUGHT),
        new AnswerEvent.Proven(1, HIDDEN),
        new AnswerEvent.BlockEnded(1),
        new AnswerEvent.BlockBegun(2, AnswerEvent.TEXT),
        new AnswerEvent.TextPiece(2, raw("I \"look\" é")),
        new AnswerEvent.BlockEnded(2),
        new AnswerEvent.BlockBegun(3, new AnswerEvent.ToolCall(raw("toolu_1"), raw("w"), false)),
        new AnswerEvent.BlockBegun(4, new AnswerEvent.ToolCall(RawText.EMPTY, raw("p"), true)),
        new AnswerEvent.InputPiece(4, raw("*** Be")),
        new AnswerEvent.InputPiece(3, raw("{\"x\":")),
        new AnswerEvent.InputPiece(4, raw("gin")),
        new AnswerEvent.Proven(3, CALL_SIGNED),
        new AnswerEvent.InputPiece(3, raw("\"\\n\"}")),
        new AnswerEvent.BlockEnded(3),
        new AnswerEvent.BlockEnded(4),
        new AnswerEvent.BlockBegun(5, new AnswerEvent.ToolCall(raw("toolu_2"), raw("none"), false)),
        new AnswerEvent.BlockEnded(5));
  }

  private static List<JsonNode> chunks(String stream) {
    List<JsonNode> chunks = new ArrayList<>();
    for (String frame : stream.split("\n\n")) {
      if (frame.startsWith("data: {")) {
        chunks.add(Trees.parse(frame.substring(6)));
      } else {
        assertThat(frame).isIn("data: [DONE]", ": ping");
      }
    }
    return chunks;
  }

  private static String stream(String request, List<AnswerEvent> events) throws Exception {
    return Chat.encode(
        new ChatEventEncoder(Chat.frame(Operation.CHAT_COMPLETION, request)), events);
  }

  private static JsonNode document(String request, List<AnswerEvent> events) throws Exception {
    return Trees.parse(
        Chat.encode(
            new ChatDocumentEncoder(Chat.frame(Operation.CHAT_COMPLETION, request)), events));
  }

  @Test
  void chunks_haveOneHead_andEndWithDone() throws Exception {
    String stream = stream(ASKED, everything());
    assertThat(stream).endsWith("data: [DONE]\n\n");
    List<JsonNode> chunks = chunks(stream);
    assertThat(chunks)
        .allSatisfy(chunk -> {
          assertThat(chunk.path("id").asString()).isEqualTo("chatcmpl-" + idOf(77));
          assertThat(chunk.path("object").asString()).isEqualTo("chat.completion.chunk");
          assertThat(chunk.path("created").asLong()).isEqualTo(1_795_000_000L);
          assertThat(chunk.path("model").asString()).isEqualTo("claude");
          assertThat(chunk.has("usage")).isFalse();
          assertThat(chunk.path("choices").size()).isEqualTo(1);
        });
    assertThat(chunks.getFirst().at("/choices/0/delta/role").asString()).isEqualTo("assistant");
    assertThat(chunks.stream().filter(chunk -> chunk.at("/choices/0/delta").has("role")))
        .hasSize(1);
    assertThat(chunks.getLast().at("/choices/0/finish_reason").asString()).isEqualTo("tool_calls");
  }

  private static String idOf(long value) {
    return new dev.probity.kernel.ExchangeId(value).toString();
  }

  @Test
  void usageChunk_comesOnlyWhenAskedFor_andCountsLikeOpenAi() throws Exception {
    List<JsonNode> chunks = chunks(stream(COUNTED, everything()));
    assertThat(chunks.subList(0, chunks.size() - 1))
        .allMatch(chunk -> chunk.has("usage") && chunk.path("usage").isNull());
    JsonNode last = chunks.getLast();
    assertThat(last.path("choices").isEmpty()).isTrue();
    assertThat(last.path("usage"))
        .isEqualTo(
            Trees.parse(
                "{\"prompt_tokens\":100,\"completion_tokens\":50,\"total_tokens\":150,"
                    + "\"prompt_tokens_details\":{\"cached_tokens\":60,\"cache_write_tokens\":10},"
                    + "\"completion_tokens_details\":{\"reasoning_tokens\":20}}"));
    assertThat(document(COUNTED, everything()).path("usage")).isEqualTo(last.path("usage"));
  }

  @Test
  void firstPieceOfACall_namesIt_withEmptyArguments() throws Exception {
    JsonNode first =
        chunks(stream(ASKED, everything())).stream()
            .map(chunk -> chunk.at("/choices/0/delta/tool_calls/0"))
            .filter(call -> call.has("id"))
            .findFirst()
            .orElseThrow();
    assertThat(first)
        .isEqualTo(
            Trees.parse(
                "{\"index\":0,\"id\":\"toolu_1\",\"type\":\"function\","
                    + "\"function\":{\"name\":\"w\",\"arguments\":\"\"}}"));
  }

  @Test
  void streamAndDocument_sayTheSame() throws Exception {
    JsonNode message = document(ASKED, everything()).at("/choices/0/message");
    List<String> streamed =
        Told.of(
                new ChatEventDecoder(),
                chunks(stream(ASKED, everything())).stream()
                    .map(Trees::text)
                    .toArray(String[]::new))
            .blocks();
    String id = "call_" + idOf(77) + "_1";
    assertThat(streamed)
        .containsExactly(
            "thought: Let me see. <messages SIGNATURE sig+/=>",
            "thought:  <responses HIDDEN_THOUGHT gAAA>",
            "text: I \\\"look\\\" é",
            "call toolu_1 w: {\\\"x\\\":<gemini>\\\"\\\\n\\\"}"
                .replace("<gemini>", " <gemini SIGNATURE CiQB>"),
            "custom " + id + " p: *** Begin",
            "call toolu_2 none: {}");
    assertThat(message.path("content").asString()).isEqualTo("I \"look\" é");
    assertThat(message.path("reasoning_content").asString()).isEqualTo("Let me see.");
    assertThat(message.at("/tool_calls/0/function/arguments").asString())
        .isEqualTo("{\"x\":\"\\n\"}");
    assertThat(message.at("/tool_calls/1/custom/input").asString()).isEqualTo("*** Begin");
    assertThat(message.at("/tool_calls/1/id").asString()).isEqualTo(id);
    assertThat(message.at("/tool_calls/2/function/arguments").asString()).isEqualTo("{}");
    assertThat(message.path("refusal").isNull()).isTrue();
  }

  /** A client sends the message back as it got it; the vendors' proofs come out whole. */
  @Test
  void proofs_comeBackWithTheClient() throws Exception {
    JsonNode message = document("{\"model\":\"m\"}", everything()).at("/choices/0/message");
    String request =
        Chat.body(
            "[{\"role\":\"user\",\"content\":\"a\"},"
                + Trees.text(message)
                + ",{\"role\":\"tool\",\"tool_call_id\":\"toolu_1\",\"content\":\"r\"},"
                + "{\"role\":\"tool\",\"tool_call_id\":\"call_"
                + idOf(77)
                + "_1\",\"content\":\"r\"},"
                + "{\"role\":\"tool\",\"tool_call_id\":\"toolu_2\",\"content\":\"r\"}]");
    List<Part> parts = Chat.decode(request, new Losses()).turns().get(1).parts();
    assertThat(parts.get(0)).isEqualTo(new Part.Thought(raw("Let me see."), Optional.of(SIGNED)));
    assertThat(parts.get(1)).isEqualTo(new Part.Thought(RawText.EMPTY, Optional.of(HIDDEN)));
    assertThat(((Part.ToolCall) parts.get(3)).proof()).contains(CALL_SIGNED);
  }

  /** Some clients only collect the pieces of a stream. */
  @Test
  void proofs_comeBackFromAStreamsPieces() throws Exception {
    List<AnswerEvent> events =
        answer(
            StopReason.END,
            new AnswerEvent.BlockBegun(0, AnswerEvent.THOUGHT),
            new AnswerEvent.TextPiece(0, raw("Let ")),
            new AnswerEvent.TextPiece(0, raw("me.")),
            new AnswerEvent.Proven(0, HIDDEN),
            new AnswerEvent.BlockEnded(0));
    List<JsonNode> details = new ArrayList<>();
    chunks(stream(ASKED, events))
        .forEach(chunk -> chunk.at("/choices/0/delta/reasoning_details").forEach(details::add));
    JsonNode message =
        Trees.object(
            "role", "assistant", "content", "a", "reasoning_details", Trees.arrayOf(details));
    String request =
        Chat.body("[{\"role\":\"user\",\"content\":\"a\"}," + Trees.text(message) + "]");
    assertThat(Chat.decode(request, new Losses()).turns().get(1).parts().getFirst())
        .isEqualTo(new Part.Thought(raw("Let me."), Optional.of(HIDDEN)));
  }

  @Test
  void refusal_isARefusal_andAFilterIsAFilter() throws Exception {
    List<AnswerEvent> told =
        answer(
            StopReason.DECLINED,
            new AnswerEvent.BlockBegun(0, AnswerEvent.DECLINED),
            new AnswerEvent.TextPiece(0, raw("No.")),
            new AnswerEvent.BlockEnded(0));
    JsonNode choice = document(ASKED, told).at("/choices/0");
    assertThat(choice.at("/message/refusal").asString()).isEqualTo("No.");
    assertThat(choice.at("/message/content").isNull()).isTrue();
    assertThat(choice.path("finish_reason").asString()).isEqualTo("stop");
    assertThat(stream(ASKED, told)).contains("\"refusal\":\"No.\"").contains("\"stop\"");

    JsonNode filtered = document(ASKED, answer(StopReason.DECLINED)).at("/choices/0");
    assertThat(filtered.path("finish_reason").asString()).isEqualTo("content_filter");
    assertThat(filtered.at("/message/content").asString()).isEmpty();
  }

  @Test
  void citations_areAnnotations_overTheTextTheyStandIn() throws Exception {
    AnswerEvent.Citation cited =
        new AnswerEvent.Citation(
            Dialect.MESSAGES,
            Optional.of(raw("https://x")),
            Optional.of(raw("X")),
            Optional.empty(),
            RawJson.EMPTY_OBJECT);
    AnswerEvent.Citation ofADocument =
        new AnswerEvent.Citation(
            Dialect.MESSAGES,
            Optional.empty(),
            Optional.of(raw("X")),
            Optional.empty(),
            RawJson.EMPTY_OBJECT);
    List<AnswerEvent> events =
        answer(
            StopReason.END,
            new AnswerEvent.BlockBegun(0, AnswerEvent.TEXT),
            new AnswerEvent.TextPiece(0, raw("Ü😀: ")),
            new AnswerEvent.BlockEnded(0),
            new AnswerEvent.BlockBegun(1, AnswerEvent.TEXT),
            new AnswerEvent.TextPiece(1, raw("so.")),
            new AnswerEvent.Cited(1, cited),
            new AnswerEvent.Cited(1, ofADocument),
            new AnswerEvent.BlockEnded(1));
    JsonNode annotations = document(ASKED, events).at("/choices/0/message/annotations");
    assertThat(annotations)
        .isEqualTo(
            Trees.parse(
                "[{\"type\":\"url_citation\",\"url_citation\":{\"start_index\":4,\"end_index\":7,"
                    + "\"url\":\"https://x\",\"title\":\"X\"}}]"));
    assertThat(
            chunks(stream(ASKED, events)).stream()
                .map(chunk -> chunk.at("/choices/0/delta/annotations"))
                .filter(JsonNode::isArray))
        .containsExactly(annotations);
  }

  @Test
  void clientThatSpeaksOfFunctions_getsAFunctionCall() throws Exception {
    List<AnswerEvent> events =
        answer(
            StopReason.TOOL_CALLS,
            new AnswerEvent.BlockBegun(0, new AnswerEvent.ToolCall(raw("a"), raw("w"), false)),
            new AnswerEvent.InputPiece(0, raw("{\"x\":1}")),
            new AnswerEvent.BlockEnded(0));
    String request = "{\"model\":\"m\",\"stream\":true,\"functions\":[{\"name\":\"w\"}]}";
    JsonNode choice = document(request, events).at("/choices/0");
    assertThat(choice.at("/message/function_call/arguments").asString()).isEqualTo("{\"x\":1}");
    assertThat(choice.at("/message").has("tool_calls")).isFalse();
    assertThat(choice.path("finish_reason").asString()).isEqualTo("function_call");
    String stream = stream(request, events);
    assertThat(stream)
        .contains("\"function_call\":{\"name\":\"w\",\"arguments\":\"\"}")
        .contains("\"finish_reason\":\"function_call\"")
        .doesNotContain("tool_calls");
  }

  @ParameterizedTest
  @EnumSource(StopReason.class)
  void everyReason_hasAWord(StopReason reason) throws Exception {
    String word = document(ASKED, answer(reason)).at("/choices/0/finish_reason").asString();
    assertThat(word).isIn("stop", "length", "tool_calls", "content_filter");
    assertThat(stream(ASKED, answer(reason))).contains("\"finish_reason\":\"" + word + "\"");
  }

  @Test
  void envelopes_areWhatOpaqueValuesLookLike() {
    assertThat(ProofEnvelope.wrap(SIGNED).toString()).startsWith(ProofEnvelope.MARK);
  }
}
