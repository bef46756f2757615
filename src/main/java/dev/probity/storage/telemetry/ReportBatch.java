package dev.probity.storage.telemetry;

import dev.probity.journal.JournalEntry;
import dev.probity.kernel.KeyId;
import dev.probity.kernel.OrganizationId;
import dev.probity.pricing.PriceBook;
import dev.probity.privacy.KeptFor;
import dev.probity.storage.Sql;
import dev.probity.storage.telemetry.BlockTable.Block;
import dev.probity.telemetry.AgentEvent;
import dev.probity.telemetry.CapturedText;
import dev.probity.telemetry.Place;
import dev.probity.telemetry.Reading;
import dev.probity.telemetry.Report;
import dev.probity.telemetry.SessionFacts;
import dev.probity.telemetry.SessionReport;
import dev.probity.telemetry.Stored;
import dev.probity.telemetry.counting.SumChanges;
import dev.probity.telemetry.report.ReportCodec;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Takes one batch of reports in: decides what is new, counts it, and writes it. */
final class ReportBatch {
  private final Sql sql;
  private final long committed;
  private final SqlTelemetryStore.Parts parts;
  private final WriterState state;
  private final PriceBook prices;
  private final long keptFromMillis;
  private final HourChanges changes = new HourChanges();
  private final Map<Long, List<Block>> blocksByDay = new TreeMap<>();
  private final List<News> news = new ArrayList<>();

  // Of the report that is being taken in.
  private long nextBlockId;
  private long nextTextId;
  private int duplicates;

  /**
   * @param committed up to where the journal was taken in before
   */
  ReportBatch(Sql sql, long committed, SqlTelemetryStore.Parts parts, WriterState state) {
    this.sql = sql;
    this.committed = committed;
    this.parts = parts;
    this.state = state;
    prices = parts.prices().get();
    keptFromMillis =
        KeptFor.cutoff(parts.clock().instant(), parts.kept().requestLog()).toEpochMilli();
    state.people.within(sql);
  }

  /** What is new; made into what live pages are told only if somebody listens. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record News(
      OrganizationId organization,
      KeyId key,
      long ref,
      long person,
      Optional<Place> place,
      byte[] bytes,
      List<CapturedText> texts) {
    Stored stored() {
      SessionReport said = ReportCodec.decodeSession(bytes);
      SessionReport whole =
          new SessionReport(said.facts(), said.provider(), said.events(), said.readings(), texts);
      return new Stored(organization, key, ref, person, place, whole);
    }
  }

  List<News> news() {
    return news;
  }

  void take(JournalEntry entry) {
    Report report = ReportCodec.decode(entry.payload());
    List<ReportCodec.Block> blocks = ReportCodec.blocks(entry.payload());
    nextBlockId = entry.position();
    nextTextId = entry.position();
    duplicates = 0;
    for (int i = 0; i < blocks.size(); i++) {
      take(report, report.sessions().get(i), blocks.get(i));
    }
    state.health.add(report, duplicates);
  }

  /** Writes the events into the days' files, and everything else into this transaction. */
  void save() {
    blocksByDay.forEach((epochDay, blocks) ->
        parts
            .days()
            .withFile(
                LocalDate.ofEpochDay(epochDay),
                file ->
                    file.keepsRows()
                        && file.write(day -> BlockTable.replace(day, committed, blocks))));
    state.sums.add(sql, changes);
    state.places.save(sql);
    state.sessions.save(sql);
    state.health.save(sql);
    state.gateway.save(sql);
  }

  private void take(Report report, SessionReport session, ReportCodec.Block block) {
    if (BlockTable.isEmpty(session) || block.lastMillis() < keptFromMillis) {
      return;
    }
    long firstDay = epochDay(block.firstMillis());
    if (firstDay == epochDay(block.lastMillis()) && block.firstMillis() >= keptFromMillis) {
      takeDay(report, session, block.bytes(), firstDay);
      return;
    }
    Set<Long> days = new TreeSet<>();
    session.events().forEach(event -> days.add(epochDay(event.atMillis())));
    session.readings().forEach(reading -> days.add(epochDay(reading.atMillis())));
    for (long day : days) {
      long from = Math.max(day * SumWriter.DAY_MILLIS, keptFromMillis);
      SessionReport part =
          Times.between(session, from, (day + 1) * SumWriter.DAY_MILLIS, session.texts());
      if (!BlockTable.isEmpty(part)) {
        takeDay(report, part, ReportCodec.encodeSession(part), day);
      }
    }
  }

