package dev.probity.web.figures;

import dev.probity.gateway.ExchangeQuery.GroupBy;
import java.time.Duration;
import java.util.List;

/**
 * A stretch of time up to now, in equal steps that begin at whole hours or days in UTC.
 *
 * @param name as the URL says it
 * @param ticks how many words stand below a chart of it
 * @param groupBy the roll-up that the steps are made of
 */
public record TimeRange(
    String name, String label, Duration step, int steps, int ticks, GroupBy groupBy) {
  static final TimeRange DAY =
      new TimeRange("24h", "24 hours", Duration.ofHours(1), 24, 6, GroupBy.HOUR);
  public static final TimeRange WEEK =
      new TimeRange("7d", "7 days", Duration.ofHours(6), 28, 7, GroupBy.HOUR);
  public static final TimeRange MONTH =
      new TimeRange("30d", "30 days", Duration.ofDays(1), 30, 6, GroupBy.DAY);
  static final TimeRange QUARTER =
      new TimeRange("90d", "90 days", Duration.ofDays(1), 90, 6, GroupBy.DAY);
  public static final List<TimeRange> ALL = List.of(DAY, WEEK, MONTH, QUARTER);

  public static List<String> names() {
    return ALL.stream().map(TimeRange::name).toList();
  }

  /** The range that a URL names, which was checked to be one of {@link #names}. */
  public static TimeRange named(String name) {
    return ALL.stream()
        .filter(range -> range.name.equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(name + " (expected: " + names() + ")"));
  }

  /**
   * The end of the hour or day that is running now, in milliseconds since 1970: whole days, so that
   * the sums are the same as those of the days, unless the range is but one.
   */
  public long toMillis(long nowMillis) {
    long size = (equals(DAY) ? step : Duration.ofDays(1)).toMillis();
    return Math.floorDiv(nowMillis, size) * size + size;
  }

  /** The begin of the first step, in milliseconds since 1970. */
  public long fromMillis(long nowMillis) {
    return toMillis(nowMillis) - step.toMillis() * steps;
  }
}
