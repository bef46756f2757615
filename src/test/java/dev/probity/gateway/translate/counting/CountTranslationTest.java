package dev.probity.gateway.translate.counting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.probity.gateway.AnswerReaders;
import dev.probity.gateway.Dialect;
import dev.probity.gateway.Operation;
import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.Losses;
import dev.probity.gateway.neutral.RequestEncoder.Target;
import dev.probity.gateway.neutral.Untranslatable;
import dev.probity.gateway.translate.CallTranslation;
import dev.probity.gateway.translate.Translators;
import dev.probity.gateway.translate.Translators.Asked;
import dev.probity.kernel.ExchangeId;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CountTranslationTest {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final String GOOGLES =
      "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"h\\u00e9\"}]}],"
          + "\"systemInstruction\":{\"parts\":[{\"text\":\"be brief\"}]},"
          + "\"generationConfig\":{\"temperature\":1,\"candidateCount\":4},"
          + "\"tools\":[{\"functionDeclarations\":[{\"name\":\"f\",\"parametersJsonSchema\":"
          + "{\"type\":\"object\",\"properties\":{}}}]}]}";

  private static CallTranslation call(Operation asked, String body) {
    return Translators.of(
        new Asked(new ExchangeId(1), asked, RawJson.of(body), RawText.of("alias"), false, 0));
  }

  private static JsonNode request(Operation asked, String body, Operation sent) throws Exception {
    JsonWriter out = new JsonWriter();
    call(asked, body).request(sent, new Target("real", false), out, new Losses());
    return MAPPER.readTree(out.toString());
  }

  @Test
  void countsWhereTokensCanBeCounted() {
    for (Operation asked :
        new Operation[] {
          Operation.COUNT_TOKENS, Operation.COUNT_MESSAGE_TOKENS, Operation.COUNT_RESPONSE_TOKENS
        }) {
      assertThat(asked.isFree()).isTrue();
      assertThat(asked.in(Dialect.CHAT, false)).isEmpty();
      assertThat(asked.in(Dialect.GEMINI, false)).contains(Operation.COUNT_TOKENS);
      assertThat(asked.in(Dialect.MESSAGES, false)).contains(Operation.COUNT_MESSAGE_TOKENS);
      assertThat(asked.in(Dialect.RESPONSES, false)).contains(Operation.COUNT_RESPONSE_TOKENS);
    }
  }

  @Test
  void asksAnthropicWithWhatItTakes() throws Exception {
    JsonNode body =
        request(
            Operation.COUNT_TOKENS,
            "{\"generateContentRequest\":" + GOOGLES + "}",
            Operation.COUNT_MESSAGE_TOKENS);

    assertThat(body.path("model").asString()).isEqualTo("real");
    assertThat(body.at("/messages/0/content").toString()).contains("h\u00e9");
    assertThat(body.propertyNames())
        .isSubsetOf("model", "messages", "system", "tools", "tool_choice", "thinking")
        .contains("system", "tools");
  }

  @Test
  void asksGoogleWithAWholeRequest() throws Exception {
    JsonNode body =
        request(
            Operation.COUNT_MESSAGE_TOKENS,
            "{\"model\":\"alias\",\"system\":\"be brief\",\"messages\":"
                + "[{\"role\":\"user\",\"content\":\"hi\"}]}",
            Operation.COUNT_TOKENS);

    JsonNode inner = body.path("generateContentRequest");
    assertThat(inner.path("model").asString()).isEqualTo("models/real");
    assertThat(inner.at("/contents/0/parts/0/text").asString()).isEqualTo("hi");
    assertThat(inner.at("/systemInstruction/parts/0/text").asString()).isEqualTo("be brief");
  }

  @Test
  void countsAPieceOfAConversation() throws Exception {
    JsonNode body =
        request(
            Operation.COUNT_TOKENS,
            "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"functionResponse\":{\"id\":\"f__1\","
                + "\"name\":\"f\",\"response\":{\"output\":\"gave this\"}}},{\"inlineData\":"
                + "{\"mimeType\":\"image/png\",\"data\":\"AA==\"}}]}]}",
            Operation.COUNT_MESSAGE_TOKENS);

    assertThat(body.at("/messages/0/content").toString())
        .contains("gave this")
        .contains("AA==")
        .doesNotContain("tool_result");
  }

  @Test
  void saysTheCountAsTheClientKnowsIt() throws Exception {
    assertThat(
            answer(Operation.COUNT_TOKENS, Operation.COUNT_MESSAGE_TOKENS, "{\"input_tokens\":12}"))
        .isEqualTo("{\"totalTokens\":12}");
    assertThat(
            answer(
                Operation.COUNT_MESSAGE_TOKENS,
                Operation.COUNT_TOKENS,
                "{\"totalTokens\":7,\"x\":{}}"))
        .isEqualTo("{\"input_tokens\":7}");
    assertThat(
            answer(Operation.COUNT_RESPONSE_TOKENS, Operation.COUNT_TOKENS, "{\"totalTokens\":0}"))
        .isEqualTo("{\"object\":\"response.input_tokens\",\"input_tokens\":0}");
    assertThatThrownBy(() -> answer(Operation.COUNT_TOKENS, Operation.COUNT_MESSAGE_TOKENS, "{}"))
        .isInstanceOf(Untranslatable.class);
  }

  private static String answer(Operation asked, Operation sent, String answer) throws Exception {
    JsonWriter out = new JsonWriter();
    call(asked, "{}")
        .answer(sent, false, AnswerReaders.forOperation(sent, false))
        .event("", RawJson.of(answer), out);
    return out.toString();
  }

  @Test
  void estimatesByBytesAndMedia() throws Exception {
    CountTranslation call =
        new CountTranslation(
            new Asked(
                new ExchangeId(1),
                Operation.COUNT_TOKENS,
                RawJson.of(
                    "{\"contents\":[{\"parts\":[{\"text\":\""
                        + "x".repeat(400)
                        + "\"},{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\""
                        + "A".repeat(1 << 20)
                        + "\"}}]}]}"),
                RawText.of("m"),
                false,
                0));

    assertThat(TokenEstimate.of(call.prompt())).isEqualTo(100 + 4 + TokenEstimate.IMAGE_TOKENS);
  }
}
