package dev.probity.gateway.translate.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.probity.gateway.Dialect;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.AnswerEvent;
import dev.probity.gateway.neutral.AnswerEvent.StopReason;
import dev.probity.gateway.neutral.AnswerFrame;
import dev.probity.gateway.neutral.Part;
import dev.probity.gateway.neutral.Proof;
import dev.probity.gateway.neutral.Untranslatable;
import dev.probity.kernel.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

final class MessagesAnswerEncoderTest {
  private static final String ASKED =
      "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"thinking\":{\"type\":\"adaptive\"}}";
  private static final String THOUGHTLESS =
      "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}";
  private static final String USAGE =
      """
      {"type":"message","content":[],"stop_reason":"end_turn","usage":{"input_tokens":5,
       "cache_read_input_tokens":70,"cache_creation_input_tokens":9,"output_tokens":11}}
      """;
  private static final AnswerEvent BEGUN =
      new AnswerEvent.Begun(RawText.of("resp_1"), RawText.of("gpt"));

  private static AnswerEvent begun(int block, AnswerEvent.Block kind) {
    return new AnswerEvent.BlockBegun(block, kind);
  }

  private static AnswerEvent text(int block, String text) {
    return new AnswerEvent.TextPiece(block, RawText.of(text));
  }

  private static AnswerEvent input(int block, String json) {
    return new AnswerEvent.InputPiece(block, RawText.of(json));
  }

  private static AnswerEvent ended(int block) {
    return new AnswerEvent.BlockEnded(block);
  }

  private static AnswerEvent.Block call(String id, String name) {
    return new AnswerEvent.ToolCall(RawText.of(id), RawText.of(name), false);
  }

  private static AnswerEvent stopped(StopReason reason) {
    return new AnswerEvent.Stopped(reason, Optional.empty());
  }

  private static Proof proof(Dialect origin, Proof.Kind kind, String value, String id) {
    return new Proof(origin, kind, RawText.of(value), RawText.of(id));
  }

  private static List<AnswerEvent> answer(StopReason reason, AnswerEvent... middle) {
    List<AnswerEvent> events = new ArrayList<>(List.of(BEGUN));
    events.addAll(List.of(middle));
    events.add(stopped(reason));
    events.add(AnswerEvent.ENDED);
    return events;
  }

  private static JsonNode whole(String asked, List<AnswerEvent> events) throws Exception {
    return Samples.tree(Samples.written(Samples.frame(asked, false, USAGE), events));
  }

  private static List<JsonNode> streamed(String asked, List<AnswerEvent> events) throws Exception {
    return Samples.frames(Samples.written(Samples.frame(asked, true, USAGE), events));
  }

  private static List<AnswerEvent> rich() {
    return answer(
        StopReason.END,
        begun(0, AnswerEvent.THOUGHT),
        text(0, "h"),
        text(0, "m"),
        new AnswerEvent.Proven(
            0, proof(Dialect.RESPONSES, Proof.Kind.HIDDEN_THOUGHT, "gAAA", "rs_1")),
        ended(0),
        begun(1, AnswerEvent.TEXT),
        text(1, ""),
        ended(1),
        begun(2, AnswerEvent.TEXT),
        text(2, "so\n"),
        new AnswerEvent.Cited(
            2,
            new AnswerEvent.Citation(
                Dialect.RESPONSES,
                Optional.of(RawText.of("https://x")),
                Optional.empty(),
                Optional.empty(),
                RawJson.NULL)),
        ended(2),
        begun(3, call("c1", "ls")),
        begun(4, call("", "cat")),
        input(4, "{\"f\":"),
        input(3, "{\"p\":\"\\u00e9\"}"),
        input(4, "1}"),
        ended(4),
        ended(3));
  }

  @Test
  void stream_hasTheEventsOfAnthropicsOrder_oneBlockAtATime() throws Exception {
    List<JsonNode> frames = streamed(ASKED, rich());
    List<String> order = new ArrayList<>();
    for (JsonNode frame : frames) {
      order.add(
          frame.path("type").asString()
              + frame.path("index").asString("")
              + frame.at("/delta/type").asString("").replaceAll("(.)", " $1").replace(" ", ""));
    }
    assertThat(order)
        .containsExactly(
            "message_start",
            "content_block_start0",
            "content_block_delta0thinking_delta",
            "content_block_delta0thinking_delta",
            "content_block_delta0signature_delta",
            "content_block_stop0",
            "content_block_start1",
            "content_block_delta1text_delta",
            "content_block_delta1citations_delta",
            "content_block_stop1",
            "content_block_start2",
            "content_block_delta2input_json_delta",
            "content_block_delta2input_json_delta",
            "content_block_stop2",
            "content_block_start3",
            "content_block_delta3input_json_delta",
            "content_block_delta3input_json_delta",
            "content_block_delta3input_json_delta",
            "content_block_stop3",
            "message_delta",
            "message_stop");
    assertThat(frames.getFirst().at("/message/id").asString()).startsWith("msg_");
    assertThat(frames.getFirst().at("/message/model").asString()).isEqualTo("house-model");
    assertThat(frames.get(10).path("content_block"))
        .isEqualTo(
            Samples.tree("{\"type\":\"tool_use\",\"id\":\"c1\",\"name\":\"ls\",\"input\":{}}"));
    JsonNode end = frames.get(frames.size() - 2);
    assertThat(end.path("delta"))
        .isEqualTo(Samples.tree("{\"stop_reason\":\"tool_use\",\"stop_sequence\":null}"));
    assertThat(end.path("usage"))
        .isEqualTo(
            Samples.tree(
                """
                {"input_tokens":5,"cache_creation_input_tokens":9,"cache_read_input_tokens":70,
                 "output_tokens":11}
                """));
  }

