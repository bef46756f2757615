package dev.probity.web.figures;

import dev.probity.gateway.ExchangeQuery.UsageRow;
import dev.probity.kernel.Usage;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;

/** The steps of a {@link TimeRange} with what happened in each, those without anything too. */
public final class Steps {
  private static final DateTimeFormatter DAY = format("d MMM");
  private static final DateTimeFormatter HOUR = format("HH:mm");
  private static final DateTimeFormatter FULL = format("d MMM yyyy, HH:mm 'UTC'");
  private static final DateTimeFormatter FULL_DAY = format("d MMM yyyy");

  private Steps() {}

  /**
   * One step.
   *
   * @param untilMillis exclusive
   */
  public record Step(
      TimeRange range,
      long fromMillis,
      long untilMillis,
      long exchanges,
      Usage usage,
      long nanoUsd) {
    Step plus(UsageRow row) {
      return new Step(
          range,
          fromMillis,
          untilMillis,
          exchanges + row.exchanges(),
          usage.plus(row.usage()),
          nanoUsd + row.chargeNanoUsd());
    }
  }

  /** The steps up to now, filled from roll-ups of the range's {@link TimeRange#groupBy}. */
  public static List<Step> of(TimeRange range, long nowMillis, List<UsageRow> rows) {
    long from = range.fromMillis(nowMillis);
    long size = range.step().toMillis();
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < range.steps(); i++) {
      long begins = from + i * size;
      steps.add(new Step(range, begins, begins + size, 0, Usage.NONE, 0));
    }
    for (UsageRow row : rows) {
      int index = (int) Math.floorDiv(begin(row.group()) - from, size);
      if (index >= 0 && index < steps.size()) {
        steps.set(index, steps.get(index).plus(row));
      }
    }
    return steps;
  }

  /**
   * Bars of one metric.
   *
   * @param metric {@code spend}, {@code requests} or {@code tokens}
   */
  public static BarChart chart(String metric, List<Step> steps) {
    return switch (metric) {
      case "requests" -> chart("Requests", steps, Step::exchanges, Format::compact);
      case "tokens" -> chart("Tokens", steps, step -> step.usage.total(), Format::compact);
      default -> chart("Spend", steps, Step::nanoUsd, Format::usd);
    };
  }

  /** Where a bar leads to. */
  public interface StepLink {
    String of(long fromMillis, long untilMillis);
  }

  /**
   * Bars of any values.
   *
   * @param values by the time of the hour or day that they belong to
   */
  public static BarChart chart(
      String title,
      TimeRange range,
      long nowMillis,
      Map<Long, Long> values,
      LongFunction<String> format,
      StepLink link) {
    long from = range.fromMillis(nowMillis);
    long size = range.step().toMillis();
    long[] sums = new long[range.steps()];
    values.forEach((at, value) -> {
      int index = (int) Math.floorDiv(at - from, size);
      if (index >= 0 && index < sums.length) {
        sums[index] += value;
      }
    });
    List<BarChart.Point> points = new ArrayList<>();
    for (int i = 0; i < sums.length; i++) {
      long begins = from + i * size;
      points.add(
          new BarChart.Point(
              label(range, begins),
              tick(range, begins),
              Math.max(0, sums[i]),
              link.of(begins, begins + size)));
    }
    return BarChart.of(title, points, range.ticks(), format);
  }

  private static BarChart chart(
      String title, List<Step> steps, ToLongFunction<Step> value, LongFunction<String> format) {
    return BarChart.of(
        title,
        steps.stream()
            .map(step ->
                new BarChart.Point(
                    label(step.range, step.fromMillis),
                    tick(step.range, step.fromMillis),
                    value.applyAsLong(step),
                    "/exchanges?from=" + step.fromMillis + "&to=" + step.untilMillis))
            .toList(),
        steps.getFirst().range.ticks(),
        format);
  }

  private static String label(TimeRange range, long fromMillis) {
    Instant from = Instant.ofEpochMilli(fromMillis);
    return range.step().toHours() < 24 ? FULL.format(from) : FULL_DAY.format(from);
  }

  private static String tick(TimeRange range, long fromMillis) {
    Instant from = Instant.ofEpochMilli(fromMillis);
    return range.equals(TimeRange.DAY) ? HOUR.format(from) : DAY.format(from);
  }

  /** When a roll-up's group begins: {@code 2026-11-20} or {@code 2026-11-20T15:00Z}. */
  private static long begin(String group) {
    return group.indexOf('T') < 0
        ? LocalDate.parse(group).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli()
        : OffsetDateTime.parse(group).toInstant().toEpochMilli();
  }

  private static DateTimeFormatter format(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(ZoneOffset.UTC);
  }
}
