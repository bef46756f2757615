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
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

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
    return sums(organization, fromMillis, toMillis, period, UnaryOperator.identity());
  }

  /** {@inheritDoc} What is not wanted is never held. */
  @Override
  public List<SumRow> sums(
      OrganizationId organization,
      long fromMillis,
      long toMillis,
      Period period,
      UnaryOperator<Dimensions> told) {
    SumTable.Spans spans = SumTable.Spans.of(fromMillis, toMillis);
    return agents.read(sql -> {
      Sums sums = new Sums(period, groups(sql, organization, told));
      (period == Period.HOUR ? spans.byHours() : spans)
          .read(sql, organization.value(), hours, days, sums);
      return sums.rows();
    });
  }

  @Override
  public List<PlaceRow> places(OrganizationId organization, long fromMillis, long toMillis) {
    return agents.read(sql -> places.read(sql, organization, fromMillis, toMillis));
  }

  /**
   * What each number of dimensions counts for; numbers with equal ones share an object. People who
   * were found to be others are those.
   */
  private static Map<Long, Dimensions> groups(
      Sql sql, OrganizationId organization, UnaryOperator<Dimensions> told) {
    Map<Long, Dimensions> groups = new HashMap<>();
    Map<Dimensions, Dimensions> shared = new HashMap<>();
    sql.each(
        """
        SELECT d.id, d.agent, d.model, coalesce(p.merged_into, d.person), d.team, d.repository,
          d.branch, d.plan
        FROM dimensions d LEFT JOIN people p ON p.id = d.person
        WHERE d.organization = ?
        """,
        row -> {
          Dimensions group =
              told.apply(
                  new Dimensions(
                      row.getString(2),
                      row.getString(3),
                      row.getLong(4),
                      row.getString(5),
                      row.getString(6),
                      row.getString(7),
                      row.getString(8)));
          groups.put(row.getLong(1), shared.computeIfAbsent(group, same -> same));
        },
        organization.value());
    return groups;
  }

  /** Adds up as rows come. */
  private static final class Sums implements SumTable.Reader {
    private final Period period;
    private final Map<Long, Dimensions> groups;
    private final Map<Long, Map<Dimensions, long[]>> periods = new TreeMap<>();

    private Sums(Period period, Map<Long, Dimensions> groups) {
      this.period = period;
      this.groups = groups;
    }

    @Override
    public void row(long began, long dimensions, byte[] figures) {
      long at =
          switch (period) {
            case HOUR -> began;
            case DAY -> began - Math.floorMod(began, SumWriter.DAY_MILLIS);
            case WHOLE_RANGE -> 0;
          };
      Dimensions group = groups.get(dimensions);
      if (group != null) {
        FigureBytes.addTo(
            periods
                .computeIfAbsent(at, _ -> new IdentityHashMap<>())
                .computeIfAbsent(group, _ -> new long[FigureBytes.COUNT]),
            figures);
      }
    }

    /** The earliest first. */
    private List<SumRow> rows() {
      List<SumRow> rows = new ArrayList<>();
      periods.forEach((at, sums) ->
          sums.forEach((group, sum) -> rows.add(new SumRow(at, group, Figures.of(sum)))));
      return rows;
    }
  }
}
