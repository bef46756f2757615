package dev.probity.gateway.routing.health;

import java.util.Locale;
import java.util.OptionalLong;

/**
 * One of a provider's limits, as it last told it.
 *
 * @param limit how much there is; empty if it did not say
 * @param resetNanos when there is all of it again, on the monotonic clock
 */
public record RateLimit(Kind kind, OptionalLong limit, long remaining, long resetNanos) {
  /** What is limited. */
  public enum Kind {
    REQUESTS,
    TOKENS,
    INPUT_TOKENS,
    OUTPUT_TOKENS;

    private final String text = name().toLowerCase(Locale.ROOT);

    public String text() {
      return text;
    }
  }

  /** Below this share of the limit a deployment gets less. */
  private static final double SCARCE = 0.2;

  /** Even the last of it is offered now and then. */
  private static final double LEAST = 0.02;

  public boolean isExhausted(long nowNanos) {
    return remaining <= 0 && resetNanos - nowNanos > 0;
  }

  /** How much of its usual share a deployment should get: 1, and less where little is left. */
  public double headroom(long nowNanos) {
    if (limit.isEmpty() || limit.getAsLong() <= 0 || resetNanos - nowNanos <= 0) {
      return 1;
    }
    double left = (double) remaining / limit.getAsLong();
    return Math.clamp(left / SCARCE, LEAST, 1);
  }
}
