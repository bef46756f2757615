package dev.probity.gateway.translate.completion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.probity.gateway.Dialect;
import dev.probity.gateway.Operation;
import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.AnswerEvent;
import dev.probity.gateway.neutral.AnswerEvent.StopReason;
import dev.probity.gateway.neutral.AnswerFrame;
import dev.probity.gateway.neutral.Losses;
import dev.probity.gateway.neutral.RequestEncoder.Target;
import dev.probity.gateway.neutral.Untranslatable;
import dev.probity.gateway.translate.Translators;
import dev.probity.gateway.translate.chat.Chat;
import dev.probity.gateway.upstream.simulated.rules.ChatRules;
import dev.probity.gateway.upstream.simulated.script.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Older completions, answered by a model that chats. */
class CompletionTest {
  private static final List<AnswerEvent> ANSWER =
      List.of(
          new AnswerEvent.Begun(RawText.of("x"), RawText.of("claude")),
          new AnswerEvent.BlockBegun(0, AnswerEvent.THOUGHT),
          new AnswerEvent.TextPiece(0, RawText.of("hm")),
          new AnswerEvent.BlockEnded(0),
          new AnswerEvent.BlockBegun(1, AnswerEvent.TEXT),
          new AnswerEvent.TextPiece(1, RawText.of("Once \"upon\"")),
          new AnswerEvent.TextPiece(1, RawText.of(" a time")),
          new AnswerEvent.BlockEnded(1),
          new AnswerEvent.Stopped(StopReason.MAX_TOKENS, Optional.empty()),
          AnswerEvent.ENDED);

  private static String translated(String body) throws Exception {
    JsonWriter out = new JsonWriter();
    Losses losses = new Losses();
    Translators.requestEncoder(Dialect.CHAT)
        .encode(
            Translators.requestDecoder(Operation.COMPLETION).decode(Chat.json(body), losses),
            new Target("m", false),
            out,
            losses);
    ChatRules.check(Trees.parse(out.toString()));
    return out.toString();
  }

  private static String answered(String request) throws Exception {
    AnswerFrame frame = Chat.frame(Operation.COMPLETION, request);
    return Chat.encode(Translators.answerEncoder(frame), ANSWER);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"Say \\u00e9\"", "[\"Say \\u00e9\"]"})
  void prompt_isWhatTheUserSays(String prompt) throws Exception {
    String body =
        translated(
            "{\"model\":\"m\",\"prompt\":"
                + prompt
                + ",\"max_tokens\":5,\"temperature\":0,\"stop\":\"\\n\",\"echo\":false,"
                + "\"suffix\":null,\"best_of\":1,\"n\":1}");
    assertThat(body)
        .isEqualTo(
            "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Say \\u00e9\"}],"
                + "\"max_completion_tokens\":5,\"temperature\":0,\"stop\":[\"\\n\"]}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"prompt\":[\"a\",\"b\"]",
        "\"prompt\":[1,2,3]",
        "\"prompt\":[[1,2]]",
        "\"prompt\":[]",
        "\"prompt\":7",
        "\"prompt\":null",
        "\"prompt\":\"a\",\"suffix\":\"b\"",
        "\"prompt\":\"a\",\"echo\":true",
        "\"prompt\":\"a\",\"best_of\":3",
        "\"prompt\":\"a\",\"logprobs\":2"
      })
  void whatAChattingModelCannotDo_isRefused(String members) {
    assertThatThrownBy(() -> translated("{\"model\":\"m\"," + members + "}"))
        .isInstanceOfSatisfying(
            Untranslatable.class, refused -> assertThat(refused.refusal().status()).isEqualTo(400));
  }

  @Test
  void document_hasTheTextAlone() throws Exception {
    JsonNode answer = Trees.parse(answered("{\"model\":\"m\",\"prompt\":\"a\"}"));
    assertThat(answer.path("object").asString()).isEqualTo("text_completion");
    assertThat(answer.path("choices"))
        .isEqualTo(
            Trees.parse(
                "[{\"text\":\"Once \\\"upon\\\" a time\",\"index\":0,\"logprobs\":null,"
                    + "\"finish_reason\":\"length\"}]"));
    assertThat(answer.at("/usage/total_tokens").asLong()).isEqualTo(150);
  }

  @Test
  void stream_hasTheTextAlone_andUsageIfAskedFor() throws Exception {
    String stream =
        answered(
            "{\"model\":\"m\",\"prompt\":\"a\",\"stream\":true,"
                + "\"stream_options\":{\"include_usage\":true}}");
    List<JsonNode> chunks = new ArrayList<>();
    for (String frame : stream.replace("data: [DONE]\n\n", "").split("\n\n")) {
      chunks.add(Trees.parse(frame.substring("data: ".length())));
    }
    assertThat(stream).endsWith("data: [DONE]\n\n");
    assertThat(chunks)
        .extracting(chunk -> chunk.at("/choices/0/text").asString(""))
        .containsExactly("Once \"upon\"", " a time", "", "");
    assertThat(chunks.get(2).at("/choices/0/finish_reason").asString()).isEqualTo("length");
    assertThat(chunks.get(2).path("usage").isNull()).isTrue();
    assertThat(chunks.getLast().path("choices").isEmpty()).isTrue();
    assertThat(chunks.getLast().at("/usage/prompt_tokens").asLong()).isEqualTo(100);
  }

  @Test
  void bodyThatIsNoObject_isMalformed() {
    assertThatThrownBy(
            () -> CompletionRequestDecoder.INSTANCE.decode(RawJson.of("[1]"), new Losses()))
        .isInstanceOf(dev.probity.gateway.json.MalformedJson.class);
  }
}
