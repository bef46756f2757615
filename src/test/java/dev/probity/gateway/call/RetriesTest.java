package dev.probity.gateway.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.gateway.GatewaySettings;
import dev.probity.gateway.call.failure.Failure;
import dev.probity.gateway.call.failure.Failure.Help;
import dev.probity.gateway.routing.Health.Ending;
import dev.probity.kernel.Refusal;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class RetriesTest {
  /** Chance at its worst: the longest wait that may be. */
  private static final class Longest implements RandomGenerator {
    @Override
    public long nextLong() {
      throw new UnsupportedOperationException("bounded numbers only");
    }

    @Override
    public long nextLong(long bound) {
      return bound - 1;
    }
  }

  private static Failure failure(Help help, OptionalLong wait) {
    return new Failure(
        "word",
        new Refusal(Refusal.Reason.UPSTREAM_FAILED, "word", "words"),
        help,
        Ending.FAILED,
        wait);
  }

  private static final Failure FAULT = failure(Help.TIME, OptionalLong.empty());

  private static Retries retries(int attempts, long backoff, long longest) {
    return new Retries(new GatewaySettings.Retries(attempts, backoff, longest), new Longest());
  }

  @Test
  void waits_doubleFromRoundToRound_upToTheLongest_untilTheAttemptsAreMade() {
    Retries retries = retries(5, 100, 350);
    long[] expected = {100, 200, 350, 350};
    for (int made = 1; made < 5; made++) {
      assertThat(retries.wouldFollow(FAULT, made)).isTrue();
      retries.failed(FAULT);
      assertThat(retries.next(made)).hasValue(expected[made - 1]);
    }
    retries.failed(FAULT);
    assertThat(retries.wouldFollow(FAULT, 5)).isFalse();
    assertThat(retries.next(5)).isEmpty();
  }

  @Test
  void jitter_isFull() {
    Retries retries =
        new Retries(
            new GatewaySettings.Retries(9, 1_000, 60_000),
            new RandomGenerator() {
              @Override
              public long nextLong() {
                return 0;
              }
            });
    retries.failed(FAULT);
    assertThat(retries.next(1)).hasValue(0);
  }

  @Test
  void providersWait_isWaitedFor_orThereIsNoOtherRound() {
    Retries retries = retries(9, 100, 5_000);
    retries.failed(failure(Help.TIME, OptionalLong.of(4_000)));
    retries.failed(failure(Help.TIME, OptionalLong.of(3_000)));
    assertThat(retries.next(2)).hasValue(3_000);
    retries.failed(failure(Help.TIME, OptionalLong.of(6_000)));
    assertThat(retries.wouldFollow(failure(Help.TIME, OptionalLong.of(9_000)), 3)).isFalse();
    assertThat(retries.wouldFollow(FAULT, 3)).isTrue();
    assertThat(retries.next(3)).isEmpty();
  }

  @Test
  void whatTimeDoesNotHelp_isNotTriedAgain() {
    Retries retries = retries(9, 100, 5_000);
    Failure bad = failure(Help.OTHERS, OptionalLong.empty());
    assertThat(retries.wouldFollow(bad, 1)).isFalse();
    retries.failed(bad);
    assertThat(retries.next(1)).isEmpty();
    retries.failed(bad);
    retries.failed(FAULT);
    assertThat(retries.next(2)).isPresent();
  }
}
