package dev.probity.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.gateway.request.RequestBody;
import dev.probity.gateway.request.RequestFacts;
import dev.probity.gateway.request.RequestFacts.UsageRequest;
import dev.probity.gateway.request.RequestReading;
import dev.probity.kernel.Refusal;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RequestReadersTest {
  private final RequestReaders readers = new RequestReaders(64);

  private RequestReading read(Operation operation, String body) {
    return readers.forOperation(operation).read(Unpooled.copiedBuffer(body, UTF_8));
  }

  private RequestFacts facts(Operation operation, String body) {
    assertThat(read(operation, body)).isInstanceOf(RequestFacts.class);
    return (RequestFacts) read(operation, body);
  }

  private Refusal refusal(Operation operation, String body) {
    RequestReading reading = read(operation, body);
    assertThat(reading).as(body).isInstanceOf(RequestReading.Refused.class);
    return ((RequestReading.Refused) reading).refusal();
  }

  @Test
  void chat_isRead() {
    String body =
        "{ \"model\" : \"gpt-5\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"n\":2,"
            + "\"max_tokens\":7,\"max_completion_tokens\":100,\"stream\":true,"
            + "\"service_tier\":\"flex\",\"prompt_cache_key\":\"abc\"}";
    RequestFacts facts = facts(Operation.CHAT_COMPLETION, body);
    assertThat(facts.model()).isEqualTo("gpt-5");
    RequestFacts.Span at = facts.modelAt().orElseThrow();
    assertThat(body.substring(at.start(), at.end())).isEqualTo("\"gpt-5\"");
    assertThat(facts.stream()).isTrue();
    assertThat(facts.maxTokens()).isEqualTo(OptionalLong.of(200));
    assertThat(facts.serviceTier()).isEqualTo("flex");
    assertThat(facts.sessionId()).contains("abc");
    assertThat(facts.usageRequest()).isInstanceOf(UsageRequest.Missing.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"model\":\"m\",\"stream\":true,\"stream_options\":{\"include_usage\":true}}",
        "{\"model\":\"m\",\"stream\":false}",
        "{\"model\":\"m\",\"stream\":null}",
        "{\"model\":\"m\"}",
        "{\"model\":\"m\",\"stream\":true,\"stream_options\":\"odd\"}"
      })
  void usage_isNotAskedFor_whereItNeedNotOrCannot(String body) {
    assertThat(facts(Operation.CHAT_COMPLETION, body).usageRequest()).isEqualTo(UsageRequest.GIVEN);
  }

  @Test
  void streamFlag_ofEmbeddings_isLeftAlone() {
    RequestFacts facts =
        facts(Operation.EMBEDDING, "{\"model\":\"e\",\"input\":\"x\",\"stream\":true}");
    assertThat(facts.stream()).isFalse();
    assertThat(facts.usageRequest()).isEqualTo(UsageRequest.GIVEN);
  }

  @Test
  void responses_areRead() {
    RequestFacts facts =
        facts(
            Operation.RESPONSE,
            "{\"model\":\"gpt-5\",\"stream\":true,\"max_output_tokens\":9,"
                + "\"prompt_cache_key\":\"0198\",\"input\":[]}");
    assertThat(facts.stream()).isTrue();
    assertThat(facts.maxTokens()).isEqualTo(OptionalLong.of(9));
    assertThat(facts.sessionId()).contains("0198");
    assertThat(facts.usageRequest()).isEqualTo(UsageRequest.GIVEN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\\\"device_id\\\":\\\"d\\\",\\\"account_uuid\\\":\\\"\\\",\\\"session_id\\\":\\\"s-1\\\"}",
        "user_0a_account_7b_session_s-1"
      })
  void claudeSession_isFoundInTheUsersId(String userId) {
    RequestFacts facts =
        facts(
            Operation.MESSAGE,
            "{\"model\":\"claude\",\"max_tokens\":5,\"metadata\":{\"user_id\":\""
                + userId
                + "\"}}");
    assertThat(facts.sessionId()).contains("s-1");
    assertThat(facts.maxTokens()).isEqualTo(OptionalLong.of(5));
  }

  @ParameterizedTest
  @ValueSource(strings = {"u-123", "{broken", "{\\\"session_id\\\":7}", "x_session_"})
  void usersIdWithoutSession_isNoSession(String userId) {
    String body = "{\"model\":\"c\",\"metadata\":{\"user_id\":\"" + userId + "\"}}";
    assertThat(facts(Operation.MESSAGE, body).sessionId()).isEqualTo(Optional.empty());
  }

  @Test
  void gemini_isRead_inBothSpellings() {
    for (String body :
        List.of(
            "{\"generationConfig\":{\"maxOutputTokens\":3}}",
            "{\"generation_config\":{\"max_output_tokens\":3}}")) {
      RequestFacts facts = facts(Operation.STREAM_GENERATE_CONTENT, body);
      assertThat(facts.stream()).isTrue();
      assertThat(facts.maxTokens()).isEqualTo(OptionalLong.of(3));
      assertThat(facts.modelAt()).isEmpty();
    }
    assertThat(facts(Operation.GENERATE_CONTENT, "{}").stream()).isFalse();
  }

  /** Not what is passed through whatever it is. */
  static Stream<Operation> whatIsRead() {
    return Arrays.stream(Operation.values()).filter(each -> !each.isPassThrough());
  }

  @ParameterizedTest
  @MethodSource("whatIsRead")
  void unreadableBody_isRefused(Operation operation) {
    assertThat(refusal(operation, "").code()).isEqualTo("invalid_json");
    assertThat(refusal(operation, "{\"model\":\"m\",}").message()).contains("at byte 13");
    assertThat(refusal(operation, "[{\"model\":\"m\"}]").code()).isEqualTo("not_an_object");
    assertThat(refusal(operation, "{\"a\":" + "[".repeat(64)).code()).isEqualTo("too_deep");
    ByteBuf bytes = Unpooled.wrappedBuffer(new byte[] {'{', '"', (byte) 0xC0, (byte) 0x80, '"'});
    var reading = (RequestReading.Refused) readers.forOperation(operation).read(bytes);
    assertThat(reading.refusal().code()).isEqualTo("not_utf8");
  }

  @ParameterizedTest
  @EnumSource(
      value = Operation.class,
      names = {"CHAT_COMPLETION", "COMPLETION", "EMBEDDING", "RESPONSE", "MESSAGE"})
  void modelThatIsNone_isRefused(Operation operation) {
    assertThat(refusal(operation, "{}").code()).isEqualTo("missing_model");
    assertThat(refusal(operation, "{\"model\":null}").code()).isEqualTo("missing_model");
    assertThat(refusal(operation, "{\"model\":7}").code()).isEqualTo("invalid_model");
    assertThat(refusal(operation, "{\"model\":\"\"}").code()).isEqualTo("invalid_model");
    String longName = "m".repeat(RequestBody.NAME_BYTES + 1);
    assertThat(refusal(operation, "{\"model\":\"" + longName + "\"}").code())
        .isEqualTo("invalid_model");
    assertThat(refusal(operation, "{\"model\":\"a\",\"x\":1,\"mode\\u006c\":\"a\"}").code())
        .isEqualTo("duplicate_field");
  }

  @Test
  void streamFieldsThatParsersReadDifferently_areRefused() {
    for (Operation operation :
        List.of(Operation.CHAT_COMPLETION, Operation.RESPONSE, Operation.MESSAGE)) {
      assertThat(refusal(operation, "{\"model\":\"m\",\"stream\":true,\"stream\":false}").code())
          .isEqualTo("duplicate_field");
      assertThat(refusal(operation, "{\"model\":\"m\",\"stream\":\"true\"}").code())
          .isEqualTo("invalid_field");
    }
    assertThat(
            refusal(
                    Operation.CHAT_COMPLETION,
                    "{\"model\":\"m\",\"stream_options\":{},\"stream_options\":{}}")
                .code())
        .isEqualTo("duplicate_field");
    assertThat(
            refusal(
                    Operation.CHAT_COMPLETION,
                    "{\"model\":\"m\",\"stream_options\":"
                        + "{\"include_usage\":true,\"include_usage\":false}}")
                .code())
        .isEqualTo("duplicate_field");
  }

  @Test
  void bodyInAnyKindOfBuffer_readsTheSame_andStaysUnread() {
    String body = "{\"model\":\"m\",\"messages\":\"" + "x".repeat(50_000) + "\",\"stream\":true}";
    byte[] bytes = body.getBytes(UTF_8);
    RequestFacts expected = facts(Operation.CHAT_COMPLETION, body);
    ByteBuf direct = Unpooled.directBuffer().writeByte('!').writeBytes(bytes);
    direct.readByte();
    ByteBuf pieces =
        Unpooled.wrappedBuffer(
            Unpooled.wrappedBuffer(bytes, 0, 9),
            Unpooled.wrappedBuffer(bytes, 9, bytes.length - 9));
    for (ByteBuf buffer : List.of(direct, pieces)) {
      int at = buffer.readerIndex();
      assertThat(readers.forOperation(Operation.CHAT_COMPLETION).read(buffer)).isEqualTo(expected);
      assertThat(buffer.readerIndex()).isEqualTo(at);
      buffer.release();
    }
  }

  @ParameterizedTest
  @EnumSource(Operation.class)
  void damagedBody_neverThrows(Operation operation) {
    var random = new Random(operation.ordinal());
    byte[] body =
        ("{\"model\":\"gpt-5\",\"stream\":true,\"stream_options\":{\"include_usage\":false},"
                + "\"metadata\":{\"user_id\":\"{\\\"session_id\\\":\\\"x\\\"}\"},\"max_tokens\":12}")
            .getBytes(UTF_8);
    for (int i = 0; i < 3_000; i++) {
      byte[] damaged = body.clone();
      for (int j = random.nextInt(4); j >= 0; j--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      ByteBuf buffer = Unpooled.wrappedBuffer(damaged, 0, random.nextInt(damaged.length + 1));
      RequestReading reading = readers.forOperation(operation).read(buffer);
      if (reading instanceof RequestReading.Refused refused) {
        assertThat(refused.refusal().status()).isEqualTo(400);
        assertThat(refused.refusal().message()).endsWith(".");
      }
    }
  }
}
