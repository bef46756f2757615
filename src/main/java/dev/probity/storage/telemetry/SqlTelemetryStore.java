package dev.probity.storage.telemetry;

import dev.probity.journal.JournalEntry;
import dev.probity.kernel.Clock;
import dev.probity.kernel.Expiring;
import dev.probity.kernel.seal.MasterKey;
import dev.probity.pricing.PriceBook;
import dev.probity.privacy.KeptFor;
import dev.probity.storage.Sql;
import dev.probity.storage.StorageException;
import dev.probity.storage.events.EventDays;
import dev.probity.storage.events.PlacedExchange;
import dev.probity.storage.relational.Database;
import dev.probity.telemetry.Stored;
import dev.probity.telemetry.report.ReportCodec;
import dev.probity.telemetry.report.ReportFormatException;
import dev.probity.telemetry.sessions.KeyPeople;
import dev.probity.telemetry.sessions.TelemetryStore;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What agents report, on encrypted SQLite. Fed by the journal, exactly once: sessions and sums are
 * in one file, which remembers the journal's position in the transaction that changes them; events
 * go into the days' files before that transaction ends. After a crash in between the same entries
 * come again, the same is decided, and what was left in the days' files is written over.
 */
public final class SqlTelemetryStore {
  private static final System.Logger LOG = System.getLogger(SqlTelemetryStore.class.getName());

  /**
   * What it works with.
   *
   * @param prices in force now
   * @param newIds random numbers for people who are new, never 0
   * @param listening whether anybody wants to be told what is new
   * @param stored told what is new, after it is in the store; must not wait
   */
  public record Parts(
      Database agents,
      EventDays days,
      MasterKey master,
      KeyPeople keyPeople,
      Supplier<PriceBook> prices,
      LongSupplier newIds,
      Clock clock,
      KeptFor kept,
      BooleanSupplier listening,
      Consumer<List<Stored>> stored) {}

  /**
   * How much may be.
   *
   * @param dimensionsPerDay of an organization, that are told apart
   * @param ties of an organization
   * @param healthLinesPerHour of an organization
   */
  record Bounds(
      ActiveSessions.Bounds sessions, int dimensionsPerDay, int ties, int healthLinesPerHour) {
    static final Bounds DEFAULT = new Bounds(ActiveSessions.Bounds.DEFAULT, 20_000, 100_000, 2_000);
  }

  private final Parts parts;
  private final WriterState state;
  private final SqlSessions sessions;
  private final TelemetryStore store;

  /** Entries that cannot be taken in: trying again would stop all that come after them. */
  private final Set<Long> refused = new HashSet<>();

  public SqlTelemetryStore(Parts parts) {
    this(parts, Bounds.DEFAULT);
  }

  SqlTelemetryStore(Parts parts, Bounds bounds) {
    this.parts = parts;
    state = new WriterState(parts, bounds);
    sessions = new SqlSessions(parts.agents, parts.days);
    store =
        new TelemetryStore(
            sessions,
            new SqlSums(parts.agents),
            new SqlPeople(parts.agents),
            (organization, fromMillis) ->
                parts.agents.read(sql -> HealthTable.since(sql, organization, fromMillis)));
  }

  /** What pages and API ask. */
  public TelemetryStore store() {
    return store;
  }

  /** What deletes from it. */
  public Expiring retention() {
    return new TelemetryRetention(parts, state);
  }

  /**
   * Takes in the reports among the entries, and what exchanges say of sessions; durable when this
   * returns.
   *
   * @param exchanges those among the entries
   */
  void take(List<JournalEntry> entries, List<PlacedExchange> exchanges) {
    boolean concerned =
        entries.stream().anyMatch(entry -> entry.kind() == ReportCodec.KIND)
            || exchanges.stream().anyMatch(placed -> placed.exchange().sessionId().isPresent());
    if (concerned) {
      List<ReportBatch.News> news =
          state.change(parts.agents, sql -> take(sql, entries, exchanges));
      // Asked after the commit: who begins to listen later finds it in the store.
      if (!news.isEmpty() && parts.listening.getAsBoolean()) {
        parts.stored.accept(news.stream().map(ReportBatch.News::stored).toList());
      }
    }
  }

  private List<ReportBatch.News> take(
      Sql sql, List<JournalEntry> entries, List<PlacedExchange> exchanges) {
    long committed = AgentsFile.position(sql);
    ReportBatch batch = new ReportBatch(sql, committed, parts, state);
    long last = committed;
    for (JournalEntry entry : entries) {
      if (entry.kind() == ReportCodec.KIND && entry.position() > committed) {
        take(batch, entry);
        // The parts of a report are numbered from its position on.
        last = entry.position() + entry.payload().length;
      }
    }
    for (PlacedExchange placed : exchanges) {
      if (placed.position() > committed) {
        state.gateway.add(placed.exchange());
        last = Math.max(last, placed.position());
      }
    }
    batch.save();
    AgentsFile.position(sql, last);
    return batch.news();
  }

  private void take(ReportBatch batch, JournalEntry entry) {
    if (refused.contains(entry.position())) {
      return;
    }
    try {
      batch.take(entry);
    } catch (ReportFormatException e) {
      LOG.log(System.Logger.Level.ERROR, "a report in the journal cannot be read; it is lost", e);
    } catch (StorageException e) {
      throw e;
    } catch (RuntimeException e) {
      refused.add(entry.position());
      throw e;
    }
  }
}
