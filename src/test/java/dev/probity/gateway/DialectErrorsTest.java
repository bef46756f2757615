package dev.probity.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.gateway.answer.AnswerReader;
import dev.probity.kernel.ExchangeId;
import dev.probity.kernel.Refusal;
import dev.probity.kernel.Refusal.Reason;
import io.netty.buffer.ByteBuf;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class DialectErrorsTest {
  private static final String MESSAGE = "No \"model\" like\n<that> \\ für \u0001 you.";
  private static final ExchangeId ID = new ExchangeId(1L << 50);

  private static JsonNode body(Dialect dialect, Refusal refusal) {
    return JsonMapper.shared()
        .readTree(DialectErrors.of(dialect).body(refusal, ID).toString(UTF_8));
  }

  private static Refusal refusal(Reason reason) {
    return new Refusal(reason, "some_code", MESSAGE);
  }

  @ParameterizedTest
  @CsvSource({
    "INVALID,invalid_request_error,invalid_request_error,INVALID_ARGUMENT",
    "UNAUTHENTICATED,invalid_request_error,authentication_error,UNAUTHENTICATED",
    "FORBIDDEN,permission_error,permission_error,PERMISSION_DENIED",
    "NOT_FOUND,invalid_request_error,not_found_error,NOT_FOUND",
    "TOO_LARGE,invalid_request_error,request_too_large,INVALID_ARGUMENT",
    "RATE_LIMITED,rate_limit_error,rate_limit_error,RESOURCE_EXHAUSTED",
    "INTERNAL,server_error,api_error,INTERNAL",
    "UPSTREAM_FAILED,server_error,api_error,UNAVAILABLE",
    "UNAVAILABLE,server_error,overloaded_error,UNAVAILABLE",
    "UPSTREAM_TIMEOUT,server_error,timeout_error,DEADLINE_EXCEEDED"
  })
  void body_hasTheVendorsShapeAndWords(
      Reason reason, String openai, String anthropic, String google) {
    for (Dialect dialect : new Dialect[] {Dialect.CHAT, Dialect.RESPONSES}) {
      JsonNode error = body(dialect, refusal(reason)).get("error");
      assertThat(error.get("type").asString()).isEqualTo(openai);
      assertThat(error.get("message").asString()).isEqualTo(MESSAGE);
      assertThat(error.get("param").isNull()).isTrue();
      assertThat(error.get("code").asString())
          .isEqualTo(reason == Reason.RATE_LIMITED ? "rate_limit_exceeded" : "some_code");
    }
    JsonNode message = body(Dialect.MESSAGES, refusal(reason));
    assertThat(message.get("type").asString()).isEqualTo("error");
    assertThat(message.get("error").get("type").asString()).isEqualTo(anthropic);
    assertThat(message.get("error").get("message").asString()).isEqualTo(MESSAGE);
    assertThat(message.get("request_id").asString()).isEqualTo(ID.toString());
    JsonNode gemini = body(Dialect.GEMINI, refusal(reason)).get("error");
    assertThat(gemini.get("code").asInt()).isEqualTo(reason.status());
    assertThat(gemini.get("status").asString()).isEqualTo(google);
    assertThat(gemini.get("message").asString()).isEqualTo(MESSAGE);
    assertThat(gemini.get("details").get(0).get("reason").asString()).isEqualTo("SOME_CODE");
  }

  @Test
  void usedUpQuota_isNotTriedAgain() {
    var quota = new Refusal(Reason.RATE_LIMITED, "budget_exceeded", MESSAGE);
    assertThat(body(Dialect.RESPONSES, quota).get("error").get("code").asString())
        .isEqualTo("insufficient_quota");
    assertThat(body(Dialect.MESSAGES, quota).get("error").get("type").asString())
        .isEqualTo("billing_error");
    for (Dialect dialect : Dialect.values()) {
      assertThat(DialectErrors.of(dialect).headers(quota))
          .isEqualTo(Map.of("x-should-retry", "false"));
      assertThat(DialectErrors.of(dialect).headers(refusal(Reason.UNAVAILABLE)))
          .containsKey("retry-after");
      assertThat(DialectErrors.of(dialect).headers(refusal(Reason.INVALID))).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void frame_isReadAsAnError_evenWhereTheStreamWasCut(Dialect dialect) {
    Operation operation =
        switch (dialect) {
          case CHAT -> Operation.CHAT_COMPLETION;
          case RESPONSES -> Operation.RESPONSE;
          case MESSAGES -> Operation.MESSAGE;
          case GEMINI -> Operation.STREAM_GENERATE_CONTENT;
        };
    String expected =
        switch (dialect) {
          case CHAT, RESPONSES -> "some_code";
          case MESSAGES -> "timeout_error";
          case GEMINI -> "deadline_exceeded";
        };
    ByteBuf frame = DialectErrors.of(dialect).frame(refusal(Reason.UPSTREAM_TIMEOUT), ID);
    for (String before : new String[] {"", "data: {\"a\":\"b", "event: x\r\n", "data: {}\n\n"}) {
      AnswerReader reader = AnswerReaders.forOperation(operation, true);
      reader.accept(io.netty.buffer.Unpooled.copiedBuffer(before, UTF_8));
      reader.accept(frame);
      reader.finish();
      assertThat(reader.error()).isEqualTo(expected);
    }
  }

  @Test
  void failedResponse_saysBothEvents_withTheResponsesId() {
    String frame =
        DialectErrors.of(Dialect.RESPONSES)
            .frame(refusal(Reason.UPSTREAM_FAILED), ID)
            .toString(UTF_8);
    assertThat(frame)
        .contains("event: error\ndata: {\"type\":\"error\",")
        .contains("event: response.failed\ndata: {\"type\":\"response.failed\",");
    String data = frame.substring(frame.lastIndexOf("data: ") + 6);
    JsonNode response = JsonMapper.shared().readTree(data).get("response");
    assertThat(response.get("id").asString()).isEqualTo("resp_" + ID);
    assertThat(response.get("error").get("code").asString()).isEqualTo("some_code");
    assertThat(response.get("error").get("message").asString()).isEqualTo(MESSAGE);
  }

  /** Codex stops where asking again is no use, and nowhere else. */
  @ParameterizedTest
  @CsvSource({
    "INVALID,some_code,invalid_prompt",
    "INVALID,context_length_exceeded,context_length_exceeded",
    "RATE_LIMITED,budget_exceeded,insufficient_quota",
    "RATE_LIMITED,some_code,rate_limit_exceeded",
    "UNAVAILABLE,overloaded_error,overloaded_error",
    "UNAVAILABLE,server_is_overloaded,server_error"
  })
  void failedResponse_saysWhetherToAskAgain(Reason reason, String code, String expected) {
    String frame =
        DialectErrors.of(Dialect.RESPONSES)
            .frame(new Refusal(reason, code, MESSAGE), ID)
            .toString(UTF_8);
    JsonNode failed =
        JsonMapper.shared().readTree(frame.substring(frame.lastIndexOf("data: ") + 6));
    assertThat(failed.at("/response/error/code").asString()).isEqualTo(expected);
  }
}
