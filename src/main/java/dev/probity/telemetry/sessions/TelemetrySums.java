package dev.probity.telemetry.sessions;

import dev.probity.kernel.OrganizationId;
import java.util.List;

/** The sums behind dashboards. */
public interface TelemetrySums {
  /** How finely time is told apart in an answer. */
  enum Period {
    HOUR,
    DAY,
    WHOLE_RANGE
  }

  /**
   * What was added up between two times. Whole hours; whole UTC days where the range is longer than
   * 48 hours and both ends fall on midnight, which is what makes months quick.
   *
   * @param fromMillis inclusive
   * @param toMillis exclusive
   */
  List<SumRow> sums(OrganizationId organization, long fromMillis, long toMillis, Period period);

  /** What was added up by place between two times; empty where places are switched off. */
  List<PlaceRow> places(OrganizationId organization, long fromMillis, long toMillis);
}
