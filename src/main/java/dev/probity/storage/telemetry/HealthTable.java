package dev.probity.storage.telemetry;

import dev.probity.kernel.KeyId;
import dev.probity.kernel.OrganizationId;
import dev.probity.storage.Sql;
import dev.probity.telemetry.Notes;
import dev.probity.telemetry.Report;
import dev.probity.telemetry.Signal;
import dev.probity.telemetry.sessions.HealthRow;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What was noticed about reports, by the hour. */
final class HealthTable {
  private static final int COUNTS = 13;
  private static final int REPORTS = 0;
  private static final int DUPLICATES = 12;
  private static final Signal[] SIGNALS = Signal.values();

  private static final String COUNT_COLUMNS =
      "reports, records, kept, ignored, rejected, dropped_attributes, dropped_content, skewed,"
          + " without_session, without_person, without_model, unpriced, duplicates";

  private static final String ADD =
      "INSERT INTO health (organization, hour, key_id, agent, client_version, signal, first_seen,"
          + " last_seen, "
          + COUNT_COLUMNS
          + ") VALUES (?"
          + ", ?".repeat(7 + COUNTS)
          + ") ON CONFLICT (organization, hour, key_id, agent, client_version, signal) DO UPDATE SET"
          + " first_seen = min(first_seen, excluded.first_seen),"
          + " last_seen = max(last_seen, excluded.last_seen), "
          + String.join(
              ", ",
              List.of(COUNT_COLUMNS.split(", ")).stream()
                  .map(column -> column + " = " + column + " + excluded." + column)
                  .toList());

  private static final String SELECT =
      "SELECT key_id, agent, client_version, signal, min(first_seen), max(last_seen), "
          + String.join(
              ", ",
              List.of(COUNT_COLUMNS.split(", ")).stream()
                  .map(column -> "sum(" + column + ")")
                  .toList())
          + " FROM health WHERE organization = ? AND hour >= ?"
          + " GROUP BY key_id, agent, client_version, signal"
          + " ORDER BY max(last_seen) DESC LIMIT ?";

  /** An answer has no more rows than this: those that reported last. */
  private static final int MOST_ROWS = 10_000;

  private record Line(
      OrganizationId organization,
      long hourMillis,
      KeyId key,
      String agent,
      String clientVersion,
      Signal signal) {}

  private static final class Sums {
    private long firstSeen = Long.MAX_VALUE;
    private long lastSeen;
    private final long[] counts = new long[COUNTS];
  }

  /** How many lines an hour of an organization has, as far as that was looked up. */
  private record Hour(OrganizationId organization, long hourMillis) {}

  private final int mostPerHour;
  private final Map<Line, Sums> batch = new HashMap<>();

  /**
   * @param mostPerHour how many lines of an hour and organization are told apart
   */
  HealthTable(int mostPerHour) {
    this.mostPerHour = mostPerHour;
  }

  void add(Report report, int duplicates) {
    long at = report.receivedAtMillis();
    Line line =
        new Line(
            report.organization(),
            at - Math.floorMod(at, SumWriter.HOUR_MILLIS),
            report.key(),
            report.agent(),
            report.clientVersion(),
            report.signal());
    Sums sums = batch.computeIfAbsent(line, _ -> new Sums());
    sums.firstSeen = Math.min(sums.firstSeen, at);
    sums.lastSeen = Math.max(sums.lastSeen, at);
    Notes notes = report.notes();
    int[] counts = {
      1,
      notes.records(),
      notes.kept(),
      notes.ignored(),
      notes.rejected(),
      notes.droppedAttributes(),
      notes.droppedContent(),
      notes.skewed(),
      notes.withoutSession(),
      notes.withoutPerson(),
      notes.withoutModel(),
      notes.unpriced(),
      duplicates
    };
    for (int i = 0; i < COUNTS; i++) {
      sums.counts[i] += counts[i];
    }
  }

  /** Writes what was added since the last time. */
  void save(Sql sql) {
    Map<Hour, Integer> lines = new HashMap<>();
    batch.forEach((line, sums) -> {
      Hour hour = new Hour(line.organization, line.hourMillis);
      int count = lines.computeIfAbsent(hour, _ -> count(sql, hour));
      boolean fold = count >= mostPerHour;
      lines.put(hour, count + 1);
      Object[] parameters = new Object[8 + COUNTS];
      parameters[0] = line.organization.value();
      parameters[1] = line.hourMillis;
      parameters[2] = line.key.value();
      parameters[3] = fold ? SumWriter.OTHER : line.agent;
      parameters[4] = fold ? SumWriter.OTHER : line.clientVersion;
      parameters[5] = line.signal.ordinal();
      parameters[6] = sums.firstSeen;
      parameters[7] = sums.lastSeen;
      for (int i = 0; i < COUNTS; i++) {
        parameters[8 + i] = sums.counts[i];
      }
      sql.update(ADD, parameters);
    });
    batch.clear();
  }

  void forget() {
    batch.clear();
  }

  static List<HealthRow> since(Sql sql, OrganizationId organization, long fromMillis) {
    return sql.list(
        SELECT,
        HealthTable::read,
        organization.value(),
        fromMillis - Math.floorMod(fromMillis, SumWriter.HOUR_MILLIS),
        MOST_ROWS);
  }

  private static int count(Sql sql, Hour hour) {
    return sql.first(
            "SELECT count(*) FROM health WHERE organization = ? AND hour = ?",
            row -> row.getInt(1),
            hour.organization.value(),
            hour.hourMillis)
        .orElse(0);
  }

  private static HealthRow read(ResultSet row) throws SQLException {
    int first = 7;
    int[] notes = new int[COUNTS];
    for (int i = REPORTS; i < DUPLICATES; i++) {
      notes[i] = (int) Math.min(row.getLong(first + i), Integer.MAX_VALUE);
    }
    return new HealthRow(
        new KeyId(row.getString(1)),
        row.getString(2),
        row.getString(3),
        SIGNALS[row.getInt(4)],
        row.getLong(5),
        row.getLong(6),
        row.getLong(first + REPORTS),
        new Notes(
            notes[1], notes[2], notes[3], notes[4], notes[5], notes[6], notes[7], notes[8],
            notes[9], notes[10], notes[11]),
        row.getLong(first + DUPLICATES));
  }
}
