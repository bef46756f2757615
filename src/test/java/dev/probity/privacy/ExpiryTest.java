package dev.probity.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.kernel.Expiring;
import dev.probity.testing.FixedClock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class DailyExpiryTest {
  private final FixedClock clock = new FixedClock();
  private final List<LocalDate> runs = new ArrayList<>();

  @Test
  void failure_doesNotStopTheOthersAndIsTriedAgainOnTheSameDay() {
    boolean[] broken = {true};
    DailyExpiry expiry =
        new DailyExpiry(
            clock,
            List.of(
                expiring(today -> {
                  if (broken[0]) {
                    throw new IllegalStateException("planted");
                  }
                }),
                expiring(runs::add)));
    LocalDate today = LocalDate.of(2026, 11, 20);
    assertThat(expiry.runIfDue()).isFalse();
    assertThat(runs).containsExactly(today);
    broken[0] = false;
    assertThat(expiry.runIfDue()).isTrue();
    assertThat(expiry.runIfDue()).isFalse();
    assertThat(runs).containsExactly(today, today);
  }

  @Test
  void start_expiresAtOnce() throws InterruptedException {
    CountDownLatch ran = new CountDownLatch(1);
    try (DailyExpiry expiry = new DailyExpiry(clock, List.of(expiring(today -> ran.countDown())))) {
      expiry.start();
      ran.await();
    }
  }

  @Test
  void everyNewDay_isExpired() {
    DailyExpiry expiry = new DailyExpiry(clock, List.of(expiring(runs::add)));
    for (int i = 0; i < 3; i++) {
      expiry.runIfDue();
      clock.advance(Duration.ofDays(1));
    }
    assertThat(runs).hasSize(3).doesNotHaveDuplicates();
  }

  private static Expiring expiring(java.util.function.Consumer<LocalDate> step) {
    return new Expiring() {
      @Override
      public String expires() {
        return "a test's things";
      }

      @Override
      public int expire(LocalDate today) {
        step.accept(today);
        return 0;
      }
    };
  }
}
