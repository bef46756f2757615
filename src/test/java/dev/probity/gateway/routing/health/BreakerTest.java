package dev.probity.gateway.routing.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.gateway.routing.health.Breaker.Phase;
import dev.probity.gateway.upstream.BreakerSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class BreakerTest {
  private static final long SECOND = 1_000_000_000L;

  /** Monotonic readings may well be negative. */
  private long now = -17 * SECOND;

  private final Breaker breaker = new Breaker(new BreakerSettings(3, 0.5, 10_000, 5_000), now);

  @Test
  void failuresInARow_openIt_andASuccessBetweenBeginsAnew() {
    breaker.failed(now);
    breaker.failed(now);
    breaker.served(now);
    breaker.failed(now);
    breaker.failed(now);
    assertThat(breaker.phase()).isEqualTo(Phase.CLOSED);
    breaker.failed(now);
    assertThat(breaker.phase()).isEqualTo(Phase.OPEN);
    assertThat(breaker.sinceNanos()).isEqualTo(now);
  }

  @Test
  void shareOfFailures_opensIt_onceThereAreEnoughAttempts() {
    for (int i = 0; i < 2; i++) {
      breaker.served(now);
      breaker.failed(now);
    }
    assertThat(breaker.isClosed()).isTrue();
    breaker.served(now);
    breaker.failed(now);
    assertThat(breaker.isClosed()).as("half of six failed").isFalse();
  }

  @Test
  void whatIsOlderThanTheWindow_doesNotCount() {
    for (int i = 0; i < 2; i++) {
      breaker.failed(now);
      breaker.served(now);
    }
    now += 11 * SECOND;
    for (int i = 0; i < 5; i++) {
      breaker.served(now);
    }
    breaker.failed(now);
    assertThat(breaker.isClosed()).isTrue();
  }

  @Test
  void afterThePause_oneTries_andSuccessCloses() {
    open();
    assertThat(breaker.claimTrial(now + 5 * SECOND - 1)).isFalse();
    now += 5 * SECOND;
    assertThat(breaker.isTrialDue(now)).isTrue();
    assertThat(breaker.claimTrial(now)).isTrue();
    assertThat(breaker.claimTrial(now)).isFalse();
    assertThat(breaker.phase()).isEqualTo(Phase.HALF_OPEN);
    breaker.served(now);
    assertThat(breaker.phase()).isEqualTo(Phase.CLOSED);
    breaker.failed(now);
    assertThat(breaker.isClosed()).as("old failures are forgotten").isTrue();
  }

  @Test
  void eachTrialThatFails_doublesThePause_upToFiveMinutes() {
    open();
    long since = now;
    long pause = 5 * SECOND;
    for (int i = 0; i < 12; i++) {
      now += pause;
      assertThat(breaker.isTrialDue(now - 1)).isFalse();
      assertThat(breaker.claimTrial(now)).isTrue();
      breaker.failed(now);
      assertThat(breaker.phase()).isEqualTo(Phase.OPEN);
      pause = Math.min(2 * pause, 300 * SECOND);
      assertThat(breaker.trialNanos() - now).isEqualTo(pause);
    }
    assertThat(breaker.sinceNanos()).isEqualTo(since);
  }

  @Test
  void whatBeganBeforeItOpened_neitherClosesItNorExtendsThePause() {
    open();
    long trial = breaker.trialNanos();
    breaker.served(now);
    breaker.failed(now + SECOND);
    assertThat(breaker.phase()).isEqualTo(Phase.OPEN);
    assertThat(breaker.trialNanos()).isEqualTo(trial);
  }

  @Test
  void trialOfWhichNothingIsHeard_isMadeAgain() {
    open();
    now += 5 * SECOND;
    assertThat(breaker.claimTrial(now)).isTrue();
    assertThat(breaker.claimTrial(now + 30 * SECOND - 1)).isFalse();
    assertThat(breaker.claimTrial(now + 30 * SECOND)).isTrue();
  }

  @Test
  void healthChecks_openItAndBringTheTrialForward() {
    breaker.checkFailed(now);
    assertThat(breaker.phase()).isEqualTo(Phase.OPEN);
    now += 4 * SECOND;
    breaker.checkFailed(now);
    assertThat(breaker.isTrialDue(now + SECOND)).as("kept open").isFalse();
    breaker.checkSucceeded(now + SECOND);
    assertThat(breaker.isTrialDue(now + SECOND)).isTrue();
    assertThat(breaker.phase()).as("only a call closes it").isEqualTo(Phase.OPEN);
  }

  @Test
  void ofManyThreads_oneTries() throws Exception {
    int threads = 4;
    try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
      for (int round = 0; round < 200; round++) {
        open();
        now = breaker.trialNanos();
        long at = now;
        CyclicBarrier together = new CyclicBarrier(threads);
        List<Callable<Boolean>> claims = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
          claims.add(() -> {
            together.await();
            return breaker.claimTrial(at);
          });
        }
        int claimed = 0;
        for (Future<Boolean> claim : executor.invokeAll(claims)) {
          claimed += claim.get() ? 1 : 0;
        }
        assertThat(claimed).isEqualTo(1);
        breaker.served(now);
        assertThat(breaker.isClosed()).isTrue();
      }
    }
  }

  @Test
  void countsOfManyThreads_addUp() throws Exception {
    FailureWindow window = new FailureWindow(10_000);
    try (ExecutorService executor = Executors.newFixedThreadPool(4)) {
      List<Callable<Boolean>> work = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        boolean failed = i == 0;
        work.add(() -> {
          for (int n = 0; n < 10_000; n++) {
            window.add(failed, now + n * 100_000L);
          }
          return true;
        });
      }
      for (Future<Boolean> each : executor.invokeAll(work)) {
        assertThat(each.get()).isTrue();
      }
    }
    long end = now + SECOND;
    assertThat(window.exceeds(40_000, 0.25, end)).isTrue();
    assertThat(window.exceeds(40_001, 0.25, end)).isFalse();
    assertThat(window.exceeds(40_000, 0.2501, end)).isFalse();
  }

  private void open() {
    for (int i = 0; i < 3; i++) {
      breaker.failed(now);
    }
    assertThat(breaker.phase()).isEqualTo(Phase.OPEN);
  }
}
