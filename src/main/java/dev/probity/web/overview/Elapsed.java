package dev.probity.web.overview;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.List;

/**
 * A day, week or month that is running, and the same part of the one before it. All in UTC, because
 * sums are kept by UTC hours; only hours that are over are compared.
 *
 * @param label such as {@code This week}
 * @param before what the one before is called
 * @param fromMillis when it began
 * @param untilMillis the end of its last full hour
 * @param beforeFromMillis when the one before began
 * @param beforeUntilMillis when as much of that had passed
 */
record Elapsed(
    String label,
    String before,
    long fromMillis,
    long untilMillis,
    long beforeFromMillis,
    long beforeUntilMillis) {
  private static final long HOUR = 3_600_000;

  static List<Elapsed> at(long nowMillis) {
    LocalDate today = Instant.ofEpochMilli(nowMillis).atOffset(ZoneOffset.UTC).toLocalDate();
    LocalDate monday = today.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    LocalDate first = today.withDayOfMonth(1);
    return List.of(
        of("Today", "yesterday", today, today.minusDays(1), nowMillis),
        of("This week", "last week", monday, monday.minusWeeks(1), nowMillis),
        of("This month", "last month", first, first.minusMonths(1), nowMillis));
  }

  private static Elapsed of(
      String label, String before, LocalDate from, LocalDate beforeFrom, long nowMillis) {
    long begin = millis(from);
    long until = nowMillis / HOUR * HOUR;
    long beforeBegin = millis(beforeFrom);
    // The month before may be shorter than what has passed of this one.
    return new Elapsed(
        label, before, begin, until, beforeBegin, Math.min(begin, beforeBegin + until - begin));
  }

  private static long millis(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
  }

  /** The end of the hour that is running. */
  static long endOfHour(long nowMillis) {
    return nowMillis / HOUR * HOUR + HOUR;
  }
}
