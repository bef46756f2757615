package dev.probity.web.figures;

import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.gateway.ExchangeQuery.UsageRow;
import dev.probity.kernel.Usage;
import dev.probity.testing.FixedClock;
import java.util.List;
import org.junit.jupiter.api.Test;

class FiguresTest {
  @Test
  void dollars_areAsShortAsTheyStayMeaningful() {
    assertThat(Format.usd(0)).isEqualTo("$0");
    assertThat(Format.usd(1)).isEqualTo("<$0.000001");
    assertThat(Format.usd(7_948_000)).isEqualTo("$0.0079");
    assertThat(Format.usd(84_000_000)).isEqualTo("$0.084");
    assertThat(Format.usd(100_000_000)).isEqualTo("$0.10");
    assertThat(Format.usd(1_234_567_000_000L)).isEqualTo("$1,234.57");
    assertThat(Format.exactUsd(7_948_000)).isEqualTo("$0.007948");
  }

  @Test
  void numbers_areRoundedToThreeDigits() {
    assertThat(Format.compact(999)).isEqualTo("999");
    assertThat(Format.compact(1_000)).isEqualTo("1k");
    assertThat(Format.compact(12_345)).isEqualTo("12.3k");
    assertThat(Format.compact(999_499)).isEqualTo("999k");
    assertThat(Format.compact(999_500)).isEqualTo("1M");
    assertThat(Format.compact(4_560_000_000L)).isEqualTo("4.56B");
    assertThat(Format.percent(1, 3)).isEqualTo("33.3%");
    assertThat(Format.percent(0, 0)).isEqualTo("–");
    assertThat(Format.percent(2, 2)).isEqualTo("100%");
    assertThat(Format.duration(59_940)).isEqualTo("59.9 s");
    assertThat(Format.duration(125_000)).isEqualTo("2 min 5 s");
    assertThat(Format.duration(13 * 60_000 + 5_000)).isEqualTo("13 min");
    assertThat(Format.duration(3 * 3_600_000 + 12 * 60_000)).isEqualTo("3 h 12 min");
    assertThat(Format.duration(52 * 3_600_000)).isEqualTo("2 d 4 h");
    assertThat(Format.signedUsd(-50_000_000)).isEqualTo("−$0.050");
    assertThat(Format.signedUsd(1_200_000_000)).isEqualTo("+$1.20");
    assertThat(Format.signed(-1_200)).isEqualTo("−1,200");
    assertThat(Format.bytes(1_500)).isEqualTo("1.5 kB");
  }

  @Test
  void chart_reachesItsTopAtMost() {
    for (long value : new long[] {1, 3, 5, 9, 13, 21, 29, 41, 99, 1_000, 123_456_789_012L}) {
      long top = BarChart.roundedUp(value);
      assertThat(top).isGreaterThanOrEqualTo(value).isLessThan(value * 3 + 4);
      assertThat(top % 4).isZero();
    }
    assertThat(BarChart.roundedUp(Long.MAX_VALUE)).isPositive();
    assertThat(BarChart.roundedUp(0)).isZero();
  }

  @Test
  void steps_holdEveryRollUpOfTheirTimeOnce() {
    long now = FixedClock.START.toEpochMilli();
    List<UsageRow> rows =
        List.of(
            row("2026-11-14T00:00Z", 1),
            row("2026-11-14T05:00Z", 2),
            row("2026-11-14T06:00Z", 4),
            row("2026-11-20T15:00Z", 8),
            row("2026-11-13T23:00Z", 16),
            row("2026-11-21T00:00Z", 32));

    List<Steps.Step> steps = Steps.of(TimeRange.WEEK, now, rows);

    assertThat(steps).hasSize(28);
    assertThat(steps.get(0).exchanges()).isEqualTo(3);
    assertThat(steps.get(1).exchanges()).isEqualTo(4);
    assertThat(steps.get(26).exchanges()).isEqualTo(8);
    assertThat(steps.stream().mapToLong(Steps.Step::exchanges).sum()).isEqualTo(15);
  }

  @Test
  void days_areSteppedByTheDay() {
    long now = FixedClock.START.toEpochMilli();

    List<Steps.Step> steps =
        Steps.of(TimeRange.MONTH, now, List.of(row("2026-11-20", 5), row("2026-10-22", 7)));

    assertThat(steps.getLast().exchanges()).isEqualTo(5);
    assertThat(steps.getFirst().exchanges()).isEqualTo(7);
    assertThat(Steps.chart("requests", steps).ticks()).hasSize(6);
  }

  private static UsageRow row(String group, long exchanges) {
    return new UsageRow(group, exchanges, 0, 0, Usage.NONE, 0);
  }
}
