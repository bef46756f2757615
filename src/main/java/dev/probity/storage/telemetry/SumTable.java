package dev.probity.storage.telemetry;

import dev.probity.storage.Sql;
import dev.probity.storage.StorageException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sums by period and dimensions. What was last written is remembered, because the same sums change
 * again and again while an hour goes on. For the writer's thread; readers only use {@link #read}.
 */
final class SumTable {
  /** How many sums are remembered: about 8 MB. */
  private static final int REMEMBERED = 20_000;

  /** Takes one sum; the bytes are those of {@link FigureBytes}. */
  interface Reader {
    void row(long period, long dimensions, byte[] figures);
  }

  private record Place(long organization, long period, long dimensions) {}

  private final String name;
  private final String select;
  private final String insert;
  private final String update;

  private final Map<Place, long[]> remembered =
      new LinkedHashMap<>(1024, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Place, long[]> eldest) {
          return size() > REMEMBERED;
        }
      };

  SumTable(String name) {
    this.name = name;
    select =
        "SELECT figures FROM " + name + " WHERE organization = ? AND period = ? AND dimensions = ?";
    insert =
        "INSERT INTO " + name + " (figures, organization, period, dimensions) VALUES (?, ?, ?, ?)";
    update =
        "UPDATE "
            + name
            + " SET figures = ? WHERE organization = ? AND period = ? AND dimensions = ?";
  }

  /** Whether there is such a sum. */
  boolean has(Sql sql, long organization, long period, long dimensions) {
    return find(sql, new Place(organization, period, dimensions)) != null;
  }

  void add(Sql sql, long organization, long period, long dimensions, long[] change) {
    Place place = new Place(organization, period, dimensions);
    long[] sum = find(sql, place);
    boolean isNew = sum == null;
    if (sum == null) {
      sum = new long[FigureBytes.COUNT];
      remembered.put(place, sum);
    }
    for (int i = 0; i < sum.length; i++) {
      sum[i] += change[i];
    }
    PreparedStatement statement = sql.kept(isNew ? insert : update);
    try {
      statement.setBytes(1, FigureBytes.pack(sum));
      bind(statement, 2, place);
      statement.executeUpdate();
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  /** How many sums a period has. */
  int count(Sql sql, long organization, long period) {
    return sql.first(
            "SELECT count(*) FROM " + name + " WHERE organization = ? AND period = ?",
            row -> row.getInt(1),
            organization,
            period)
        .orElse(0);
  }

  /** Reads the sums of periods from one on until before another. */
  void read(Sql sql, long organization, long from, long to, Reader reader) {
    sql.each(
        "SELECT period, dimensions, figures FROM "
            + name
            + " WHERE organization = ? AND period >= ? AND period < ?",
        row -> reader.row(row.getLong(1), row.getLong(2), row.getBytes(3)),
        organization,
        from,
        to);
  }

  /** Deletes the sums of periods that began before a time. */
  int deleteBefore(Sql sql, long millis) {
    remembered.keySet().removeIf(place -> place.period < millis);
    int deleted = 0;
    for (long organization : organizations(sql)) {
      deleted +=
          sql.update(
              "DELETE FROM " + name + " WHERE organization = ? AND period < ?",
              organization,
              millis);
    }
    return deleted;
  }

  /** Makes a day's sums of what is left of its hours. */
  void recount(Sql sql, long organization, long day, SumTable hours) {
    Map<Long, long[]> sums = new HashMap<>();
    hours.read(
        sql,
        organization,
        day,
        day + SumWriter.DAY_MILLIS,
        (_, id, figures) ->
            FigureBytes.addTo(sums.computeIfAbsent(id, _ -> new long[FigureBytes.COUNT]), figures));
    remembered
        .keySet()
        .removeIf(place -> place.organization == organization && place.period == day);
    sql.update("DELETE FROM " + name + " WHERE organization = ? AND period = ?", organization, day);
    sums.forEach((id, sum) -> add(sql, organization, day, id, sum));
  }

  /** Those that have sums. */
  List<Long> organizations(Sql sql) {
    return organizations(sql, name);
  }

  /** Those that have rows in a table whose key begins with them: one step in the index for each. */
  static List<Long> organizations(Sql sql, String table) {
    List<Long> organizations = new ArrayList<>();
    Optional<Long> next = firstAfter(sql, table, Long.MIN_VALUE);
    while (next.isPresent()) {
      organizations.add(next.get());
      next = firstAfter(sql, table, next.get());
    }
    return organizations;
  }

  private static Optional<Long> firstAfter(Sql sql, String table, long organization) {
    return sql.first(
        "SELECT organization FROM "
            + table
            + " WHERE organization > ? ORDER BY organization LIMIT 1",
        row -> row.getLong(1),
        organization);
  }

  void forget() {
    remembered.clear();
  }

  private long @Nullable [] find(Sql sql, Place place) {
    long[] known = remembered.get(place);
    if (known != null) {
      return known;
    }
    PreparedStatement statement = sql.kept(select);
    try {
      bind(statement, 1, place);
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          return null;
        }
        long[] sum = new long[FigureBytes.COUNT];
        FigureBytes.addTo(sum, row.getBytes(1));
        remembered.put(place, sum);
        return sum;
      }
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  private static void bind(PreparedStatement statement, int first, Place place)
      throws SQLException {
    statement.setLong(first, place.organization);
    statement.setLong(first + 1, place.period);
    statement.setLong(first + 2, place.dimensions);
  }

  private StorageException failure(SQLException cause) {
    return new StorageException(name + " cannot be used: " + cause.getMessage(), cause);
  }

  /**
   * Which hours and days a range is made of: whole days where there are any, hours at its ends.
   * Times in milliseconds; each span goes until before its end, and may be empty.
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
}
