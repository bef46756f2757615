package dev.probity.storage.telemetry;

import dev.probity.gateway.Exchange;
import dev.probity.gateway.log.ExchangeCodec;
import dev.probity.journal.JournalEntry;
import dev.probity.kernel.Clock;
import dev.probity.kernel.KeyId;
import dev.probity.kernel.OrganizationId;
import dev.probity.kernel.seal.MasterKey;
import dev.probity.pricing.PriceBook;
import dev.probity.privacy.Expiry;
import dev.probity.privacy.KeptFor;
import dev.probity.storage.EncryptedSqlite;
import dev.probity.storage.SqliteConnections;
import dev.probity.storage.events.EventDays;
import dev.probity.storage.events.ExchangeRetention;
import dev.probity.storage.events.SqlExchangeStore;
import dev.probity.storage.relational.ControlStore;
import dev.probity.storage.relational.Database;
import dev.probity.storage.relational.SqlDayKeys;
import dev.probity.telemetry.Report;
import dev.probity.telemetry.Stored;
import dev.probity.telemetry.counting.SessionLedger;
import dev.probity.telemetry.report.ReportCodec;
import dev.probity.telemetry.sessions.Figures;
import dev.probity.telemetry.sessions.KeyPeople;
import dev.probity.telemetry.sessions.TelemetryStore;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** The stores of one data folder as the product wires them, without a journal. */
final class TelemetryFixture implements AutoCloseable {
  static final MasterKey KEY = MasterKey.of(new byte[32]);
  static final PriceBook PRICES = PriceBook.shipped(List.of());

  final List<Stored> news = new ArrayList<>();
  final Database control;
  final EventDays days;
  final Database agents;
  final SqlExchangeStore exchanges;
  final SqlTelemetryStore telemetry;
  final EventStores stores;
  final Expiry expiry;
  private long nextPosition;

  TelemetryFixture(Path data, Clock clock) {
    this(data, clock, KeptFor.STANDARD);
  }

  TelemetryFixture(Path data, Clock clock, KeptFor kept) {
    this(data, clock, kept, SqlTelemetryStore.Bounds.DEFAULT, new EncryptedSqlite());
  }

  TelemetryFixture(
      Path data,
      Clock clock,
      KeptFor kept,
      SqlTelemetryStore.Bounds bounds,
      SqliteConnections connections) {
    RandomGenerator random = new SecureRandom();
    control = ControlStore.open(data, KEY, connections, clock);
    days =
        new EventDays(
            data.resolve("events"), new SqlDayKeys(control), KEY, connections, clock, random);
    agents = AgentsFile.open(data, KEY, connections, clock);
    exchanges = new SqlExchangeStore(days, _ -> {});
    telemetry =
        new SqlTelemetryStore(
            new SqlTelemetryStore.Parts(
                agents,
                days,
                KEY,
                new NoHolders(),
                () -> PRICES,
                () -> random.nextLong(1, 1L << 53),
                clock,
                kept,
                () -> true,
                news::addAll),
            bounds);
    stores = new EventStores(exchanges, telemetry);
    expiry = new Expiry(clock, List.of(new ExchangeRetention(days, kept), telemetry.retention()));
    nextPosition = agents.read(AgentsFile::position) + 1;
  }

  private record NoHolders() implements KeyPeople {
    @Override
    public Optional<String> personOf(KeyId key) {
      return Optional.empty();
    }

    @Override
    public Optional<String> nameOf(KeyId key) {
      return Optional.empty();
    }
  }

  TelemetryStore store() {
    return telemetry.store();
  }

  /** Takes reports in, as one batch. */
  void apply(Report... reports) {
    stores.apply(entries(List.of(reports)));
  }

  void apply(Exchange exchange) {
    byte[] payload = ExchangeCodec.encode(exchange);
    stores.apply(List.of(new JournalEntry(nextPosition, ExchangeCodec.KIND, payload)));
    nextPosition += payload.length + 24;
  }

  /** Entries as the journal would number them from here on. */
  List<JournalEntry> entries(List<Report> reports) {
    List<JournalEntry> entries = new ArrayList<>();
    for (Report report : reports) {
      for (byte[] payload : ReportCodec.encode(report, 1 << 20)) {
        entries.add(new JournalEntry(nextPosition, ReportCodec.KIND, payload));
        nextPosition += payload.length + 24;
      }
    }
    return entries;
  }

  /** The figures of every session, counted anew from the events that are kept. */
  Map<Long, Figures> recount() {
    record Part(long session, byte[] block) {}
    Map<Long, Part> parts = new TreeMap<>();
    for (var day : days.daysWithRows()) {
      days.withFileIfAny(
          day,
          file ->
              file.read(sql ->
                  sql.list(
                      "SELECT id, session, block FROM agent_blocks",
                      row ->
                          parts.put(row.getLong(1), new Part(row.getLong(2), row.getBytes(3))))));
    }
    Map<Long, SessionLedger> ledgers = new HashMap<>();
    parts
        .values()
        .forEach(part -> {
          SessionLedger ledger = ledgers.computeIfAbsent(part.session, _ -> SessionLedger.begin());
          long[] nowhere = new long[FigureBytes.COUNT];
          var report = ReportCodec.decodeSession(part.block);
          report
              .events()
              .forEach(event -> ledger.count(report.facts(), 0, event, (_, _) -> nowhere));
          report
              .readings()
              .forEach(reading ->
                  ledger.count(
                      report.facts(), 0, reading, report.provider(), PRICES, (_, _) -> nowhere));
        });
    Map<Long, Figures> figures = new TreeMap<>();
    ledgers.forEach((session, ledger) -> figures.put(session, ledger.figures()));
    return figures;
  }

  /** The figures of every session that has any, as the store has them. */
  Map<Long, Figures> sessions() {
    Map<Long, Figures> figures = new TreeMap<>();
    agents.read(sql ->
        sql.list(
            "SELECT id, figures FROM sessions",
            row -> figures.put(row.getLong(1), FigureBytes.unpack(row.getBytes(2)))));
    figures.values().removeIf(Figures.NONE::equals);
    return figures;
  }

  /** Everything of the first organization, by hours or by days, in one. */
  Figures total(String table) {
    return agents.read(sql -> {
      long[] sum = new long[FigureBytes.COUNT];
      sql.each(
          "SELECT figures FROM " + table + " WHERE organization = ?",
          row -> FigureBytes.addTo(sum, row.getBytes(1)),
          OrganizationId.FIRST.value());
      return Figures.of(sum);
    });
  }

  @Override
  public void close() {
    agents.close();
    days.close();
    control.close();
  }
}
