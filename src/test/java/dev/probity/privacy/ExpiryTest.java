package dev.probity.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.kernel.Expiring;
import dev.probity.testing.FixedClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ExpiryTest {
  private final FixedClock clock = new FixedClock();
  private final List<Instant> runs = new ArrayList<>();

  @Test
  void failure_doesNotStopTheOthersAndIsTriedAgain() {
    boolean[] broken = {true};
    Expiry expiry =
        new Expiry(
            clock,
            List.of(
                expiring(now -> {
                  if (broken[0]) {
                    throw new IllegalStateException("planted");
                  }
                }),
                expiring(runs::add)));
    assertThat(expiry.runNow()).isFalse();
    assertThat(runs).containsExactly(FixedClock.START);
    broken[0] = false;
    assertThat(expiry.runNow()).isTrue();
    assertThat(runs).containsExactly(FixedClock.START, FixedClock.START);
  }

  @Test
  void start_expiresAtOnce() throws InterruptedException {
    CountDownLatch ran = new CountDownLatch(1);
    try (Expiry expiry = new Expiry(clock, List.of(expiring(now -> ran.countDown())))) {
      expiry.start();
      ran.await();
    }
  }

  @Test
  void everyRun_isToldTheTime() {
    Expiry expiry = new Expiry(clock, List.of(expiring(runs::add)));
    for (int i = 0; i < 3; i++) {
      expiry.runNow();
      clock.advance(Duration.ofMinutes(1));
    }
    assertThat(runs).hasSize(3).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void days_goWholeAndHoursToTheMillisecond() {
    Instant now = Instant.parse("2026-11-20T15:00:00.123Z");
    assertThat(KeptFor.cutoff(now, Duration.ofDays(90))).isEqualTo("2026-08-22T00:00:00Z");
    assertThat(KeptFor.cutoff(now, Duration.ofHours(24))).isEqualTo("2026-11-19T15:00:00.123Z");
  }

  @Test
  void limit_winsOverLongerTimesOnly() {
    assertThat(KeptFor.STANDARD.atMost(Duration.ofDays(90)))
        .isEqualTo(new KeptFor(Duration.ofDays(90), Duration.ofDays(90), Duration.ofDays(30)));
    assertThat(KeptFor.STANDARD.atMost(Duration.ofHours(24)))
        .isEqualTo(new KeptFor(Duration.ofDays(1), Duration.ofDays(1), Duration.ofDays(1)));
  }

  private static Expiring expiring(Consumer<Instant> step) {
    return new Expiring() {
      @Override
      public String expires() {
        return "a test's things";
      }

      @Override
      public int expire(Instant now) {
        step.accept(now);
        return 0;
      }
    };
  }
}
