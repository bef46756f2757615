package dev.probity.gateway.call.failure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.gateway.Dialect;
import dev.probity.gateway.answer.ProviderError;
import dev.probity.gateway.answer.ProviderError.Kind;
import dev.probity.gateway.call.failure.Failure.Help;
import dev.probity.gateway.routing.Health.Ending;
import dev.probity.kernel.Refusal;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProviderErrorsTest {
  private static final String ANTHROPIC =
      "{\"type\":\"error\",\"error\":{\"type\":\"%s\",\"message\":\"%s\"},\"request_id\":\"r\"}";
  private static final String OPENAI =
      "{\"error\":{\"message\":\"%2$s\",\"type\":\"invalid_request_error\",\"param\":null,\"code\":\"%1$s\"}}";
  private static final String GOOGLE =
      "{\"error\":{\"code\":0,\"message\":\"%2$s\",\"status\":\"%1$s\",\"details\":[{\"@type\":\"x\",\"retryDelay\":\"34.2s\"}]}}";

  private static ProviderError read(int status, String body) {
    return ProviderError.read(status, body.getBytes(UTF_8));
  }

  private static Failure failure(int status, String body, Dialect client) {
    return ProviderFailures.read(
        status, new DefaultHttpHeaders(), body.getBytes(UTF_8), client, false);
  }

  @ParameterizedTest
  @CsvSource({
    "400, invalid_request_error, bad, INVALID",
    "400, invalid_request_error, prompt is too long: 9 tokens > 8 maximum, CONTEXT_FULL",
    "400, invalid_request_error, Your credit balance is too low to access, QUOTA",
    "401, authentication_error, no, CREDENTIAL",
    "403, permission_error, no, FORBIDDEN",
    "404, not_found_error, no, NOT_FOUND",
    "413, request_too_large, no, TOO_LARGE",
    "429, rate_limit_error, no, RATE_LIMITED",
    "500, api_error, no, FAULT",
    "529, overloaded_error, no, OVERLOADED"
  })
  void anthropics(int status, String type, String message, Kind kind) {
    ProviderError error = read(status, ANTHROPIC.formatted(type, message));
    assertThat(error.kind()).isEqualTo(kind);
    assertThat(error.message()).isEqualTo(message);
  }

  @ParameterizedTest
  @CsvSource({
    "400, context_length_exceeded, CONTEXT_FULL",
    "401, invalid_api_key, CREDENTIAL",
    "404, model_not_found, NOT_FOUND",
    "409, conflict, INVALID",
    "422, unprocessable, INVALID",
    "429, rate_limit_exceeded, RATE_LIMITED",
    "429, insufficient_quota, QUOTA",
    "500, server_error, FAULT",
    "503, slow_down, OVERLOADED"
  })
  void openAis(int status, String code, Kind kind) {
    assertThat(read(status, OPENAI.formatted(code, "m")).kind()).isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource({
    "400, INVALID_ARGUMENT, bad, INVALID",
    "400, INVALID_ARGUMENT, API key not valid. Please pass a valid API key., CREDENTIAL",
    "400, INVALID_ARGUMENT, The input token count (9) exceeds the maximum number of tokens allowed (8)., CONTEXT_FULL",
    "403, PERMISSION_DENIED, no, FORBIDDEN",
    "429, RESOURCE_EXHAUSTED, no, RATE_LIMITED",
    "503, UNAVAILABLE, The model is overloaded, OVERLOADED",
    "504, DEADLINE_EXCEEDED, no, TIMEOUT"
  })
  void googles(int status, String word, String message, Kind kind) {
    ProviderError error = read(status, GOOGLE.formatted(word, message));
    assertThat(error.kind()).isEqualTo(kind);
    assertThat(error.waitMillis()).hasValue(34_200);
    assertThat(read(status, "[" + GOOGLE.formatted(word, message) + "]")).isEqualTo(error);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"message\":\"no\"} | no",
        "{\"detail\":\"no\"} | no",
        "{\"error\":\"no\"} | no",
        "{\"object\":\"error\",\"message\":\"no\",\"type\":\"BadRequestError\",\"code\":400} | no",
        "<html>oh</html> | ''",
        "{\"error\": | ''",
        "{\"error\":[1,{\"message\":3}]} | ''",
        "3 | ''"
      })
  void othersAndNonsense(String body, String message) {
    assertThat(read(400, body).message()).isEqualTo(message);
    assertThat(read(400, body).kind()).isEqualTo(Kind.INVALID);
  }

  @Test
  void tooLongAPrompt_isSaidInTheWordsThatEachClientLooksFor() {
    String[] providers = {
      ANTHROPIC.formatted("invalid_request_error", "prompt is too long: 900 tokens > 800 maximum"),
      OPENAI.formatted(
          "context_length_exceeded",
          "This model's maximum context length is 800 tokens. However, your messages resulted in 900 tokens."),
      GOOGLE.formatted(
          "INVALID_ARGUMENT",
          "The input token count (900) exceeds the maximum number of tokens allowed (800).")
    };
    for (String body : providers) {
      Refusal messages = failure(400, body, Dialect.MESSAGES).refusal();
      assertThat(messages.message()).isEqualTo("prompt is too long: 900 tokens > 800 maximum");
      Refusal chat = failure(400, body, Dialect.CHAT).refusal();
      assertThat(chat.code()).isEqualTo("context_length_exceeded");
      assertThat(chat.message()).contains("maximum context length is 800 tokens", "900");
      Refusal gemini = failure(400, body, Dialect.GEMINI).refusal();
      assertThat(gemini.message())
          .isEqualTo(
              "The input token count (900) exceeds the maximum number of tokens allowed (800).");
      assertThat(failure(400, body, Dialect.CHAT).help()).isEqualTo(Help.NOTHING);
    }
  }

  @Test
  void errorsWithinAStream_haveTheStatusThatTheClientKnows() {
    ProviderError overloaded = ProviderError.of("overloaded_error");
    assertThat(ProviderFailures.refusal(overloaded, Dialect.MESSAGES, false).status())
        .isEqualTo(529);
    assertThat(ProviderFailures.refusal(overloaded, Dialect.CHAT, false).status()).isEqualTo(503);
    assertThat(ProviderError.of("status_429").kind()).isEqualTo(Kind.RATE_LIMITED);
    assertThat(ProviderError.of("error").kind()).isEqualTo(Kind.FAULT);
    assertThat(ProviderError.of("invalid_prompt").kind()).isEqualTo(Kind.INVALID);
  }

  @Test
  void onlyTheDeploymentsFault_countsAgainstIt() {
    String body = ANTHROPIC.formatted("x", "m");
    assertThat(failure(400, body, Dialect.CHAT).ending()).isEqualTo(Ending.SERVED);
    assertThat(failure(429, body, Dialect.CHAT).ending()).isEqualTo(Ending.LIMITED);
    assertThat(failure(529, body, Dialect.CHAT).ending()).isEqualTo(Ending.LIMITED);
    assertThat(failure(500, body, Dialect.CHAT).ending()).isEqualTo(Ending.FAILED);
  }

  @Test
  void clientsOwnKey_isToldWhatTheProviderSays() {
    Failure own =
        ProviderFailures.read(
            401,
            new DefaultHttpHeaders(),
            ANTHROPIC.formatted("authentication_error", "wrong").getBytes(UTF_8),
            Dialect.CHAT,
            true);
    assertThat(own.refusal().status()).isEqualTo(401);
    assertThat(own.refusal().message()).isEqualTo("wrong");
  }

  @ParameterizedTest
  @CsvSource({
    "retry-after-ms, 1500, 1500",
    "retry-after, 2, 2000",
    "retry-after, 0.5, 500",
    "retry-after, 'Sat, 21 Nov 2026 10:00:30 GMT', 30000",
    "retry-after, soon, -1",
    "retry-after, -3, -1"
  })
  void waits_areReadHoweverTheyAreWritten(String header, String value, long millis) {
    HttpHeaders headers =
        new DefaultHttpHeaders().set("date", "Sat, 21 Nov 2026 10:00:00 GMT").set(header, value);
    assertThat(RetryAdvice.of(headers).waitMillis().orElse(-1)).isEqualTo(millis);
  }
}
