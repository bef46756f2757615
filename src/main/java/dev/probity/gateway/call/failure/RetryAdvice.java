package dev.probity.gateway.call.failure;

import dev.probity.gateway.call.failure.Failure.Help;
import io.netty.handler.codec.DateFormatter;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Date;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a provider's headers say about asking again: {@code x-should-retry}, {@code retry-after-ms},
 * {@code retry-after} in seconds or as a date.
 */
record RetryAdvice(Optional<Boolean> shouldRetry, OptionalLong waitMillis) {
  static final RetryAdvice NONE = new RetryAdvice(Optional.empty(), OptionalLong.empty());

  static RetryAdvice of(HttpHeaders headers) {
    String should = headers.get("x-should-retry", "");
    Optional<Boolean> shouldRetry =
        should.equalsIgnoreCase("true")
            ? Optional.of(true)
            : should.equalsIgnoreCase("false") ? Optional.of(false) : Optional.empty();
    return new RetryAdvice(shouldRetry, wait(headers));
  }

  private static OptionalLong wait(HttpHeaders headers) {
    OptionalLong millis = number(headers.get("retry-after-ms", ""), 1);
    if (millis.isPresent()) {
      return millis;
    }
    String after = headers.get("retry-after", "");
    OptionalLong seconds = number(after, 1000);
    return seconds.isPresent() ? seconds : until(after, headers.get("date", ""));
  }

  private static OptionalLong number(String text, int factor) {
    return text.matches("\\d{1,9}(\\.\\d{1,9})?")
        ? OptionalLong.of((long) Math.ceil(Double.parseDouble(text) * factor))
        : OptionalLong.empty();
  }

  /** By the provider's own clock. */
  private static OptionalLong until(String then, String now) {
    Date to = then.isEmpty() ? null : DateFormatter.parseHttpDate(then);
    Date from = now.isEmpty() ? null : DateFormatter.parseHttpDate(now);
    return to == null || from == null
        ? OptionalLong.empty()
        : OptionalLong.of(Math.max(0, to.getTime() - from.getTime()));
  }

  /** What may help, after the provider has had its say about its own deployment. */
  Help over(Help help) {
    if (shouldRetry.isEmpty() || help == Help.NOTHING) {
      return help;
    }
    return shouldRetry.get() ? Help.TIME : Help.OTHERS;
  }
}
