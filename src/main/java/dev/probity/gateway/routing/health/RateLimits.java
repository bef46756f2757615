package dev.probity.gateway.routing.health;

import dev.probity.gateway.routing.health.RateLimit.Kind;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** A provider's limits as its answers tell them, read off their heads. */
public final class RateLimits {
  /** Where a limit without a time of reset is looked at again. */
  private static final long UNKNOWN_RESET_MILLIS = 10_000;

  /** How one provider names one limit. */
  private record Names(
      Kind kind, AsciiString remaining, AsciiString limit, AsciiString reset, boolean fallback) {
    static Names anthropic(Kind kind, String what) {
      String prefix = "anthropic-ratelimit-" + what;
      return new Names(
          kind,
          AsciiString.cached(prefix + "-remaining"),
          AsciiString.cached(prefix + "-limit"),
          AsciiString.cached(prefix + "-reset"),
          false);
    }

    static Names openAi(Kind kind, String what, boolean fallback) {
      return new Names(
          kind,
          AsciiString.cached("x-ratelimit-remaining" + what),
          AsciiString.cached("x-ratelimit-limit" + what),
          AsciiString.cached("x-ratelimit-reset" + what),
          fallback);
    }
  }

  private static final List<Names> NAMES =
      List.of(
          Names.anthropic(Kind.REQUESTS, "requests"),
          Names.anthropic(Kind.TOKENS, "tokens"),
          Names.anthropic(Kind.INPUT_TOKENS, "input-tokens"),
          Names.anthropic(Kind.OUTPUT_TOKENS, "output-tokens"),
          Names.openAi(Kind.REQUESTS, "-requests", false),
          Names.openAi(Kind.TOKENS, "-tokens", false),
          // OpenRouter and many more, who limit requests and nothing else.
          Names.openAi(Kind.REQUESTS, "", true));

  private static final AsciiString RETRY_AFTER_MS = AsciiString.cached("retry-after-ms");
  private static final AsciiString RETRY_AFTER = AsciiString.cached("retry-after");
  private static final AsciiString UNIFIED_STATUS =
      AsciiString.cached("anthropic-ratelimit-unified-status");
  private static final AsciiString UNIFIED_RESET =
      AsciiString.cached("anthropic-ratelimit-unified-reset");

  private final AtomicReferenceArray<@Nullable RateLimit> seen =
      new AtomicReferenceArray<>(Kind.values().length);

  /** Takes in what an answer's head says. */
  public void read(HttpHeaders headers, long nowNanos, long wallMillis) {
    boolean told = false;
    for (Names names : NAMES) {
      if (names.fallback && told) {
        continue;
      }
      String remaining = headers.get(names.remaining);
      if (remaining != null) {
        OptionalLong left = whole(remaining);
        if (left.isPresent()) {
          told = true;
          String limit = headers.get(names.limit);
          String reset = headers.get(names.reset);
          long millis =
              reset == null
                  ? UNKNOWN_RESET_MILLIS
                  : ResetTime.millis(reset, wallMillis).orElse(UNKNOWN_RESET_MILLIS);
          seen.set(
              names.kind.ordinal(),
              new RateLimit(
                  names.kind,
                  limit == null ? OptionalLong.empty() : whole(limit),
                  left.getAsLong(),
                  nowNanos + millis * 1_000_000));
        }
      }
    }
  }

  /** How long an answer asks to be left alone, in milliseconds; empty if it does not. */
  public static OptionalLong retryAfterMillis(HttpHeaders headers, long wallMillis) {
    String exact = headers.get(RETRY_AFTER_MS);
    if (exact != null) {
      OptionalLong millis = ResetTime.millis(exact.strip() + "ms", wallMillis);
      if (millis.isPresent()) {
        return millis;
      }
    }
    String after = headers.get(RETRY_AFTER);
    if (after != null) {
      OptionalLong millis = ResetTime.millis(after, wallMillis);
      if (millis.isPresent()) {
        return millis;
      }
    }
    String reset = headers.get(UNIFIED_RESET);
    return reset != null && "rejected".equals(headers.get(UNIFIED_STATUS))
        ? ResetTime.millis(reset, wallMillis)
        : OptionalLong.empty();
  }

  /** Until when nothing is left of some limit; empty if there is something of all. */
  public OptionalLong exhaustedUntilNanos(long nowNanos) {
    OptionalLong until = OptionalLong.empty();
    for (int i = 0; i < seen.length(); i++) {
      RateLimit limit = seen.get(i);
      if (limit != null
          && limit.isExhausted(nowNanos)
          && (until.isEmpty() || limit.resetNanos() - until.getAsLong() > 0)) {
        until = OptionalLong.of(limit.resetNanos());
      }
    }
    return until;
  }

  /** The scarcest of them, as {@link RateLimit#headroom}. */
  public double headroom(long nowNanos) {
    double least = 1;
    for (int i = 0; i < seen.length(); i++) {
      RateLimit limit = seen.get(i);
      least = limit == null ? least : Math.min(least, limit.headroom(nowNanos));
    }
    return least;
  }

  public List<RateLimit> all() {
    List<RateLimit> all = new ArrayList<>();
    for (int i = 0; i < seen.length(); i++) {
      RateLimit limit = seen.get(i);
      if (limit != null) {
        all.add(limit);
      }
    }
    return List.copyOf(all);
  }

  private static OptionalLong whole(String text) {
    String digits = text.strip();
    if (digits.isEmpty() || digits.length() > 18) {
      return OptionalLong.empty();
    }
    long number = 0;
    for (int i = 0; i < digits.length(); i++) {
      char c = digits.charAt(i);
      if (c < '0' || c > '9') {
        return i > 0 && c == '.' ? OptionalLong.of(number) : OptionalLong.empty();
      }
      number = 10 * number + (c - '0');
    }
    return OptionalLong.of(number);
  }
}
