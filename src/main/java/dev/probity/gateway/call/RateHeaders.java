package dev.probity.gateway.call;

import dev.probity.gateway.Dialect;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What is left of a provider's rate limits, in the headers of the client's vendor. OpenAI says in
 * how long a limit is whole again, Anthropic when; Google says nothing.
 */
final class RateHeaders {
  private static final List<String> WHAT = List.of("requests", "tokens");

  private RateHeaders() {}

  static void copy(
      HttpHeaders provider, Dialect from, HttpHeaders client, Dialect to, long wallMillis) {
    if (isOpenAi(from) && isOpenAi(to)) {
      for (String what : WHAT) {
        for (String which : List.of("limit", "remaining", "reset")) {
          set(client, openAi(which, what), provider.get(openAi(which, what)));
        }
      }
    } else if (isOpenAi(from) && to == Dialect.MESSAGES) {
      for (String what : WHAT) {
        set(client, anthropic(what, "limit"), provider.get(openAi("limit", what)));
        set(client, anthropic(what, "remaining"), provider.get(openAi("remaining", what)));
        duration(provider.get(openAi("reset", what), ""))
            .ifPresent(in ->
                client.set(
                    anthropic(what, "reset"),
                    Instant.ofEpochMilli(wallMillis).plus(in).truncatedTo(ChronoUnit.SECONDS)));
      }
    } else if (from == Dialect.MESSAGES && isOpenAi(to)) {
      for (String what : WHAT) {
        set(client, openAi("limit", what), provider.get(anthropic(what, "limit")));
        set(client, openAi("remaining", what), provider.get(anthropic(what, "remaining")));
        instant(provider.get(anthropic(what, "reset"), ""))
            .ifPresent(
                at -> client.set(openAi("reset", what), text(at.toEpochMilli() - wallMillis)));
      }
    }
  }

  private static boolean isOpenAi(Dialect dialect) {
    return dialect == Dialect.CHAT || dialect == Dialect.RESPONSES;
  }

  private static String openAi(String which, String what) {
    return "x-ratelimit-" + which + "-" + what;
  }

  private static String anthropic(String what, String which) {
    return "anthropic-ratelimit-" + what + "-" + which;
  }

  private static void set(
      HttpHeaders client, String name, @org.jspecify.annotations.Nullable String value) {
    if (value != null) {
      client.set(name, value);
    }
  }

  /** {@code 6m0s}, {@code 1.5s}, {@code 20ms}. */
  private static Optional<Duration> duration(String text) {
    if (!text.matches("(\\d{1,9}h)?(\\d{1,9}m)?(\\d{1,9}(\\.\\d{1,9})?s)?(\\d{1,9}(\\.\\d+)?ms)?")
        || text.isEmpty()) {
      return Optional.empty();
    }
    if (text.endsWith("ms")) {
      int begin = text.lastIndexOf('s', text.length() - 3) + 1;
      String millis = text.substring(begin, text.length() - 2);
      return millis.matches("\\d+(\\.\\d+)?")
          ? Optional.of(Duration.ofMillis((long) Double.parseDouble(millis)))
          : Optional.empty();
    }
    return Optional.of(Duration.parse("PT" + text.toUpperCase(Locale.ROOT)));
  }

  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  private static String text(long millis) {
    return Math.max(0, (millis + 999) / 1000) + "s";
  }
}