  /**
   * @param bytes what all of it is as a block
   */
  private void takeDay(Report report, SessionReport session, byte[] bytes, long epochDay) {
    ActiveSession active =
        state.sessions.get(sql, report.organization(), report.key(), session.facts(), epochDay);
    if (active.mustLookUp(epochDay, Times.first(session))) {
      parts
          .days()
          .withFileIfAny(
              LocalDate.ofEpochDay(epochDay),
              file -> file.read(day -> BlockTable.lookUp(day, committed, active)));
    }
    SessionReport fresh = newOf(active, session);
    if (BlockTable.isEmpty(fresh)) {
      return;
    }
    long person = personOf(report, fresh);
    count(report, active, fresh, person);
    if (!session.facts().session().isEmpty() && !fresh.events().isEmpty()) {
      tellSessionless(report, fresh, epochDay);
    }
    active.key = report.key();
    active.place = report.place().or(() -> active.place);
    state.sessions.changed(active);
    // Only bytes are kept until all of the batch is written: events are many, and die young.
    byte[] kept = fresh == session ? bytes : ReportCodec.encodeSession(fresh);
    blocksByDay
        .computeIfAbsent(epochDay, _ -> new ArrayList<>())
        .add(
            new Block(
                nextBlockId++,
                report.organization(),
                active.id,
                report.key(),
                Times.first(fresh),
                Times.last(fresh),
                kept,
                BlockTable.fingerprints(fresh),
                fresh.texts(),
                nextTextId));
    nextTextId += fresh.texts().size();
    news.add(
        new News(
            report.organization(),
            report.key(),
            active.ref,
            person,
            active.place,
            kept,
            fresh.texts()));
  }

  /** What did not come before; the same object if all of it is new. */
  private SessionReport newOf(ActiveSession active, SessionReport session) {
    List<AgentEvent> events = new ArrayList<>(session.events().size());
    Set<Long> repeated = new HashSet<>();
    for (AgentEvent event : session.events()) {
      if (active.isNews(event.fingerprint())) {
        events.add(event);
      } else {
        repeated.add(event.fingerprint());
        duplicates++;
      }
    }
    List<Reading> readings = new ArrayList<>(session.readings().size());
    for (Reading reading : session.readings()) {
      if (active.isNews(reading.fingerprint())) {
        readings.add(reading);
      } else {
        duplicates++;
      }
    }
    if (events.size() == session.events().size() && readings.size() == session.readings().size()) {
      return session;
    }
    events.forEach(event -> repeated.remove(event.fingerprint()));
    List<CapturedText> texts =
        session.texts().stream().filter(text -> !repeated.contains(text.event())).toList();
    return new SessionReport(session.facts(), session.provider(), events, readings, texts);
  }

  private long personOf(Report report, SessionReport session) {
    KeyId key = report.key();
    long person =
        state.resolver.personOf(
            report.organization(), key, session.facts(), report.receivedAtMillis());
    boolean known = !state.people.isFull(report.organization()) || state.people.isKnown(person);
    return known ? person : 0;
  }

  private void count(Report report, ActiveSession active, SessionReport session, long person) {
    long organization = report.organization().value();
    if (report.place().isEmpty()) {
      count(active, session, person, changes.of(organization));
      return;
    }
    HourChanges here = new HourChanges();
    count(active, session, person, here.of(organization));
    here.forEach((_, hour, dimensions, change) ->
        state.places.add(
            report.organization(), report.place().get(), dimensions.agent(), hour, change));
    state.places.seen(
        report.organization(),
        report.place().get(),
        session.facts().agent(),
        report.receivedAtMillis());
    changes.addAll(here);
  }

  private void count(ActiveSession active, SessionReport session, long person, SumChanges to) {
    for (AgentEvent event : session.events()) {
      active.ledger.count(session.facts(), person, event, to);
    }
    for (Reading reading : session.readings()) {
      active.ledger.count(session.facts(), person, reading, session.provider(), prices, to);
    }
  }

  /**
   * Metrics that name no session, as Codex's, say again what the events of its sessions say: from
   * the first event on they don't count.
   */
  private void tellSessionless(Report report, SessionReport session, long epochDay) {
    ActiveSession sessionless =
        state.sessions.get(
            sql,
            report.organization(),
            report.key(),
            SessionFacts.ofAgent(session.facts().agent()),
            epochDay);
    SumChanges to = changes.of(report.organization().value());
    for (AgentEvent event : session.events()) {
      sessionless.ledger.countedElsewhere(event, to);
    }
    sessionless.key = report.key();
    state.sessions.changed(sessionless);
  }

  private static long epochDay(long millis) {
    return Math.floorDiv(millis, SumWriter.DAY_MILLIS);
  }
}