  @Test
  void documentAndStream_sayTheSame() throws Exception {
    JsonNode document = whole(ASKED, rich());
    assertThat(document.path("content")).isEqualTo(assembled(streamed(ASKED, rich())));
    assertThat(document.path("stop_reason").asString()).isEqualTo("tool_use");
    assertThat(document.at("/usage/cache_creation/ephemeral_5m_input_tokens").asInt()).isEqualTo(9);
    assertThat(document.at("/content/1/citations/0/url").asString()).isEqualTo("https://x");
    assertThat(document.at("/content/2/input")).isEqualTo(Samples.tree("{\"p\":\"\\u00e9\"}"));
    assertThat(document.at("/content/3/id").asString()).startsWith("toolu_");
  }

  /** Puts a stream together as Anthropic's SDKs do. */
  private static JsonNode assembled(List<JsonNode> frames) {
    List<String> blocks = new ArrayList<>();
    ObjectNode block = Samples.MAPPER.createObjectNode();
    StringBuilder input = new StringBuilder();
    for (JsonNode frame : frames) {
      JsonNode delta = frame.path("delta");
      switch (frame.path("type").asString()) {
        case "content_block_start" -> block = (ObjectNode) frame.path("content_block");
        case "content_block_delta" -> {
          switch (delta.path("type").asString()) {
            case "input_json_delta" -> input.append(delta.path("partial_json").asString());
            case "citations_delta" -> block.withArray("citations").add(delta.path("citation"));
            case "signature_delta" -> block.set("signature", delta.path("signature"));
            case "text_delta" ->
                block.put("text", block.path("text").asString() + delta.path("text").asString());
            default ->
                block.put(
                    "thinking",
                    block.path("thinking").asString() + delta.path("thinking").asString());
          }
        }
        case "content_block_stop" -> {
          if (!input.isEmpty()) {
            block.set("input", Samples.tree(input));
            input.setLength(0);
          }
          blocks.add(block.toString());
        }
        default -> {}
      }
    }
    return Samples.tree(blocks);
  }

  @Test
  void thoughts_comeBackWithTheirProofs() throws Exception {
    Proof google = proof(Dialect.GEMINI, Proof.Kind.SIGNATURE, "Cs4+/\\u003d", "");
    Proof openai = proof(Dialect.RESPONSES, Proof.Kind.HIDDEN_THOUGHT, "gAAA", "rs_1");
    JsonNode document =
        whole(
            ASKED,
            answer(
                StopReason.TOOL_CALLS,
                begun(0, AnswerEvent.THOUGHT),
                new AnswerEvent.Proven(0, openai),
                ended(0),
                begun(1, AnswerEvent.THOUGHT),
                text(1, "hm"),
                ended(1),
                begun(2, AnswerEvent.TEXT),
                text(2, "a"),
                new AnswerEvent.Proven(2, google),
                ended(2),
                begun(3, call("c1", "ls")),
                new AnswerEvent.Proven(3, google),
                input(3, "{}"),
                ended(3)));
    assertThat(document.at("/content/0/type").asString()).isEqualTo("redacted_thinking");
    List<Part> parts =
        Samples.prompt(
                "{\"messages\":[{\"role\":\"assistant\",\"content\":%s}]}"
                    .formatted(document.path("content")))
            .turns()
            .getFirst()
            .parts();
    assertThat(parts.getFirst()).isEqualTo(new Part.Thought(RawText.EMPTY, Optional.of(openai)));
    assertThat(parts.get(1)).isEqualTo(new Part.Thought(RawText.of("hm"), Optional.empty()));
    assertThat(((Part.Text) parts.get(2)).proof()).contains(google);
    assertThat(((Part.ToolCall) parts.get(3)).proof()).contains(google);
    assertThat(parts).hasSize(4);
  }

  /** Agents take the last block for what the model says in the end. */
  @Test
  void text_staysLast_whateverSignsIt() throws Exception {
    List<AnswerEvent> events =
        answer(
            StopReason.END,
            begun(0, AnswerEvent.TEXT),
            text(0, "a"),
            new AnswerEvent.Proven(0, proof(Dialect.GEMINI, Proof.Kind.SIGNATURE, "Cs4", "")),
            ended(0));
    JsonNode expected = Samples.tree("[{\"type\":\"text\",\"text\":\"a\"}]");
    assertThat(whole(ASKED, events).path("content")).isEqualTo(expected);
    assertThat(assembled(streamed(ASKED, events))).isEqualTo(expected);
  }

