package dev.probity.storage.telemetry;

import dev.probity.kernel.OrganizationId;
import dev.probity.storage.Sql;
import dev.probity.telemetry.Place;
import dev.probity.telemetry.sessions.Figures;
import dev.probity.telemetry.sessions.PlaceRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Sums by place and agent. */
final class PlaceTable {
  private record Sum(OrganizationId organization, Place place, String agent, long hourMillis) {}

  private final SumTable hours = new SumTable("place_hours");
  private final SumTable days = new SumTable("place_days");
  private final Map<Sum, long[]> batch = new HashMap<>();

  /** When a place was last heard of; of hours, that is not exact enough for a live map. */
  private final Map<Sum, Long> lastSeen = new HashMap<>();

  /**
   * @param hourMillis when the hour began
   */
  void add(OrganizationId organization, Place place, String agent, long hourMillis, long[] change) {
    Sum sum = new Sum(organization, place, agent, hourMillis);
    long[] figures = batch.computeIfAbsent(sum, _ -> new long[FigureBytes.COUNT]);
    for (int i = 0; i < figures.length; i++) {
      figures[i] += change[i];
    }
  }

  void seen(OrganizationId organization, Place place, String agent, long atMillis) {
    lastSeen.merge(new Sum(organization, place, agent, 0), atMillis, Math::max);
  }

  /** Writes what was added since the last time. */
  void save(Sql sql) {
    lastSeen.forEach((sum, at) -> intern(sql, sum, at));
    batch.forEach((sum, change) -> {
      long id = intern(sql, sum, sum.hourMillis);
      long organization = sum.organization.value();
      long day = sum.hourMillis - Math.floorMod(sum.hourMillis, SumWriter.DAY_MILLIS);
      hours.add(sql, organization, sum.hourMillis, id, change);
      days.add(sql, organization, day, id, change);
    });
    lastSeen.clear();
    batch.clear();
  }

  /** Deletes what happened before a time; of the hour that it falls into, everything. */
  int deleteBefore(Sql sql, long cutoffMillis) {
    long day = cutoffMillis - Math.floorMod(cutoffMillis, SumWriter.DAY_MILLIS);
    int deleted = hours.deleteBefore(sql, cutoffMillis);
    if (deleted > 0 && day < cutoffMillis) {
      days.organizations(sql).forEach(organization -> days.recount(sql, organization, day, hours));
    }
    deleted += days.deleteBefore(sql, day);
    return deleted + sql.update("DELETE FROM places WHERE last_seen < ?", cutoffMillis);
  }

  void forget() {
    hours.forget();
    days.forget();
    batch.clear();
    lastSeen.clear();
  }

  List<PlaceRow> read(Sql sql, OrganizationId organization, long fromMillis, long toMillis) {
    Map<Long, long[]> sums = new HashMap<>();
    SumTable.Reader reader =
        (_, id, figures) ->
            FigureBytes.addTo(sums.computeIfAbsent(id, _ -> new long[FigureBytes.COUNT]), figures);
    SumTable.Spans.of(fromMillis, toMillis).read(sql, organization.value(), hours, days, reader);
    List<PlaceRow> rows = new ArrayList<>();
    sql.each(
        "SELECT id, country, city, latitude, longitude, agent, last_seen FROM places"
            + " WHERE organization = ?",
        row -> {
          long[] sum = sums.get(row.getLong(1));
          if (sum != null) {
            Place place =
                new Place(row.getString(2), row.getString(3), row.getInt(4), row.getInt(5));
            long lastSeenMillis = Math.min(row.getLong(7), toMillis - 1);
            rows.add(new PlaceRow(place, row.getString(6), lastSeenMillis, Figures.of(sum)));
          }
        },
        organization.value());
    return rows;
  }

  private static long intern(Sql sql, Sum sum, long atMillis) {
    return sql.first(
            """
            INSERT INTO places (organization, country, city, latitude, longitude, agent, last_seen)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (organization, country, city, agent) DO UPDATE SET
              last_seen = max(last_seen, excluded.last_seen)
            RETURNING id
            """,
            row -> row.getLong(1),
            sum.organization.value(),
            sum.place.country(),
            sum.place.city(),
            sum.place.latitude(),
            sum.place.longitude(),
            sum.agent,
            atMillis)
        .orElseThrow();
  }
}
