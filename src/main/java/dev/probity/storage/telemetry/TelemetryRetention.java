package dev.probity.storage.telemetry;

import dev.probity.kernel.Expiring;
import dev.probity.pricing.PriceBook;
import dev.probity.privacy.KeptFor;
import dev.probity.storage.Sql;
import dev.probity.storage.events.EventDays;
import dev.probity.telemetry.AgentEvent;
import dev.probity.telemetry.Reading;
import dev.probity.telemetry.SessionReport;
import dev.probity.telemetry.counting.SessionLedger;
import dev.probity.telemetry.counting.SumChanges;
import dev.probity.telemetry.report.ReportCodec;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The retention of what agents report: captured texts go first, then sessions, then sums, and
 * people once nothing is about them any more. The events go with the days' files; where they are
 * kept for less than two days, to the millisecond.
 */
final class TelemetryRetention implements Expiring {
  /** Before which times things go; unchanged from one day to the next where days are kept. */
  private record Cutoffs(Instant rows, Instant sums, Instant texts) {}

  private final SqlTelemetryStore.Parts parts;
  private final WriterState state;
  private final Duration sums;
  private @Nullable Cutoffs done;

  TelemetryRetention(SqlTelemetryStore.Parts parts, WriterState state) {
    this.parts = parts;
    this.state = state;
    KeptFor kept = parts.kept();
    sums =
        kept.usageMetric().compareTo(kept.requestLog()) < 0
            ? kept.requestLog()
            : kept.usageMetric();
  }

  @Override
  public String expires() {
    return "what agents report: texts after "
        + KeptFor.words(parts.kept().promptContent())
        + ", sessions and events after "
        + KeptFor.words(parts.kept().requestLog())
        + ", sums after "
        + KeptFor.words(sums);
  }

  @Override
  public synchronized int expire(Instant now) {
    Cutoffs cutoffs =
        new Cutoffs(
            KeptFor.cutoff(now, parts.kept().requestLog()),
            KeptFor.cutoff(now, sums),
            KeptFor.cutoff(now, parts.kept().promptContent()));
    if (cutoffs.equals(done)) {
      return 0;
    }
    int deleted = deleteTexts(cutoffs.texts) + deleteEvents(cutoffs.rows);
    int rows =
        state.change(
            parts.agents(),
            sql ->
                deleteRows(sql, cutoffs.rows.toEpochMilli())
                    + deleteSums(sql, cutoffs.sums.toEpochMilli()));
    if (rows > 0) {
      // What was deleted must not stay in the write-ahead log.
      parts.agents().truncateLog();
    }
    done = cutoffs;
    return deleted + rows;
  }

  private int deleteTexts(Instant time) {
    EventDays days = parts.days();
    int deleted = 0;
    for (LocalDate day : days.daysWithRows().headSet(day(time), true)) {
      deleted +=
          days.withFileIfAny(
                  day,
                  file -> file.write(sql -> BlockTable.deleteTextsBefore(sql, time.toEpochMilli())))
              .orElse(0);
    }
    return deleted;
  }

  /** Within the day that is past its time in part; those before it go as files. */
  private int deleteEvents(Instant time) {
    boolean midnight = time.equals(day(time).atStartOfDay(ZoneOffset.UTC).toInstant());
    return midnight
        ? 0
        : parts
            .days()
            .withFileIfAny(
                day(time),
                file -> file.write(sql -> BlockTable.deleteBefore(sql, time.toEpochMilli())))
            .orElse(0);
  }

  private int deleteRows(Sql sql, long cutoffMillis) {
    int deleted = 0;
    for (long organization : SumTable.organizations(sql, "sessions")) {
      deleted +=
          sql.update(
              "DELETE FROM sessions WHERE organization = ? AND started_at < ? AND ended_at < ?",
              organization,
              cutoffMillis,
              cutoffMillis);
    }
    for (long organization : SumTable.organizations(sql, "health")) {
      deleted +=
          sql.update(
              "DELETE FROM health WHERE organization = ? AND hour < ?", organization, cutoffMillis);
    }
    deleted += sql.update("DELETE FROM gateway_sessions WHERE last_seen < ?", cutoffMillis);
    state.sessions.removeIf(session -> session.ledger.endedAtMillis() < cutoffMillis);
    return deleted + shortenSessions(sql, cutoffMillis);
  }

  private int deleteSums(Sql sql, long cutoffMillis) {
    int deleted =
        state.sums.deleteBefore(sql, cutoffMillis) + state.places.deleteBefore(sql, cutoffMillis);
    state.people.within(sql);
    int people = state.people.deleteForgotten();
    if (people > 0) {
      state.resolver.forget();
    }
    return deleted + people;
  }

  /**
   * Counts sessions anew that go on but began before a time, from the events that are left; only
   * where those go to the millisecond, because whole days are destroyed later than this runs.
   */
  private int shortenSessions(Sql sql, long cutoffMillis) {
    if (Math.floorMod(cutoffMillis, SumWriter.DAY_MILLIS) == 0) {
      return 0;
    }
    record Old(long id, long ref, long endedAtMillis, long person) {}
    int shortened = 0;
    for (long organization : SumTable.organizations(sql, "sessions")) {
      List<Old> sessions =
          sql.list(
              "SELECT id, ref, ended_at, person FROM sessions WHERE organization = ?"
                  + " AND started_at < ?",
              row -> new Old(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)),
              organization,
              cutoffMillis);
      for (Old old : sessions) {
        SessionLedger ledger = SessionLedger.begin();
        for (LocalDate day : days(cutoffMillis, old.endedAtMillis)) {
          parts
              .days()
              .withFileIfAny(
                  day, file -> file.read(days -> recount(days, old.id, old.person, ledger)));
        }
        if (ledger.endedAtMillis() == 0) {
          sql.update("DELETE FROM sessions WHERE id = ?", old.id);
        }
        SessionTable.load(sql, old.ref)
            .map(session -> session.recounted(ledger))
            .ifPresent(session -> SessionTable.save(sql, session));
        shortened++;
      }
      state.sessions.removeIf(session -> session.ledger.startedAtMillis() < cutoffMillis);
    }
    return shortened;
  }

  private boolean recount(Sql sql, long session, long person, SessionLedger ledger) {
    PriceBook prices = parts.prices().get();
    long[] figures = new long[FigureBytes.COUNT];
    SumChanges nowhere = (_, _) -> figures;
    sql.each(
        "SELECT block FROM agent_blocks WHERE session = ? ORDER BY id",
        row -> {
          SessionReport report = ReportCodec.decodeSession(row.getBytes(1));
          for (AgentEvent event : report.events()) {
            ledger.count(report.facts(), person, event, nowhere);
          }
          for (Reading reading : report.readings()) {
            ledger.count(report.facts(), person, reading, report.provider(), prices, nowhere);
          }
        },
        session);
    return true;
  }

  private List<LocalDate> days(long fromMillis, long toMillis) {
    return parts.days().daysWithRows().stream()
        .filter(day ->
            day.toEpochDay() >= Math.floorDiv(fromMillis, SumWriter.DAY_MILLIS)
                && day.toEpochDay() <= Math.floorDiv(toMillis, SumWriter.DAY_MILLIS))
        .toList();
  }

  private static LocalDate day(Instant time) {
    return LocalDate.ofInstant(time, ZoneOffset.UTC);
  }
}
