package dev.probity.storage.events;

import dev.probity.kernel.Expiring;
import dev.probity.kernel.Retention;
import java.time.LocalDate;

/**
 * The request log's retention: rows go after 90 days, hourly roll-ups after 365. A day counts as
 * past its retention when all of it is.
 */
public final class ExchangeRetention implements Expiring {
  private final EventDays days;

  public ExchangeRetention(EventDays days) {
    this.days = days;
  }

  @Override
  public String expires() {
    return "request log: rows after "
        + Retention.REQUEST_LOG.days()
        + " days, hourly sums after "
        + Retention.USAGE_METRIC.days();
  }

  @Override
  public int expire(LocalDate today) {
    return dropDaysBefore(today.minusDays(Retention.USAGE_METRIC.days()))
        + dropRowsBefore(today.minusDays(Retention.REQUEST_LOG.days()));
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
