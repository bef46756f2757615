package dev.probity.storage.events;

import dev.probity.gateway.Exchange;
import dev.probity.gateway.ExchangeQuery.Filter;
import dev.probity.kernel.ExchangeId;
import dev.probity.kernel.InvalidCursorException;
import dev.probity.kernel.OrganizationId;
import dev.probity.kernel.Page;
import dev.probity.storage.Sql;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One page of the request log: walks the days and, in windows, their rows, from the newest back.
 * There are no indexes but for sessions, so a rare match could mean reading everything; the walk
 * ends after a bounded number of rows, and its cursor says where to go on.
 */
final class ExchangeScan {
  private static final int SMALLEST_WINDOW = 256;
  private static final int LARGEST_WINDOW = 8_192;

  private final EventDays days;
  private final OrganizationId organization;
  private final Filter filter;
  private final int limit;
  private final List<Exchange> found = new ArrayList<>();
  private final long lowest;

  /** Ids from here up were looked at. */
  private long upper;

  private int rowsLeft;
  private int window;

  /**
   * @param rowsToScan how many rows may be looked at
   */
  ExchangeScan(
      EventDays days,
      OrganizationId organization,
      Filter filter,
      int limit,
      Optional<String> cursor,
      int rowsToScan) {
    this.days = days;
    this.organization = organization;
    this.filter = filter;
    this.limit = limit;
    rowsLeft = rowsToScan;
    window = Math.clamp(limit + 1L, SMALLEST_WINDOW, LARGEST_WINDOW);
    lowest = idAt(filter.fromMillis(), 0);
    upper =
        Math.min(
            idAt(filter.toMillis(), Long.MAX_VALUE), cursor.map(this::id).orElse(Long.MAX_VALUE));
  }

  Page<Exchange> page() {
    for (LocalDate day : days.daysWithRows().descendingSet()) {
      long dayStart = firstId(day);
      if (dayStart < upper && firstId(day.plusDays(1)) > lowest) {
        scanDay(day, Math.max(dayStart, lowest));
      }
      if (isDone()) {
        break;
      }
    }
    if (found.size() > limit) {
      Exchange last = found.get(limit - 1);
      return new Page<>(List.copyOf(found.subList(0, limit)), Optional.of(last.id().toString()));
    }
    Optional<String> next =
        rowsLeft > 0 ? Optional.empty() : Optional.of(new ExchangeId(upper).toString());
    return new Page<>(List.copyOf(found), next);
  }

  private boolean isDone() {
    return found.size() > limit || rowsLeft <= 0;
  }

  private void scanDay(LocalDate day, long lower) {
    while (upper > lower && !isDone()) {
      // Each window by itself, so that the writer gets its turn in between.
      days.withFileIfAny(day, file -> file.read(sql -> scanWindow(sql, lower)));
      window = Math.min(window * 4, LARGEST_WINDOW);
    }
  }

  private boolean scanWindow(Sql sql, long lower) {
    if (filter.session().isPresent()) {
      // There is an index: rows of other sessions cost nothing.
      found.addAll(matches(sql, lower));
      upper = lower;
      return true;
    }
    int rows = Math.min(window, rowsLeft);
    Optional<Long> windowStart =
        sql.first(
            "SELECT id FROM exchanges WHERE id < ? AND id >= ? ORDER BY id DESC LIMIT 1 OFFSET ?",
            row -> row.getLong(1),
            upper,
            lower,
            rows - 1);
    long from = windowStart.orElse(lower);
    found.addAll(matches(sql, from));
    upper = from;
    rowsLeft -= windowStart.isPresent() ? rows : 1;
    return true;
  }

  private List<Exchange> matches(Sql sql, long from) {
    StringBuilder query = new StringBuilder("SELECT ").append(ExchangeTable.COLUMNS);
    query.append(" FROM exchanges WHERE id >= ? AND id < ? AND organization = ?");
    List<Object> parameters = new ArrayList<>(List.of(from, upper, organization.value()));
    filter
        .model()
        .ifPresent(model -> {
          query.append(" AND (requested_model = ? OR resolved_model = ?)");
          parameters.add(model);
          parameters.add(model);
        });
    equal(query, parameters, "key_id", filter.key());
    equal(query, parameters, "outcome", filter.outcome());
    equal(query, parameters, "session_id", filter.session());
    query.append(" ORDER BY id DESC LIMIT ?");
    parameters.add(limit + 1 - found.size());
    return sql.list(query.toString(), ExchangeTable::read, parameters.toArray());
  }

  private static void equal(
      StringBuilder query, List<Object> parameters, String column, Optional<String> value) {
    value.ifPresent(wanted -> {
      query.append(" AND ").append(column).append(" = ?");
      parameters.add(wanted);
    });
  }

  private long id(String cursor) {
    return ExchangeId.parse(cursor).orElseThrow(InvalidCursorException::new).value();
  }

  private static long idAt(OptionalLong millis, long otherwise) {
    return millis.isPresent() ? ExchangeId.firstAt(millis.getAsLong()).value() : otherwise;
  }

  private static long firstId(LocalDate day) {
    return ExchangeId.firstAt(day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli()).value();
  }
}
