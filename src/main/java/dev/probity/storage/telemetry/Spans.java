package dev.probity.storage.telemetry;

import dev.probity.storage.Sql;

/**
 * Which hours and days a range is made of: whole days where there are any, hours at its ends. Times
 * in milliseconds; each span goes until before its end, and may be empty.
 */
record Spans(long from, long firstDay, long endOfDays, long to) {
  /**
   * @param fromMillis the hour that it falls into counts whole
   * @param toMillis likewise, unless it begins it
   */
  static Spans of(long fromMillis, long toMillis) {
    long from = floor(fromMillis, SumWriter.HOUR_MILLIS);
    long to = Math.max(from, ceiling(toMillis, SumWriter.HOUR_MILLIS));
    long firstDay = ceiling(from, SumWriter.DAY_MILLIS);
    long endOfDays = floor(to, SumWriter.DAY_MILLIS);
    return firstDay < endOfDays
        ? new Spans(from, firstDay, endOfDays, to)
        : new Spans(from, to, to, to);
  }

  /** The same range by hours alone. */
  Spans byHours() {
    return new Spans(from, to, to, to);
  }

  void read(Sql sql, long organization, SumTable hours, SumTable days, SumTable.Reader reader) {
    read(sql, organization, hours, from, firstDay, reader);
    read(sql, organization, days, firstDay, endOfDays, reader);
    read(sql, organization, hours, endOfDays, to, reader);
  }

  private static void read(
      Sql sql, long organization, SumTable table, long from, long to, SumTable.Reader reader) {
    if (from < to) {
      table.read(sql, organization, from, to, reader);
    }
  }

  private static long floor(long millis, long unit) {
    return millis - Math.floorMod(millis, unit);
  }

  private static long ceiling(long millis, long unit) {
    return millis > Long.MAX_VALUE - unit ? floor(millis, unit) : floor(millis + unit - 1, unit);
  }
}
