package dev.probity.storage.events;

import dev.probity.kernel.ExchangeId;
import dev.probity.kernel.Expiring;
import dev.probity.privacy.KeptFor;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * The request log's retention: rows go first, hourly roll-ups later. Where a class is kept for less
 * than two days, rows go to the millisecond, and roll-ups once their hour began too long ago.
 */
public final class ExchangeRetention implements Expiring {
  private final EventDays days;
  private final Duration rows;
  private final Duration sums;

  /**
   * @param kept roll-ups are never kept shorter than rows
   */
  public ExchangeRetention(EventDays days, KeptFor kept) {
    this.days = days;
    rows = kept.requestLog();
    sums = kept.usageMetric().compareTo(rows) < 0 ? rows : kept.usageMetric();
  }

  @Override
  public String expires() {
    return "request log: rows after "
        + KeptFor.words(rows)
        + ", hourly sums after "
        + KeptFor.words(sums);
  }

  @Override
  public int expire(Instant now) {
    Instant sumsFrom = KeptFor.cutoff(now, sums);
    Instant rowsFrom = KeptFor.cutoff(now, rows);
    return dropDaysBefore(day(sumsFrom))
        + dropRowsBefore(day(rowsFrom))
        + deleteSumsBefore(sumsFrom)
        + deleteRowsBefore(rowsFrom);
  }

  /**
   * Destroys days with all that is in them.
   *
   * @return how many
   */
  public int dropDaysBefore(LocalDate day) {
    int dropped = 0;
    for (LocalDate old : days.days().headSet(day)) {
      dropped += days.drop(old) ? 1 : 0;
    }
    return dropped;
  }

  /**
   * Destroys the rows of days; their roll-ups stay.
   *
   * @return of how many days
   */
  public int dropRowsBefore(LocalDate day) {
    int dropped = 0;
    for (LocalDate old : days.days().headSet(day)) {
      dropped += days.dropRows(old) ? 1 : 0;
    }
    return dropped;
  }

  /** Within the day that is past its time in part. */
  private int deleteRowsBefore(Instant time) {
    return isMidnight(time)
        ? 0
        : delete(
            time, "DELETE FROM exchanges WHERE id < ?", ExchangeId.firstAt(millis(time)).value());
  }

  /** Likewise; an hour goes whole. */
  private int deleteSumsBefore(Instant time) {
    return isMidnight(time)
        ? 0
        : delete(time, "DELETE FROM exchange_hours WHERE hour < ?", millis(time));
  }

  private int delete(Instant time, String change, long before) {
    return days.withFileIfAny(day(time), file -> file.write(sql -> sql.update(change, before)))
        .orElse(0);
  }

  private static boolean isMidnight(Instant time) {
    return time.equals(day(time).atStartOfDay(ZoneOffset.UTC).toInstant());
  }

  private static LocalDate day(Instant time) {
    return LocalDate.ofInstant(time, ZoneOffset.UTC);
  }

  private static long millis(Instant time) {
    return time.toEpochMilli();
  }
}
