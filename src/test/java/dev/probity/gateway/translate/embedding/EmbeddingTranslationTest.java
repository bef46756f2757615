package dev.probity.gateway.translate.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.probity.gateway.AnswerReaders;
import dev.probity.gateway.Dialect;
import dev.probity.gateway.Operation;
import dev.probity.gateway.answer.AnswerReader;
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
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EmbeddingTranslationTest {
  private final Losses losses = new Losses();

  private static CallTranslation call(Operation asked, String body) {
    return Translators.of(
        new Asked(new ExchangeId(1), asked, RawJson.of(body), RawText.of("alias"), false, 0));
  }

  private String request(Operation asked, String body) throws Exception {
    return request(call(asked, body), asked);
  }

  private String request(CallTranslation call, Operation asked) throws Exception {
    JsonWriter out = new JsonWriter();
    call.request(sent(asked), new Target("real", false), out, losses);
    return out.toString();
  }

  private static Operation sent(Operation asked) {
    Dialect other = asked.dialect() == Dialect.CHAT ? Dialect.GEMINI : Dialect.CHAT;
    return asked.in(other, false).orElseThrow();
  }

  private String answer(Operation asked, String body, String answer) throws Exception {
    CallTranslation call = call(asked, body);
    request(call, asked);
    AnswerReader read = AnswerReaders.forOperation(sent(asked), false);
    read.accept(Unpooled.copiedBuffer(answer, StandardCharsets.UTF_8));
    read.finish();
    JsonWriter out = new JsonWriter();
    call.answer(sent(asked), false, read).event("", RawJson.of(answer), out);
    return out.toString();
  }

  @Test
  void hasAnEquivalentWithGoogleAndNoneWithAnthropic() {
    assertThat(Operation.EMBEDDING.in(Dialect.GEMINI, false))
        .contains(Operation.BATCH_EMBED_CONTENTS);
    assertThat(Operation.EMBED_CONTENT.in(Dialect.CHAT, false)).contains(Operation.EMBEDDING);
    assertThat(Operation.EMBED_CONTENT.in(Dialect.GEMINI, false)).contains(Operation.EMBED_CONTENT);
    assertThat(Operation.EMBEDDING.in(Dialect.MESSAGES, false)).isEqualTo(Optional.empty());
  }

  @Test
  void openAisRequestIsGooglesBatch() throws Exception {
    assertThat(
            request(
                Operation.EMBEDDING,
                "{\"model\":\"alias\",\"input\":[\"\\u00e9\",\"b\"],\"dimensions\":64,"
                    + "\"encoding_format\":\"base64\",\"user\":\"u\",\"extra\":1}"))
        .isEqualTo(
            "{\"requests\":[{\"model\":\"models/real\",\"content\":{\"parts\":[{\"text\":\"\\u00e9\"}]},"
                + "\"outputDimensionality\":64},{\"model\":\"models/real\",\"content\":{\"parts\":"
                + "[{\"text\":\"b\"}]},\"outputDimensionality\":64}]}");
    assertThat(losses.words()).containsExactly("dropped:end_user", "unknown:extra");
    assertThat(request(Operation.EMBEDDING, "{\"input\":\"one\"}")).contains("\"text\":\"one\"");
  }

  @Test
  void googlesRequestsAreOpenAis() throws Exception {
    assertThat(
            request(
                Operation.EMBED_CONTENT,
                "{\"model\":\"models/alias\",\"content\":{\"parts\":[{\"text\":\"a\"},{\"text\":\"b\"}]},"
                    + "\"task_type\":\"RETRIEVAL_QUERY\",\"title\":\"t\",\"output_dimensionality\":8}"))
        .isEqualTo(
            "{\"model\":\"real\",\"input\":[\"a\\nb\"],\"dimensions\":8,\"encoding_format\":\"float\"}");
    assertThat(losses.words()).containsExactly("dropped:taskType", "dropped:title");
    assertThat(
            request(
                Operation.BATCH_EMBED_CONTENTS,
                "{\"requests\":[{\"content\":{\"parts\":[{\"text\":\"a\"}]}},"
                    + "{\"content\":{\"parts\":[{\"text\":\"b\"}]}}]}"))
        .isEqualTo("{\"model\":\"real\",\"input\":[\"a\",\"b\"],\"encoding_format\":\"float\"}");
  }

  @Test
  void googlesVectorsAreOpenAis() throws Exception {
    String answer =
        "{\"embeddings\":[{\"values\":[0.5,-0.25]},{\"values\":[1e-3, 2]}],"
            + "\"usageMetadata\":{\"promptTokenCount\":7}}";

    assertThat(answer(Operation.EMBEDDING, "{\"input\":[\"a\",\"b\"]}", answer))
        .isEqualTo(
            "{\"object\":\"list\",\"data\":[{\"object\":\"embedding\",\"index\":0,\"embedding\":[0.5,-0.25]},"
                + "{\"object\":\"embedding\",\"index\":1,\"embedding\":[1e-3, 2]}],\"model\":\"alias\","
                + "\"usage\":{\"prompt_tokens\":7,\"total_tokens\":7}}");
    byte[] floats =
        ByteBuffer.allocate(8)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putFloat(0.5f)
            .putFloat(-0.25f)
            .array();
    assertThat(
            answer(
                Operation.EMBEDDING,
                "{\"input\":[\"a\",\"b\"],\"encoding_format\":\"base64\"}",
                answer))
        .contains("\"embedding\":\"" + Base64.getEncoder().encodeToString(floats) + "\"");
  }

  @Test
  void openAisVectorsAreGooglesInTheOrderOfTheirIndex() throws Exception {
    String answer =
        "{\"data\":[{\"index\":1,\"embedding\":[2]},{\"index\":0,\"embedding\":\"AAAAPw==\"}],"
            + "\"usage\":{\"prompt_tokens\":5,\"total_tokens\":5}}";
    String content = "{\"content\":{\"parts\":[{\"text\":\"a\"}]}}";

    assertThat(
            answer(
                Operation.BATCH_EMBED_CONTENTS,
                "{\"requests\":[" + content + "," + content + "]}",
                answer))
        .isEqualTo(
            "{\"embeddings\":[{\"values\":[0.5]},{\"values\":[2]}],"
                + "\"usageMetadata\":{\"promptTokenCount\":5,\"totalTokenCount\":5}}");
    assertThat(answer(Operation.EMBED_CONTENT, content, "{\"data\":[{\"embedding\":[2]}]}"))
        .isEqualTo("{\"embedding\":{\"values\":[2]}}");
  }

  @Test
  void refusesWhatHasNoEquivalent() {
    refused(Operation.EMBEDDING, "{\"input\":[1,2]}", "input_is_tokens");
    refused(Operation.EMBEDDING, "{\"input\":[[1],[2]]}", "input_is_tokens");
    refused(Operation.EMBEDDING, "{}", "missing_input");
    refused(
        Operation.EMBEDDING, "{\"input\":[" + "\"a\",".repeat(100) + "\"a\"]}", "too_many_inputs");
    refused(
        Operation.EMBED_CONTENT,
        "{\"content\":{\"parts\":[{\"inlineData\":{}}]}}",
        "input_not_text");
    refused(Operation.BATCH_EMBED_CONTENTS, "{\"requests\":[]}", "missing_input");
    refused(
        Operation.BATCH_EMBED_CONTENTS,
        "{\"requests\":[{\"content\":{\"parts\":[{\"text\":\"a\"}]}},"
            + "{\"content\":{\"parts\":[{\"text\":\"a\"}]},\"outputDimensionality\":3}]}",
        "different_dimensions");
    assertThatThrownBy(
            () -> answer(Operation.EMBEDDING, "{\"input\":\"a\"}", "{\"embeddings\":[]}"))
        .isInstanceOf(Untranslatable.class);
    assertThatThrownBy(() ->
            answer(
                Operation.EMBED_CONTENT,
                "{\"content\":{\"parts\":[{\"text\":\"a\"}]}}",
                "{\"data\":[{\"embedding\":\"AADAfw==\"}]}"))
        .as("not a number")
        .isInstanceOf(Untranslatable.class);
  }

  private void refused(Operation asked, String body, String code) {
    assertThatThrownBy(() -> request(asked, body))
        .isInstanceOfSatisfying(
            Untranslatable.class, e -> assertThat(e.refusal().code()).isEqualTo(code));
  }
}
