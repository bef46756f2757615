package dev.probity.gateway.upstream;

/**
 * When a deployment that fails is left alone for a while ({@code breaker:}).
 *
 * @param failures so many in a row open the breaker, whatever went before
 * @param share of the attempts within the window that may fail, above 0 and at most 1; it counts
 *     from twice as many attempts on as {@code failures} says
 * @param windowMillis how far back the share looks
 * @param pauseMillis how long it is left alone the first time; doubled with each trial that fails,
 *     up to five minutes
 */
public record BreakerSettings(int failures, double share, long windowMillis, long pauseMillis) {
  public static final BreakerSettings DEFAULT = new BreakerSettings(5, 0.5, 30_000, 5_000);

  /** Attempts within the window from which the share means something. */
  public int leastAttempts() {
    return 2 * failures;
  }
}