  @Test
  void thoughts_areOnlyToldToWhoAsked() throws Exception {
    List<AnswerEvent> events =
        answer(
            StopReason.END,
            begun(0, AnswerEvent.THOUGHT),
            text(0, "hm"),
            ended(0),
            begun(1, AnswerEvent.TEXT),
            text(1, "a"),
            ended(1));
    assertThat(whole(THOUGHTLESS, events).path("content"))
        .isEqualTo(Samples.tree("[{\"type\":\"text\",\"text\":\"a\"}]"));
    String hidden = ASKED.replace("\"adaptive\"", "\"adaptive\",\"display\":\"omitted\"");
    assertThat(whole(hidden, events).path("content").size()).isEqualTo(1);
    assertThat(whole(ASKED, events).at("/content/0/thinking").asString()).isEqualTo("hm");
  }

  @Test
  void stopReason_followsTheBlocks() throws Exception {
    AnswerEvent[] calling = {begun(0, call("c", "ls")), ended(0)};
    assertThat(reason(StopReason.END, calling)).isEqualTo("tool_use");
    assertThat(reason(StopReason.STOP_SEQUENCE, calling)).isEqualTo("tool_use");
    assertThat(reason(StopReason.MAX_TOKENS, calling)).isEqualTo("max_tokens");
    assertThat(reason(StopReason.TOOL_CALLS)).isEqualTo("end_turn");
    assertThat(reason(StopReason.DECLINED)).isEqualTo("refusal");
    assertThat(reason(StopReason.CONTEXT_FULL)).isEqualTo("model_context_window_exceeded");
    assertThat(reason(StopReason.PAUSED)).isEqualTo("pause_turn");
  }

  private static String reason(StopReason reason, AnswerEvent... events) throws Exception {
    return whole(ASKED, answer(reason, events)).path("stop_reason").asString();
  }

  @Test
  void aCallWithoutInput_hasOnePiece_andAnEmptyObject() throws Exception {
    List<AnswerEvent> events = answer(StopReason.END, begun(0, call("c", "unoffered")), ended(0));
    assertThat(streamed(ASKED, events).get(2).at("/delta/partial_json").asString()).isEmpty();
    assertThat(whole(ASKED, events).at("/content/0/input")).isEqualTo(Samples.tree("{}"));
  }

  @Test
  void aFreeformCall_isWrapped() throws Exception {
    List<AnswerEvent> events =
        answer(
            StopReason.END,
            begun(0, new AnswerEvent.ToolCall(RawText.of("c"), RawText.of("patch"), true)),
            input(0, "a \"q\"\n"),
            ended(0));
    assertThat(whole(ASKED, events).at("/content/0/input/input").asString()).isEqualTo("a \"q\"\n");
    assertThat(assembled(streamed(ASKED, events))).isEqualTo(whole(ASKED, events).path("content"));
  }

  @Test
  void argumentsThatAreNoObject_failTheDocument() throws Exception {
    AnswerFrame frame = Samples.frame(ASKED, false);
    for (String arguments : new String[] {"{oops", "[1]", "3"}) {
      assertThatThrownBy(() ->
              Samples.written(
                  frame,
                  answer(StopReason.END, begun(0, call("c", "ls")), input(0, arguments), ended(0))))
          .isInstanceOfSatisfying(
              Untranslatable.class,
              e -> assertThat(e.refusal().code()).isEqualTo("invalid_tool_arguments"));
    }
  }

  @Test
  void aPingIsPassedOn_andAFailureThrown() throws Exception {
    assertThat(Samples.written(Samples.frame(ASKED, true), List.of(AnswerEvent.PING)))
        .isEqualTo("event: ping\ndata: {\"type\":\"ping\"}\n\n");
    Refusal refusal = new Refusal(Refusal.Reason.UPSTREAM_FAILED, "x", "y");
    AnswerFrame frame = Samples.frame(ASKED, true);
    assertThatThrownBy(() -> Samples.written(frame, List.of(new AnswerEvent.Failed(refusal))))
        .isInstanceOf(Untranslatable.class);
  }

  @Test
  void blocksThatNobodyEnded_areEnded() throws Exception {
    List<AnswerEvent> events =
        answer(
            StopReason.MAX_TOKENS,
            begun(0, AnswerEvent.TEXT),
            text(0, "a"),
            begun(1, AnswerEvent.TEXT),
            text(1, "b"));
    assertThat(assembled(streamed(ASKED, events)))
        .isEqualTo(
            Samples.tree(
                "[{\"type\":\"text\",\"text\":\"a\"},{\"type\":\"text\",\"text\":\"b\"}]"));
  }
}
