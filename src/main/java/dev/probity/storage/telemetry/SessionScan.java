package dev.probity.storage.telemetry;

import dev.probity.kernel.InvalidCursorException;
import dev.probity.kernel.OrganizationId;
import dev.probity.kernel.Page;
import dev.probity.storage.Sql;
import dev.probity.storage.telemetry.SessionTable.Found;
import dev.probity.telemetry.sessions.SessionFilter;
import dev.probity.telemetry.sessions.SessionRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One page of sessions, walked in windows from the newest back. A rare match could mean reading
 * everything; the walk ends after a bounded number of rows, and its cursor says where to go on.
 */
final class SessionScan {
  private static final int SMALLEST_WINDOW = 256;
  private static final int LARGEST_WINDOW = 8_192;

  /** Where a row stands in the list: by its start, then by its number. */
  private record Place(long startedAtMillis, long id) {
    private static Place parse(String cursor) {
      int dot = cursor.indexOf('.');
      if (dot <= 0) {
        throw new InvalidCursorException();
      }
      try {
        return new Place(
            Long.parseLong(cursor.substring(0, dot)), Long.parseLong(cursor.substring(dot + 1)));
      } catch (NumberFormatException e) {
        throw new InvalidCursorException();
      }
    }

    private String text() {
      return startedAtMillis + "." + id;
    }

    private boolean isBefore(Place other) {
      return startedAtMillis < other.startedAtMillis
          || (startedAtMillis == other.startedAtMillis && id < other.id);
    }
  }

  private final Sql sql;
  private final OrganizationId organization;
  private final SessionFilter filter;
  private final int limit;
  private final List<Found> found = new ArrayList<>();
  private Place upper;
  private int rowsLeft;
  private int window;
  private boolean atEnd;

  /**
   * @param rowsToScan how many rows may be looked at
   */
  SessionScan(
      Sql sql,
      OrganizationId organization,
      SessionFilter filter,
      int limit,
      Optional<String> cursor,
      int rowsToScan) {
    this.sql = sql;
    this.organization = organization;
    this.filter = filter;
    this.limit = limit;
    rowsLeft = rowsToScan;
    window = Math.clamp(limit + 1L, SMALLEST_WINDOW, LARGEST_WINDOW);
    Place last = new Place(filter.toMillis().orElse(Long.MAX_VALUE), Long.MIN_VALUE);
    Place from = cursor.map(Place::parse).orElse(last);
    upper = from.isBefore(last) ? from : last;
  }

  Page<SessionRow> page() {
    while (!atEnd && found.size() <= limit && rowsLeft > 0) {
      scanWindow();
      window = Math.min(window * 4, LARGEST_WINDOW);
    }
    boolean more = found.size() > limit;
    List<SessionRow> rows = found.stream().limit(limit).map(Found::session).toList();
    if (more) {
      Found last = found.get(limit - 1);
      Place place = new Place(last.session().startedAtMillis(), last.id());
      return new Page<>(rows, Optional.of(place.text()));
    }
    return new Page<>(rows, atEnd ? Optional.empty() : Optional.of(upper.text()));
  }

  private void scanWindow() {
    Optional<Place> windowStart =
        sql.first(
            "SELECT s.started_at, s.id FROM sessions s WHERE s.organization = ?"
                + " AND (s.started_at, s.id) < (?, ?)"
                + people()
                + order()
                + " LIMIT 1 OFFSET ?",
            row -> new Place(row.getLong(1), row.getLong(2)),
            parameters(List.of(), Math.min(window, rowsLeft) - 1).toArray());
    Place from = windowStart.orElse(new Place(Long.MIN_VALUE, Long.MIN_VALUE));
    found.addAll(matches(from));
    upper = from;
    rowsLeft -= Math.min(window, rowsLeft);
    atEnd = windowStart.isEmpty();
  }

  private List<Found> matches(Place from) {
    StringBuilder query = new StringBuilder(SessionTable.SELECT);
    query.append(" WHERE s.organization = ? AND (s.started_at, s.id) < (?, ?)").append(people());
    // What names no session counts in the sums, and is none.
    query.append(" AND s.session <> ''");
    query.append(" AND (s.started_at, s.id) >= (?, ?)");
    List<Object> narrower = new ArrayList<>(List.of(from.startedAtMillis(), from.id()));
    equal(query, narrower, "agent", filter.agent());
    equal(query, narrower, "team", filter.team());
    equal(query, narrower, "repository", filter.repository());
    equal(query, narrower, "branch", filter.branch());
    filter
        .model()
        .ifPresent(model -> {
          query.append(" AND instr(char(10) || s.models || char(10), char(10) || ? || char(10))");
          narrower.add(model);
        });
    filter
        .fromMillis()
        .ifPresent(millis -> {
          query.append(" AND s.ended_at >= ?");
          narrower.add(millis);
        });
    query.append(order()).append(" LIMIT ?");
    return sql.list(
        query.toString(),
        SessionTable::read,
        parameters(narrower, limit + 1 - found.size()).toArray());
  }

  /** Everyone who was found to be the person counts. */
  private String people() {
    return filter.person().isEmpty()
        ? ""
        : " AND s.person IN (SELECT ? UNION ALL SELECT id FROM people"
            + " WHERE organization = s.organization AND merged_into = ?)";
  }

  private static String order() {
    return " ORDER BY s.started_at DESC, s.id DESC";
  }

  private List<Object> parameters(List<Object> narrower, int last) {
    List<Object> parameters =
        new ArrayList<>(List.of(organization.value(), upper.startedAtMillis(), upper.id()));
    filter
        .person()
        .ifPresent(person -> {
          parameters.add(person);
          parameters.add(person);
        });
    parameters.addAll(narrower);
    parameters.add(last);
    return parameters;
  }

  private static void equal(
      StringBuilder query, List<Object> parameters, String column, Optional<String> value) {
    value.ifPresent(wanted -> {
      query.append(" AND s.").append(column).append(" = ?");
      parameters.add(wanted);
    });
  }
}
