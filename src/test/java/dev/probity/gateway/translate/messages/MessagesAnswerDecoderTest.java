package dev.probity.gateway.translate.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.probity.gateway.Dialect;
import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.AnswerEvent;
import dev.probity.gateway.neutral.AnswerEvent.StopReason;
import dev.probity.gateway.neutral.Proof;
import dev.probity.gateway.neutral.Untranslatable;
import dev.probity.kernel.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MessagesAnswerDecoderTest {
  private static final String START =
      "{\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\",\"model\":\"claude\",\"content\":[]}}";
  private static final String STOP = "{\"type\":\"message_stop\"}";
  private static final String DELTA =
      "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"%s\",\"stop_sequence\":null},"
          + "\"usage\":{\"output_tokens\":1}}";
  private static final String SEARCH =
      "{\"type\":\"web_search_tool_result\",\"tool_use_id\":\"s1\",\"content\":[]}";

  private static String begin(int index, String block) {
    return "{\"type\":\"content_block_start\",\"index\":%d,\"content_block\":%s}"
        .formatted(index, block);
  }

  private static String piece(int index, String delta) {
    return "{\"type\":\"content_block_delta\",\"index\":%d,\"delta\":%s}".formatted(index, delta);
  }

  private static String end(int index) {
    return "{\"type\":\"content_block_stop\",\"index\":%d}".formatted(index);
  }

  private static AnswerEvent text(int block, String text) {
    return new AnswerEvent.TextPiece(block, RawText.of(text));
  }

  private static AnswerEvent input(int block, String text) {
    return new AnswerEvent.InputPiece(block, RawText.of(text));
  }

  private static AnswerEvent begun(int block, AnswerEvent.Block kind) {
    return new AnswerEvent.BlockBegun(block, kind);
  }

  private static AnswerEvent ended(int block) {
    return new AnswerEvent.BlockEnded(block);
  }

  private static AnswerEvent proven(int block, Proof.Kind kind, String value) {
    return new AnswerEvent.Proven(
        block, new Proof(Dialect.MESSAGES, kind, RawText.of(value), RawText.EMPTY));
  }

  private static AnswerEvent stopped(StopReason reason) {
    return new AnswerEvent.Stopped(reason, Optional.empty());
  }

  private static List<AnswerEvent> streamed(String... documents) throws Exception {
    return Samples.told(new MessagesEventDecoder(), documents);
  }

  private static final String[] STREAM = {
    START,
    "{\"type\": \"ping\"}",
    begin(0, "{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}"),
    piece(0, "{\"type\":\"thinking_delta\",\"thinking\":\"h\\u006d\"}"),
    piece(0, "{\"type\":\"signature_delta\",\"signature\":\"EqQB+\\/==\"}"),
    end(0),
    begin(1, "{\"type\":\"redacted_thinking\",\"data\":\"Emw\"}"),
    end(1),
    begin(2, "{\"type\":\"server_tool_use\",\"id\":\"s1\",\"name\":\"web_search\",\"input\":{}}"),
    piece(2, "{\"type\":\"input_json_delta\",\"partial_json\":\"{\\\"query\\\": \"}"),
    piece(2, "{\"type\":\"input_json_delta\",\"partial_json\":\"\\\"x\\\"}\"}"),
    end(2),
    begin(3, SEARCH),
    end(3),
    begin(4, "{\"type\":\"text\",\"text\":\"\"}"),
    piece(4, "{\"type\":\"text_delta\",\"text\":\"so\"}"),
    piece(
        4,
        "{\"type\":\"citations_delta\",\"citation\":{\"type\":\"web_search_result_location\","
            + "\"url\":\"https://x\",\"title\":\"X\",\"cited_text\":\"q\"}}"),
    piece(4, "{\"type\":\"novel_delta\",\"x\":1}"),
    end(4),
    begin(5, "{\"type\":\"tool_use\",\"id\":\"t1\",\"name\":\"ls\",\"input\":{}}"),
    piece(5, "{\"type\":\"input_json_delta\",\"partial_json\":\"\"}"),
    piece(5, "{\"type\":\"input_json_delta\",\"partial_json\":\"{\\\"a\\\":1}\"}"),
    end(5),
    "{\"type\":\"novel_event\"}",
    DELTA.formatted("tool_use"),
    STOP
  };

  private static final String DOCUMENT =
      """
      {"id":"msg_1","type":"message","role":"assistant","model":"claude","content":[
        {"type":"thinking","thinking":"h\\u006d","signature":"EqQB+\\/=="},
        {"type":"redacted_thinking","data":"Emw"},
        {"type":"server_tool_use","id":"s1","name":"web_search","input":{"query": "x"}},
        %s,
        {"type":"text","text":"so","citations":[{"type":"web_search_result_location",\
      "url":"https://x","title":"X","cited_text":"q"}]},
        {"type":"tool_use","id":"t1","name":"ls","input":{"a":1}}],
       "stop_reason":"tool_use","stop_sequence":null,"usage":{"output_tokens":1}}
      """
          .formatted(SEARCH);

  @Test
  void stream_tellsEverything_inOrder() throws Exception {
    List<AnswerEvent> told = new ArrayList<>(streamed(STREAM));
    assertThat(told.remove(1)).isEqualTo(AnswerEvent.PING);
    assertThat(told)
        .startsWith(
            new AnswerEvent.Begun(RawText.of("msg_1"), RawText.of("claude")),
            begun(0, AnswerEvent.THOUGHT))
        .contains(
            begun(
                2,
                new AnswerEvent.Foreign(
                    Dialect.MESSAGES,
                    "server_tool_use",
                    RawJson.of(
                        "{\"type\":\"server_tool_use\",\"id\":\"s1\",\"name\":\"web_search\","
                            + "\"input\":{\"query\": \"x\"}}"))),
            begun(
                3,
                new AnswerEvent.Foreign(
                    Dialect.MESSAGES, "web_search_tool_result", RawJson.of(SEARCH))),
            proven(1, Proof.Kind.HIDDEN_THOUGHT, "Emw"))
        .endsWith(
            begun(5, new AnswerEvent.ToolCall(RawText.of("t1"), RawText.of("ls"), false)),
            input(5, "{\"a\":1}"),
            ended(5),
            stopped(StopReason.TOOL_CALLS),
            AnswerEvent.ENDED);
  }

  @Test
  void signaturesAndTexts_stayAsTheyWereWritten() throws Exception {
    assertThat(streamed(STREAM).toString()).contains("h\\u006d", "EqQB+\\/==");
  }

  @Test
  void documentAndStream_sayTheSame() throws Exception {
    List<AnswerEvent> streamed = new ArrayList<>(streamed(STREAM));
    streamed.remove(AnswerEvent.PING);
    List<AnswerEvent> whole = Samples.told(new MessagesDocumentDecoder(), DOCUMENT);
    // A stream leaves out nothing but the spaces within foreign blocks.
    assertThat(whole).hasSameSizeAs(streamed);
    for (int i = 0; i < whole.size(); i++) {
      if (!(whole.get(i) instanceof AnswerEvent.BlockBegun(_, AnswerEvent.Foreign _))) {
        assertThat(whole.get(i)).isEqualTo(streamed.get(i));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "end_turn, END",
    "max_tokens, MAX_TOKENS",
    "stop_sequence, STOP_SEQUENCE",
    "tool_use, TOOL_CALLS",
    "pause_turn, PAUSED",
    "refusal, DECLINED",
    "model_context_window_exceeded, CONTEXT_FULL",
    "novelty, END"
  })
  void stopReasons_areRead(String word, StopReason reason) throws Exception {
    assertThat(streamed(START, DELTA.formatted(word), STOP)).contains(stopped(reason));
  }

  @Test
  void stop_mayComeWithoutReasonOrUsage_andWithBlocksOpen() throws Exception {
    assertThat(
            streamed(
                START, begin(0, "{\"type\":\"text\",\"text\":\"a\"}"), STOP, "{\"type\":\"ping\"}"))
        .endsWith(text(0, "a"), ended(0), stopped(StopReason.END), AnswerEvent.ENDED);
  }

  @Test
  void unknownBlocks_areForeign_andNumbersHaveNoGaps() throws Exception {
    String novel = "{\"type\":\"novel\",\"x\":{\"y\":[]}}";
    assertThat(
            streamed(
                START,
                begin(0, novel),
                end(0),
                begin(1, "{\"type\":\"text\",\"text\":\"a\"}"),
                end(1),
                DELTA.formatted("end_turn"),
                STOP))
        .contains(
            begun(0, new AnswerEvent.Foreign(Dialect.MESSAGES, "novel", RawJson.of(novel))),
            text(1, "a"));
  }

  @Test
  void anError_isTheLastThingTold() throws Exception {
    assertThat(
            streamed(
                START,
                "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Busy\"}}",
                STOP))
        .last()
        .isEqualTo(
            new AnswerEvent.Failed(
                new Refusal(Refusal.Reason.UNAVAILABLE, "overloaded_error", "Busy")));
  }

  @Test
  void nonsense_failsHonestly() {
    failed("second_message", START, START);
    failed("incomplete_answer");
    failed("incomplete_answer", START, begin(0, "{\"type\":\"text\",\"text\":\"a\"}"));
    failed("invalid_stream", STOP);
    failed("invalid_stream", begin(0, "{\"type\":\"text\",\"text\":\"a\"}"));
    failed("invalid_stream", START, piece(3, "{\"type\":\"text_delta\",\"text\":\"a\"}"));
    failed("invalid_stream", START, end(0));
    failed(
        "invalid_stream",
        START,
        begin(0, "{\"type\":\"text\",\"text\":\"a\"}"),
        begin(0, "{\"type\":\"text\",\"text\":\"a\"}"));
  }

  private static void failed(String code, String... documents) {
    assertThatThrownBy(() -> streamed(documents))
        .isInstanceOfSatisfying(
            Untranslatable.class, e -> assertThat(e.refusal().code()).isEqualTo(code));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{\"type\":\"message_start\"}",
        "{\"type\":\"content_block_start\",\"index\":-1,\"content_block\":{\"type\":\"text\"}}",
        "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{}}",
        "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"tool_use\"}}",
        "{\"type\":\"message_delta\"}",
        "{\"type\":\"error\"}"
      })
  void whatHasAnotherShape_isMalformed(String event) {
    assertThatThrownBy(
            () -> streamed(event.contains("start\"}") ? "{\"type\":\"ping\"}" : START, event))
        .isInstanceOf(MalformedJson.class);
  }
}
