package dev.probity.gateway.translate.gemini;

import static dev.probity.gateway.translate.gemini.Answers.chunks;
import static dev.probity.gateway.translate.gemini.Answers.document;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.probity.gateway.Dialect;
import dev.probity.gateway.Operation;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.AnswerEvent;
import dev.probity.gateway.neutral.AnswerEvent.BlockBegun;
import dev.probity.gateway.neutral.AnswerEvent.BlockEnded;
import dev.probity.gateway.neutral.AnswerEvent.InputPiece;
import dev.probity.gateway.neutral.AnswerEvent.Proven;
import dev.probity.gateway.neutral.AnswerEvent.StopReason;
import dev.probity.gateway.neutral.AnswerEvent.Stopped;
import dev.probity.gateway.neutral.AnswerEvent.TextPiece;
import dev.probity.gateway.neutral.Part;
import dev.probity.gateway.neutral.Proof;
import dev.probity.gateway.neutral.Untranslatable;
import dev.probity.kernel.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class GeminiAnswerEncoderTest {
  private static final Usage USAGE = new Usage(40, 15, 3, 2, 51, 56, 89);
  private static final Proof CLAUDES =
      new Proof(Dialect.MESSAGES, Proof.Kind.SIGNATURE, RawText.of("Er+/=="), RawText.EMPTY);
  private static final AnswerEvent[] ANSWER = {
    new AnswerEvent.Begun(RawText.of("msg_1"), RawText.of("claude")),
    new BlockBegun(0, AnswerEvent.THOUGHT),
    new TextPiece(0, RawText.of("h")),
    new TextPiece(0, RawText.of("m")),
    new Proven(0, CLAUDES),
    new BlockEnded(0),
    AnswerEvent.PING,
    new BlockBegun(1, AnswerEvent.TEXT),
    new TextPiece(1, RawText.of("He")),
    new TextPiece(1, RawText.of("y\n")),
    new AnswerEvent.Cited(
        1,
        new AnswerEvent.Citation(
            Dialect.MESSAGES,
            Optional.of(RawText.of("https://x")),
            Optional.of(RawText.of("X")),
            Optional.empty(),
            RawJson.TRUE)),
    new BlockEnded(1),
    new BlockBegun(2, new AnswerEvent.ToolCall(RawText.of("toolu_1"), RawText.of("f"), false)),
    new BlockBegun(3, new AnswerEvent.ToolCall(RawText.EMPTY, RawText.of("g"), false)),
    new InputPiece(2, RawText.of("{\"a\":\"\\ud8")),
    new InputPiece(2, RawText.of("3d\\ude00\", \"b\": 1.0}")),
    new BlockEnded(2),
    new BlockEnded(3),
    new Stopped(StopReason.TOOL_CALLS, Optional.empty()),
    AnswerEvent.ENDED
  };

  @Test
  void writesTextsAsTheyComeAndCallsWhole() throws Exception {
    List<JsonNode> chunks = chunks(USAGE, ANSWER);

    assertThat(chunks)
        .extracting(chunk -> chunk.at("/candidates/0/content/parts/0/text").asString(""))
        .containsExactly("h", "m", "", "He", "y\n", "", "", "");
    assertThat(chunks)
        .allSatisfy(chunk -> {
          assertThat(chunk.path("modelVersion").asString()).isEqualTo("claude");
          assertThat(chunk.path("responseId").asString()).isEqualTo("msg_1");
          assertThat(chunk.at("/candidates/0/content/role").asString()).isEqualTo("model");
        });
    assertThat(chunks.subList(0, 3))
        .allSatisfy(chunk ->
            assertThat(chunk.at("/candidates/0/content/parts/0/thought").asBoolean()).isTrue());
    JsonNode call = chunks.get(5).at("/candidates/0/content/parts/0/functionCall");
    assertThat(call)
        .hasToString(
            "{\"id\":\"toolu_1\",\"name\":\"f\",\"args\":{\"a\":\"\ud83d\ude00\",\"b\":1.0}}");
    JsonNode second = chunks.get(6).at("/candidates/0/content/parts/0/functionCall");
    assertThat(second.path("id").asString()).startsWith("call_ex_").endsWith("_1");
    assertThat(second.path("args").isObject()).isTrue();
    assertThat(chunks.get(4).at("/candidates/0").has("finishReason")).isFalse();
  }

  @Test
  void endsWithTheReasonTheSourcesAndGooglesCount() throws Exception {
    JsonNode last = chunks(USAGE, ANSWER).getLast();

    assertThat(last.at("/candidates/0/finishReason").asString()).isEqualTo("STOP");
    assertThat(last.at("/candidates/0/groundingMetadata/groundingChunks/0/web/uri").asString())
        .isEqualTo("https://x");
    assertThat(last.path("usageMetadata"))
        .hasToString(
            "{\"promptTokenCount\":60,\"candidatesTokenCount\":51,\"totalTokenCount\":256,"
                + "\"cachedContentTokenCount\":15,\"thoughtsTokenCount\":56,"
                + "\"toolUsePromptTokenCount\":89}");
    assertThat(chunks(Usage.NONE, ANSWER).getLast().has("usageMetadata")).isFalse();
  }

  @Test
  void aDocumentSaysTheSameAsAStream() throws Exception {
    JsonNode document = document(Operation.GENERATE_CONTENT, USAGE, ANSWER);
    List<JsonNode> chunks = chunks(USAGE, ANSWER);

    JsonNode parts = document.at("/candidates/0/content/parts");
    assertThat(parts.size()).isEqualTo(4);
    assertThat(parts.at("/0/text").asString()).isEqualTo("hm");
    assertThat(parts.at("/0/thoughtSignature"))
        .isEqualTo(chunks.get(2).at("/candidates/0/content/parts/0/thoughtSignature"));
    assertThat(parts.at("/1/text").asString()).isEqualTo("Hey\n");
    assertThat(parts.get(2)).isEqualTo(chunks.get(5).at("/candidates/0/content/parts/0"));
    assertThat(parts.get(3)).isEqualTo(chunks.get(6).at("/candidates/0/content/parts/0"));
    assertThat(document.path("usageMetadata")).isEqualTo(chunks.getLast().path("usageMetadata"));
    assertThat(document(Operation.STREAM_GENERATE_CONTENT, USAGE, ANSWER))
        .isEqualTo(Requests.MAPPER.createArrayNode().add(document));
  }

  @Test
  void whatAClientSendsBackIsWhatTheOtherVendorThought() throws Exception {
    StringBuilder kept = new StringBuilder();
    StringBuilder forgetful = new StringBuilder();
    for (JsonNode chunk : chunks(USAGE, ANSWER)) {
      JsonNode content = chunk.at("/candidates/0/content");
      kept.append(',').append(content);
      if (!content.at("/parts/0").has("thought")) {
        forgetful.append(',').append(content);
      }
    }
    Part.Thought thought = new Part.Thought(RawText.of("hm"), Optional.of(CLAUDES));
    String ask = "{\"contents\":[{\"parts\":[{\"text\":\"a\"}]}";

    List<Part> all = Requests.decode(ask + kept + "]}").turns().get(1).parts();
    assertThat(all.getFirst()).isEqualTo(thought);
    assertThat(all).filteredOn(Part.Thought.class::isInstance).hasSize(1);
    assertThat(all.get(1)).isEqualTo(Part.Text.of(RawText.of("Hey\n")));
    List<Part> rest = Requests.decode(ask + forgetful + "]}").turns().get(1).parts();
    assertThat(rest).contains(thought);
    assertThat(rest.indexOf(thought))
        .isLessThan(
            rest.indexOf(
                rest.stream().filter(Part.ToolCall.class::isInstance).findFirst().orElseThrow()));
  }

  @Test
  void hiddenThoughtsAreEmptyOnes() throws Exception {
    Proof hidden =
        new Proof(
            Dialect.RESPONSES, Proof.Kind.HIDDEN_THOUGHT, RawText.of("gAAA"), RawText.of("rs_1"));
    JsonNode part =
        chunks(
                USAGE,
                new BlockBegun(0, AnswerEvent.THOUGHT),
                new Proven(0, hidden),
                new BlockEnded(0))
            .getFirst()
            .at("/candidates/0/content/parts/0");

    assertThat(part.path("text").asString()).isEmpty();
    assertThat(Signatures.read(RawText.of(part.path("thoughtSignature").asString())))
        .contains(hidden);
  }

  @Test
  void refusesInputsThatAreNoObject() {
    for (String input : List.of("[1]", "{\"a\":", "nonsense")) {
      List<AnswerEvent> events = new ArrayList<>();
      events.add(
          new BlockBegun(0, new AnswerEvent.ToolCall(RawText.EMPTY, RawText.of("f"), false)));
      events.add(new InputPiece(0, RawText.of(input)));
      events.add(new BlockEnded(0));
      assertThatThrownBy(() -> chunks(USAGE, events.toArray(AnswerEvent[]::new)))
          .isInstanceOfSatisfying(
              Untranslatable.class,
              e -> assertThat(e.refusal().code()).isEqualTo("invalid_tool_arguments"));
    }
  }

  @Test
  void boundsWhatItGathers() {
    RawText megabyte = RawText.of("x".repeat(1 << 20));
    List<AnswerEvent> events = new ArrayList<>();
    events.add(new BlockBegun(0, new AnswerEvent.ToolCall(RawText.EMPTY, RawText.of("f"), false)));
    for (int i = 0; i < 17; i++) {
      events.add(new InputPiece(0, megabyte));
    }
    assertThatThrownBy(() -> chunks(USAGE, events.toArray(AnswerEvent[]::new)))
        .isInstanceOfSatisfying(
            Untranslatable.class,
            e -> assertThat(e.refusal().code()).isEqualTo("tool_arguments_too_long"));
  }

  @Test
  void tellsWhyItStopped() throws Exception {
    for (var expected :
        List.of(
            List.of(StopReason.END, "STOP"),
            List.of(StopReason.MAX_TOKENS, "MAX_TOKENS"),
            List.of(StopReason.CONTEXT_FULL, "MAX_TOKENS"),
            List.of(StopReason.DECLINED, "SAFETY"))) {
      Stopped stopped = new Stopped((StopReason) expected.getFirst(), Optional.empty());
      assertThat(
              document(Operation.GENERATE_CONTENT, USAGE, stopped, AnswerEvent.ENDED)
                  .at("/candidates/0/finishReason")
                  .asString())
          .isEqualTo(expected.getLast());
    }
  }
}
