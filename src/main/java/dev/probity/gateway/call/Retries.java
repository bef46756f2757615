package dev.probity.gateway.call;

import dev.probity.gateway.GatewaySettings;
import dev.probity.gateway.call.failure.Failure;
import dev.probity.gateway.call.failure.Failure.Help;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/**
 * Whether everybody is asked once more when everybody has failed, and after how long: exponential
 * backoff with full jitter, and not before the first of the providers wants to be asked again.
 */
final class Retries {
  private static final int MOST_DOUBLINGS = 30;

  private final GatewaySettings.Retries settings;
  private final RandomGenerator random;
  private int rounds;
  private boolean mayHelp;
  private long leastWait = Long.MAX_VALUE;

  Retries(GatewaySettings.Retries settings, RandomGenerator random) {
    this.settings = settings;
    this.random = random;
  }

  /** An attempt of this round has failed. */
  void failed(Failure failure) {
    if (failure.help() == Help.TIME) {
      mayHelp = true;
      leastWait = Math.min(leastWait, failure.waitMillis().orElse(0));
    }
  }

  /**
   * Whether another round would follow if this came on top of what has failed.
   *
   * @param attempts made so far
   */
  boolean wouldFollow(Failure failure, int attempts) {
    boolean helps = failure.help() == Help.TIME;
    long wait = helps ? Math.min(leastWait, failure.waitMillis().orElse(0)) : leastWait;
    return attempts < settings.attempts()
        && (mayHelp || helps)
        && wait <= settings.longestWaitMillis();
  }

  /**
   * Begins another round.
   *
   * @param attempts made so far
   * @return how many milliseconds to wait for it; empty if there is none
   */
  OptionalLong next(int attempts) {
    if (attempts >= settings.attempts() || !mayHelp || leastWait > settings.longestWaitMillis()) {
      return OptionalLong.empty();
    }
    long longest =
        Math.min(
            settings.longestWaitMillis(),
            settings.backoffMillis() << Math.min(rounds, MOST_DOUBLINGS));
    long backoff = longest <= 0 ? 0 : random.nextLong(longest + 1);
    OptionalLong wait = OptionalLong.of(Math.max(backoff, leastWait));
    rounds++;
    mayHelp = false;
    leastWait = Long.MAX_VALUE;
    return wait;
  }
}
