package dev.probity.storage.events;

import dev.probity.kernel.Expiring;
import dev.probity.kernel.Retention;
import java.time.LocalDate;

/**
 * The request log's retention: rows go first, hourly roll-ups later. A day counts as past its
 * retention when all of it is.
 */
public final class ExchangeRetention implements Expiring {
  private final EventDays days;
  private final int rowDays;
  private final int sumDays;

  /** With the days that are declared with the fields. */
  public ExchangeRetention(EventDays days) {
    this(days, Retention.REQUEST_LOG.days(), Retention.USAGE_METRIC.days());
  }

  /**
   * @param rowDays how long rows are kept
   * @param sumDays how long the hourly sums are kept; never shorter than the rows
   */
  public ExchangeRetention(EventDays days, int rowDays, int sumDays) {
    this.days = days;
    this.rowDays = rowDays;
    this.sumDays = Math.max(sumDays, rowDays);
  }

  @Override
  public String expires() {
    return "request log: rows after " + rowDays + " days, hourly sums after " + sumDays;
  }

  @Override
  public int expire(LocalDate today) {
    return dropDaysBefore(today.minusDays(sumDays)) + dropRowsBefore(today.minusDays(rowDays));
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
}
