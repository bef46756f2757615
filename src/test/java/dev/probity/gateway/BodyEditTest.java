package dev.probity.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.gateway.request.BodyEdit;
import dev.probity.gateway.request.RequestFacts;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class BodyEditTest {
  private static final ByteBufAllocator ALLOCATOR = new UnpooledByteBufAllocator(true);
  private static final JsonMapper MAPPER = JsonMapper.shared();

  private final RequestReaders readers = new RequestReaders(64);

  private String edit(String body, String model, boolean askForUsage) {
    ByteBuf before = Unpooled.directBuffer().writeBytes("xx".getBytes(UTF_8));
    before.writeBytes(body.getBytes(UTF_8)).skipBytes(2);
    RequestFacts facts =
        (RequestFacts) readers.forOperation(Operation.CHAT_COMPLETION).read(before);
    ByteBuf after = BodyEdit.apply(before, facts, model, askForUsage, ALLOCATOR);
    String text = after.toString(UTF_8);
    assertThat(before.toString(UTF_8)).isEqualTo(body);
    after.release();
    assertThat(before.refCnt()).isEqualTo(1);
    before.release();
    return text;
  }

  @Test
  void nothingToChange_isTheSameMemory() {
    ByteBuf body = Unpooled.copiedBuffer("{\"model\":\"m\",\"stream\":true}", UTF_8);
    var facts = (RequestFacts) readers.forOperation(Operation.CHAT_COMPLETION).read(body);
    ByteBuf same = BodyEdit.apply(body, facts, "m", false, ALLOCATOR);
    assertThat(same.unwrap()).isSameAs(body);
    same.skipBytes(5);
    assertThat(body.readerIndex()).isZero();
    same.release();
    assertThat(body.refCnt()).isEqualTo(1);
  }

  private String repeated(Operation operation, String body, String model) {
    ByteBuf before = Unpooled.copiedBuffer(body, UTF_8);
    var facts = (RequestFacts) readers.forOperation(operation).read(before);
    ByteBuf after = BodyEdit.apply(before, facts, model, false, ALLOCATOR);
    String text = after.toString(UTF_8);
    after.release();
    before.release();
    return text;
  }

  @Test
  void modelThatTheBodyRepeats_isReplacedEverywhere() {
    assertThat(
            repeated(
                Operation.BATCH_EMBED_CONTENTS,
                "{\"requests\":[{\"model\": \"models/alias\",\"content\":{\"model\":1}},"
                    + "{\"model\":\"models/real\"}, {}]}",
                "real"))
        .isEqualTo(
            "{\"requests\":[{\"model\": \"models/real\",\"content\":{\"model\":1}},"
                + "{\"model\":\"models/real\"}, {}]}");
    assertThat(
            repeated(
                Operation.COUNT_TOKENS,
                "{\"generateContentRequest\":{\"model\":\"models/a\",\"contents\":[]}}",
                "b\"c"))
        .isEqualTo("{\"generateContentRequest\":{\"model\":\"models/b\\\"c\",\"contents\":[]}}");
    assertThat(repeated(Operation.EMBED_CONTENT, "{\"model\":null,\"content\":{}}", "b"))
        .isEqualTo("{\"model\":null,\"content\":{}}");
  }

  @Test
  void model_isReplaced_andNothingElse() {
    assertThat(edit("{ \"a\":1, \"mod\\u0065l\" :\"x\\ty\" ,\"z\":[ ]}\n", "a\"b/ü", false))
        .isEqualTo("{ \"a\":1, \"mod\\u0065l\" :\"a\\\"b/ü\" ,\"z\":[ ]}\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "{\"model\":\"m\",\"stream\":true}"
            + "|{\"stream_options\":{\"include_usage\":true},\"model\":\"m\",\"stream\":true}",
        "{\"model\":\"m\",\"stream\":true,\"stream_options\":null}"
            + "|{\"model\":\"m\",\"stream\":true,\"stream_options\":{\"include_usage\":true}}",
        "{\"model\":\"m\",\"stream\":true,\"stream_options\":{ }}"
            + "|{\"model\":\"m\",\"stream\":true,\"stream_options\":{\"include_usage\":true }}",
        "{\"stream_options\":{\"x\":[]},\"model\":\"m\",\"stream\":true}"
            + "|{\"stream_options\":{\"include_usage\":true,\"x\":[]},\"model\":\"m\",\"stream\":true}",
        "{\"model\":\"m\",\"stream\":true,\"stream_options\":{\"include_usage\" : false}}"
            + "|{\"model\":\"m\",\"stream\":true,\"stream_options\":{\"include_usage\" : true}}",
        "{\"model\":\"m\",\"stream\":true,\"stream_options\":{\"include_usage\":true}}"
            + "|{\"model\":\"m\",\"stream\":true,\"stream_options\":{\"include_usage\":true}}"
      })
  void usage_isAskedFor(String body, String expected) {
    assertThat(edit(body, "m", true)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 100_000})
  void bothChanges_keepAllElse_howeverLargeTheBody(int padding) {
    String body =
        "{\"messages\":\""
            + "é".repeat(padding)
            + "\",\"stream\":true,\"stream_options\":{\"include_usage\":null},\"model\":\"m\",\"z\":0}";
    JsonNode tree = MAPPER.readTree(edit(body, "other", true));
    assertThat(tree.get("model").asString()).isEqualTo("other");
    assertThat(tree.get("stream_options").get("include_usage").asBoolean()).isTrue();
    assertThat(tree.get("messages").asString()).hasSize(padding);
    assertThat(tree.get("z").asInt(-1)).isZero();
  }
}
