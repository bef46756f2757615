package dev.probity.telemetry.sessions;

import dev.probity.kernel.OrganizationId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

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

  /**
   * The same, told apart only as far as it is wanted: a chart by model needs no row for each
   * person, and of a large organization there are hundreds of thousands.
   *
   * @param told what remains of dimensions, such as their model alone
   */
  default List<SumRow> sums(
      OrganizationId organization,
      long fromMillis,
      long toMillis,
      Period period,
      UnaryOperator<Dimensions> told) {
    record Sum(long periodMillis, Dimensions dimensions) {}
    Map<Sum, Figures> sums = new LinkedHashMap<>();
    for (SumRow row : sums(organization, fromMillis, toMillis, period)) {
      Sum sum = new Sum(row.periodMillis(), told.apply(row.dimensions()));
      sums.merge(sum, row.figures(), Figures::plus);
    }
    List<SumRow> rows = new ArrayList<>(sums.size());
    sums.forEach((sum, figures) -> rows.add(new SumRow(sum.periodMillis, sum.dimensions, figures)));
    return rows;
  }

  /** What was added up by place between two times; empty where places are switched off. */
  List<PlaceRow> places(OrganizationId organization, long fromMillis, long toMillis);
}
