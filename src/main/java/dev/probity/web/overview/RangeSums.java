package dev.probity.web.overview;

import dev.probity.http.Parameters;
import dev.probity.kernel.OrganizationId;
import dev.probity.telemetry.sessions.Figures;
import dev.probity.telemetry.sessions.SumRow;
import dev.probity.telemetry.sessions.TelemetrySums;
import dev.probity.telemetry.sessions.TelemetrySums.Period;
import dev.probity.web.sessions.Marginals;
import dev.probity.web.sessions.SessionParameters;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Sums of what one request's filters let through; each stretch of time is asked for once. */
final class RangeSums {
  private static final long DAY = 24 * 3_600_000L;

  private final TelemetrySums sums;
  private final OrganizationId organization;
  private final Parameters filters;
  private final Map<List<Long>, Figures> known = new HashMap<>();

  RangeSums(TelemetrySums sums, OrganizationId organization, Parameters filters) {
    this.sums = sums;
    this.organization = organization;
    this.filters = filters;
  }

  List<SumRow> rows(long fromMillis, long toMillis, Period period) {
    return sums.sums(organization, fromMillis, toMillis, period).stream()
        .filter(row -> SessionParameters.matches(filters, row.dimensions()))
        .toList();
  }

  /**
   * From a midnight on. Whole days and the hours after them are asked for apart: days are quick.
   */
  Figures total(long fromMidnightMillis, long toMillis) {
    long midnight = toMillis / DAY * DAY;
    return midnight <= fromMidnightMillis
        ? once(fromMidnightMillis, toMillis)
        : once(fromMidnightMillis, midnight).plus(once(midnight, toMillis));
  }

  private Figures once(long from, long to) {
    return from >= to
        ? Figures.NONE
        : known.computeIfAbsent(
            List.of(from, to), range -> Marginals.total(rows(from, to, Period.WHOLE_RANGE)));
  }
}
