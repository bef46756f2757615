package dev.probity.storage.telemetry;

import dev.probity.kernel.OrganizationId;
import dev.probity.storage.Sql;
import dev.probity.storage.relational.Database;
import dev.probity.telemetry.sessions.Dimensions;
import dev.probity.telemetry.sessions.Figures;
import dev.probity.telemetry.sessions.PlaceRow;
import dev.probity.telemetry.sessions.SumRow;
import dev.probity.telemetry.sessions.TelemetrySums;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The sums behind dashboards, read from those of hours and days. */
final class SqlSums implements TelemetrySums {
  private final Database agents;
  private final SumTable hours = new SumTable("sums_hours");
  private final SumTable days = new SumTable("sums_days");
  private final PlaceTable places = new PlaceTable();

  SqlSums(Database agents) {
    this.agents = agents;
  }

  /**
   * {@inheritDoc} Whole days within the range are always read as days, unless hours are asked for.
   */
  @Override
  public List<SumRow> sums(
      OrganizationId organization, long fromMillis, long toMillis, Period period) {
    Spans spans = Spans.of(fromMillis, toMillis);
    Sums sums = new Sums(period);
    return agents.read(sql -> {
      (period == Period.HOUR ? spans.byHours() : spans)
          .read(sql, organization.value(), hours, days, sums);
      return sums.rows(dimensions(sql, organization));
    });
  }

  @Override
  public List<PlaceRow> places(OrganizationId organization, long fromMillis, long toMillis) {
    return agents.read(sql -> places.read(sql, organization, fromMillis, toMillis));
  }

  /** By their numbers; people who were found to be others are those. */
  private static Map<Long, Dimensions> dimensions(Sql sql, OrganizationId organization) {
    Map<Long, Dimensions> dimensions = new HashMap<>();
    sql.each(
        """
        SELECT d.id, d.agent, d.model, coalesce(p.merged_into, d.person), d.team, d.repository,
          d.branch, d.plan
        FROM dimensions d LEFT JOIN people p ON p.id = d.person
        WHERE d.organization = ?
        """,
        row ->
            dimensions.put(
                row.getLong(1),
                new Dimensions(
                    row.getString(2),
                    row.getString(3),
                    row.getLong(4),
                    row.getString(5),
                    row.getString(6),
                    row.getString(7),
                    row.getString(8))),
        organization.value());
    return dimensions;
  }

  /** Adds up as rows come. */
  private static final class Sums implements SumTable.Reader {
    private record Sum(long period, Dimensions dimensions) {}

    private final Period period;
    private final Map<Long, Map<Long, long[]>> periods = new HashMap<>();

    private Sums(Period period) {
      this.period = period;
    }

    @Override
    public void row(long began, long dimensions, byte[] figures) {
      long at =
          switch (period) {
            case HOUR -> began;
            case DAY -> began - Math.floorMod(began, SumWriter.DAY_MILLIS);
            case WHOLE_RANGE -> 0;
          };
      FigureBytes.addTo(
          periods
              .computeIfAbsent(at, _ -> new HashMap<>())
              .computeIfAbsent(dimensions, _ -> new long[FigureBytes.COUNT]),
          figures);
    }

    private List<SumRow> rows(Map<Long, Dimensions> dimensions) {
      // Two numbers may have come to mean the same, when one person was found to be another.
      Map<Sum, Figures> rows = new HashMap<>();
      periods.forEach((at, sums) ->
          sums.forEach((id, sum) -> {
            Dimensions of = dimensions.get(id);
            if (of != null) {
              rows.merge(new Sum(at, of), Figures.of(sum), Figures::plus);
            }
          }));
      List<SumRow> result = new ArrayList<>(rows.size());
      rows.forEach((sum, figures) -> result.add(new SumRow(sum.period, sum.dimensions, figures)));
      return result;
    }
  }
}
