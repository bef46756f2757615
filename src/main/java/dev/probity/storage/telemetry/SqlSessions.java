package dev.probity.storage.telemetry;

import dev.probity.kernel.OrganizationId;
import dev.probity.kernel.Page;
import dev.probity.storage.Sql;
import dev.probity.storage.events.EventDays;
import dev.probity.storage.relational.Database;
import dev.probity.telemetry.AgentEvent;
import dev.probity.telemetry.CapturedText;
import dev.probity.telemetry.SessionReport;
import dev.probity.telemetry.report.ReportCodec;
import dev.probity.telemetry.sessions.SessionFilter;
import dev.probity.telemetry.sessions.SessionQuery;
import dev.probity.telemetry.sessions.SessionRow;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SortedSet;
import java.util.function.Consumer;

/** Questions about sessions: rows from the file of agents, events from the days' files. */
final class SqlSessions implements SessionQuery {
  private static final int LARGEST_PAGE = 1_000;
  private static final int ROWS_TO_SCAN = 50_000;
  private static final int MOST_FOUND = 100;
  private static final int BLOCKS_AT_ONCE = 200;

  private final Database agents;
  private final EventDays days;
  private final int rowsToScan;

  SqlSessions(Database agents, EventDays days) {
    this(agents, days, ROWS_TO_SCAN);
  }

  SqlSessions(Database agents, EventDays days, int rowsToScan) {
    this.agents = agents;
    this.days = days;
    this.rowsToScan = rowsToScan;
  }

  /**
   * {@inheritDoc} A page may be short, or empty, and still have a cursor: a filter that matches
   * rarely is answered in steps.
   *
   * @param limit at most 1,000
   */
  @Override
  public Page<SessionRow> list(
      OrganizationId organization, SessionFilter filter, int limit, Optional<String> cursor) {
    int size = Math.clamp(limit, 1, LARGEST_PAGE);
    return agents.read(
        sql -> new SessionScan(sql, organization, filter, size, cursor, rowsToScan).page());
  }

  @Override
  public List<SessionRow> find(OrganizationId organization, String session) {
    if (session.isEmpty()) {
      return List.of();
    }
    return agents.read(sql ->
        sql.list(
            SessionTable.SELECT
                + " WHERE s.organization = ? AND s.session = ? AND s.session <> ''"
                + " ORDER BY s.started_at DESC LIMIT ?",
            row -> SessionTable.read(row).session(),
            organization.value(),
            session,
            MOST_FOUND));
  }

  @Override
  public List<AgentEvent> events(OrganizationId organization, long ref, int limit) {
    List<AgentEvent> events = new ArrayList<>();
    span(organization, ref)
        .ifPresent(span -> {
          for (LocalDate day : span.days(days)) {
            if (events.size() < limit) {
              days.withFileIfAny(
                  day, file -> file.read(sql -> addEvents(sql, span, events, limit)));
            }
          }
        });
    return events;
  }

  @Override
  public List<CapturedText> texts(OrganizationId organization, long ref, int limit) {
    List<CapturedText> texts = new ArrayList<>();
    span(organization, ref)
        .ifPresent(span -> {
          for (LocalDate day : span.days(days)) {
            int left = limit - texts.size();
            if (left > 0) {
              days.withFileIfAny(
                  day,
                  file -> file.read(sql -> texts.addAll(BlockTable.texts(sql, span.id, left))));
            }
          }
        });
    return texts;
  }

  @Override
  public void between(
      OrganizationId organization,
      long fromMillis,
      long toMillis,
      Consumer<SessionReport> consumer) {
    if (fromMillis >= toMillis) {
      return;
    }
    Span range = new Span(0, fromMillis, toMillis - 1);
    for (LocalDate day : range.days(days)) {
      long after = -1;
      while (after < Long.MAX_VALUE) {
        long from = after;
        // Some blocks at a time, so that the writer gets its turn and memory is bounded.
        List<Part> parts =
            days.withFileIfAny(
                    day,
                    file -> file.read(sql -> parts(sql, organization, fromMillis, toMillis, from)))
                .orElse(List.of());
        for (Part part : parts) {
          consumer.accept(part.report(fromMillis, toMillis));
        }
        after = parts.size() < BLOCKS_AT_ONCE ? Long.MAX_VALUE : parts.getLast().id;
      }
    }
  }

  /** A session's number in the days' files, and the time that it spans. */
  private record Span(long id, long firstMillis, long lastMillis) {
    /** Those of the days whose rows are kept. */
    private SortedSet<LocalDate> days(EventDays days) {
      return days.daysWithRows().subSet(day(firstMillis), true, day(lastMillis), true);
    }

    private static LocalDate day(long millis) {
      return LocalDate.ofEpochDay(Math.floorDiv(millis, SumWriter.DAY_MILLIS));
    }
  }

  private Optional<Span> span(OrganizationId organization, long ref) {
    return agents.read(sql ->
        sql.first(
            "SELECT id, started_at, ended_at FROM sessions WHERE ref = ? AND organization = ?",
            row -> new Span(row.getLong(1), row.getLong(2), row.getLong(3)),
            ref,
            organization.value()));
  }

  /**
   * Adds a day's events in the order of time. Blocks overlap only a little, so an event is next
   * when no block that is still to come begins before it.
   */
  private static boolean addEvents(Sql sql, Span span, List<AgentEvent> events, int limit) {
    record Head(long id, long firstMillis) {}
    List<Head> heads =
        sql.list(
            "SELECT id, first_at FROM agent_blocks WHERE session = ? ORDER BY first_at, id",
            row -> new Head(row.getLong(1), row.getLong(2)),
            span.id);
    record Next(AgentEvent event, long number) {}
    PriorityQueue<Next> next =
        new PriorityQueue<>(
            Comparator.<Next>comparingLong(it -> it.event.atMillis())
                .thenComparingLong(Next::number));
    long[] number = {0};
    for (Head head : heads) {
      while (!next.isEmpty() && next.element().event.atMillis() < head.firstMillis) {
        events.add(next.remove().event);
      }
      if (events.size() >= limit) {
        break;
      }
      sql.first("SELECT block FROM agent_blocks WHERE id = ?", row -> row.getBytes(1), head.id)
          .ifPresent(block ->
              ReportCodec.decodeSession(block)
                  .events()
                  .forEach(event -> next.add(new Next(event, number[0]++))));
    }
    while (!next.isEmpty() && events.size() < limit) {
      events.add(next.remove().event);
    }
    while (events.size() > limit) {
      events.removeLast();
    }
    return true;
  }

  /** A block, and the captured texts that came with it. */
  private record Part(long id, byte[] block, List<CapturedText> texts) {
    private SessionReport report(long fromMillis, long toMillis) {
      return Times.between(ReportCodec.decodeSession(block), fromMillis, toMillis, texts);
    }
  }

  private static List<Part> parts(
      Sql sql, OrganizationId organization, long fromMillis, long toMillis, long after) {
    return sql.list(
        "SELECT id, block FROM agent_blocks WHERE id > ? AND organization = ? AND first_at < ?"
            + " AND last_at >= ? ORDER BY id LIMIT ?",
        row -> new Part(row.getLong(1), row.getBytes(2), BlockTable.textsOf(sql, row.getLong(1))),
        after,
        organization.value(),
        toMillis,
        fromMillis,
        BLOCKS_AT_ONCE);
  }
}
