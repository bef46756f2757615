package dev.probity.gateway.translate.gemini;

import static dev.probity.gateway.translate.gemini.Answers.streamed;
import static dev.probity.gateway.translate.gemini.Answers.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import dev.probity.gateway.neutral.Proof;
import dev.probity.gateway.neutral.Untranslatable;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeminiAnswerDecoderTest {
  private static String chunk(String finish, String... parts) {
    return "{\"candidates\":[{\"content\":{\"parts\":["
        + String.join(",", parts)
        + "],\"role\":\"model\"}"
        + (finish.isEmpty() ? "" : ",\"finishReason\":\"" + finish + "\"")
        + ",\"index\":0}],\"modelVersion\":\"gemini-x\",\"responseId\":\"r1\"}";
  }

  private static Proven proven(int block, String signature) {
    return new Proven(
        block,
        new Proof(Dialect.GEMINI, Proof.Kind.SIGNATURE, RawText.of(signature), RawText.EMPTY));
  }

  private static TextPiece piece(int block, String text) {
    return new TextPiece(block, RawText.of(text));
  }

  @Test
  void aStreamIsBlocksOfOneKind() throws Exception {
    RawJson args = RawJson.of("{\"a\": \"\\u00e9\\n\", \"n\": 1.0}");
    List<AnswerEvent> events =
        streamed(
            chunk("", "{\"text\":\"h\",\"thought\":true}", "{\"text\":\"m\",\"thought\":true}"),
            chunk("", "{\"text\":\"He\"}"),
            chunk("", "{\"text\":\"llo\"}"),
            chunk(
                "STOP",
                "{\"functionCall\":{\"id\":\"c1\",\"name\":\"f\",\"args\":"
                    + args
                    + "},"
                    + "\"thoughtSignature\":\"S1\"}",
                "{\"functionCall\":{\"name\":\"g\"}}"));

    assertThat(events)
        .containsExactly(
            new AnswerEvent.Begun(RawText.of("r1"), RawText.of("gemini-x")),
            new BlockBegun(0, AnswerEvent.THOUGHT),
            piece(0, "h"),
            piece(0, "m"),
            new BlockEnded(0),
            new BlockBegun(1, AnswerEvent.TEXT),
            piece(1, "He"),
            piece(1, "llo"),
            new BlockEnded(1),
            new BlockBegun(2, new AnswerEvent.ToolCall(RawText.of("c1"), RawText.of("f"), false)),
            proven(2, "S1"),
            new InputPiece(2, args.asText()),
            new BlockEnded(2),
            new BlockBegun(3, new AnswerEvent.ToolCall(RawText.EMPTY, RawText.of("g"), false)),
            new BlockEnded(3),
            new Stopped(StopReason.TOOL_CALLS, Optional.empty()),
            AnswerEvent.ENDED);
    InputPiece input = (InputPiece) events.get(11);
    assertThat(RawJson.inside(input.text())).contains(args);
  }

  @Test
  void theSignatureOfNothingProvesWhatWasSaidBefore() throws Exception {
    assertThat(
            streamed(
                chunk("", "{\"text\":\"a\"}"),
                chunk("STOP", "{\"text\":\"\",\"thoughtSignature\":\"E\"}")))
        .containsSubsequence(piece(0, "a"), proven(0, "E"), new BlockEnded(0));
    assertThat(streamed(chunk("STOP", "{\"text\":\"\",\"thoughtSignature\":\"E\"}")))
        .containsSubsequence(new BlockBegun(0, AnswerEvent.THOUGHT), proven(0, "E"));
  }

  @Test
  void aDocumentAndAnArraySayTheSameAsAStream() throws Exception {
    String first = chunk("", "{\"text\":\"a\"}");
    String last = chunk("STOP", "{\"text\":\"b\",\"thoughtSignature\":\"S\"}");

    assertThat(whole("[" + first + "," + last + "]")).isEqualTo(streamed(first, last));
    assertThat(whole(last)).isEqualTo(streamed(last));
  }

  @ParameterizedTest
  @CsvSource({
    "STOP,END",
    "MAX_TOKENS,MAX_TOKENS",
    "SAFETY,DECLINED",
    "RECITATION,DECLINED",
    "BLOCKLIST,DECLINED",
    "PROHIBITED_CONTENT,DECLINED",
    "SPII,DECLINED",
    "OTHER,DECLINED",
    "SOMETHING_NEW,END"
  })
  void tellsWhyItStopped(String finish, StopReason reason) throws Exception {
    assertThat(streamed(chunk(finish, "{\"text\":\"a\"}")))
        .contains(new Stopped(reason, Optional.empty()));
  }

  @Test
  void aPromptThatIsBlockedIsDeclined() throws Exception {
    assertThat(
            whole(
                "{\"promptFeedback\":{\"blockReason\":\"PROHIBITED_CONTENT\","
                    + "\"blockReasonMessage\":\"no\"},\"usageMetadata\":{\"promptTokenCount\":1}}"))
        .containsExactly(
            new AnswerEvent.Begun(RawText.EMPTY, RawText.EMPTY),
            new BlockBegun(0, AnswerEvent.DECLINED),
            piece(0, "no"),
            new BlockEnded(0),
            new Stopped(StopReason.DECLINED, Optional.empty()),
            AnswerEvent.ENDED);
  }

  @Test
  void tellsWhereTheTextComesFrom() throws Exception {
    String grounded =
        "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"a\"}]},\"finishReason\":\"STOP\","
            + "\"groundingMetadata\":{\"groundingChunks\":[{\"web\":{\"uri\":\"https:\\/\\/x\","
            + "\"title\":\"X\"}}],\"webSearchQueries\":[\"q\"]},\"citationMetadata\":{\"citations\":"
            + "[{\"uri\":\"https://y\",\"endIndex\":3}]}}]}";

    assertThat(whole(grounded))
        .filteredOn(Cited.class::isInstance)
        .extracting(event -> ((Cited) event).citation().url().orElseThrow().plain())
        .containsExactly("https://x", "https://y");
  }

  @Test
  void keepsWhatOnlyGoogleKnowsAndReadsTheFirstCandidateOnly() throws Exception {
    String code = "{\"executableCode\":{\"code\":\"1\"}}";
    assertThat(whole(chunk("STOP", code)))
        .contains(
            new BlockBegun(
                0, new AnswerEvent.Foreign(Dialect.GEMINI, "executableCode", RawJson.of(code))));
    assertThat(
            whole(
                "{\"candidates\":[{\"index\":1,\"content\":{\"parts\":[{\"text\":\"no\"}]}},"
                    + "{\"content\":{\"parts\":[{\"text\":\"yes\"}]},\"finishReason\":\"STOP\"}]}"))
        .filteredOn(TextPiece.class::isInstance)
        .containsExactly(piece(0, "yes"));
  }

  @Test
  void failsWhereGoogleSaysItFailed() {
    fails(
        "malformed_function_call",
        "is no call: oops",
        "{\"candidates\":[{\"finishReason\":"
            + "\"MALFORMED_FUNCTION_CALL\",\"finishMessage\":\"oops\"}]}");
    fails(
        "resource_exhausted",
        "slow down",
        "{\"error\":{\"code\":429,\"message\":\"slow down\",\"status\":\"RESOURCE_EXHAUSTED\"}}");
    fails("invalid_tool_call", "without a name", chunk("STOP", "{\"functionCall\":{\"args\":{}}}"));
    fails("upstream_incomplete", "before it was whole", chunk("", "{\"text\":\"a\"}"));
    fails("upstream_incomplete", "before it was whole");
  }

  private static void fails(String code, String words, String... chunks) {
    assertThatThrownBy(() -> streamed(chunks))
        .isInstanceOfSatisfying(
            Untranslatable.class,
            e -> {
              assertThat(e.refusal().code()).isEqualTo(code);
              assertThat(e.refusal().message()).contains(words);
            });
  }
}
