package dev.probity.gateway.routing.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LatencyTest {
  private static final long MILLI = 1_000_000L;
  private static final long SECOND = 1_000 * MILLI;

  private final Latency latency = new Latency();

  @Test
  void peak_isTakenAtOnce_andForgottenSlowly() {
    long now = 5 * SECOND;
    latency.observe(200 * MILLI, now);
    latency.observe(4 * SECOND, now);
    assertThat(latency.nanos(now)).isCloseTo(4e9, within(1e6));
    latency.observe(200 * MILLI, now + SECOND);
    assertThat(latency.nanos(now + SECOND)).isBetween(3.7e9, 3.9e9);
    for (int i = 2; i < 120; i++) {
      latency.observe(200 * MILLI, now + i * SECOND);
    }
    assertThat(latency.nanos(now + 120 * SECOND)).isBetween(0.18e9, 0.35e9);
  }

  @Test
  void silence_fadesIt_soThatItIsTriedAgain() {
    latency.observe(3 * SECOND, 0);
    assertThat(latency.nanos(30 * SECOND)).isCloseTo(3e9 / Math.E, within(1e7));
    assertThat(latency.nanos(300 * SECOND)).isLessThan(1e6);
    assertThat(latency.lastNanos().orElse(0)).isCloseTo(3 * SECOND, within(MILLI));
    assertThat(latency.isFresh(59 * SECOND, 60_000)).isTrue();
    assertThat(latency.isFresh(61 * SECOND, 60_000)).isFalse();
  }

  @Test
  void failingFast_looksSlow() {
    latency.failed(0);
    assertThat(latency.nanos(0)).isCloseTo(1e9, within(1e6));
    latency.observe(3 * SECOND, 0);
    latency.failed(0);
    assertThat(latency.nanos(0)).isCloseTo(6e9, within(1e6));
    for (int i = 0; i < 10; i++) {
      latency.failed(0);
    }
    assertThat(latency.nanos(0)).isCloseTo(60e9, within(1e7));
  }

  @Test
  void clockThatBeginsAnywhere_makesNoDifference() {
    for (long start : new long[] {Long.MIN_VALUE + 7, -3, Long.MAX_VALUE / 2}) {
      Latency fresh = new Latency();
      fresh.observe(SECOND, start);
      assertThat(fresh.nanos(start + 30 * SECOND)).isCloseTo(1e9 / Math.E, within(1e7));
    }
  }
}
