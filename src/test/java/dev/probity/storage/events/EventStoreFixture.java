package dev.probity.storage.events;

import dev.probity.gateway.Exchange;
import dev.probity.gateway.log.JournalExchangeLog;
import dev.probity.journal.Journal;
import dev.probity.journal.JournalDrain;
import dev.probity.journal.JournalSettings;
import dev.probity.kernel.Clock;
import dev.probity.kernel.seal.MasterKey;
import dev.probity.storage.EncryptedSqlite;
import dev.probity.storage.relational.ControlStore;
import dev.probity.storage.relational.Database;
import dev.probity.storage.relational.SqlDayKeys;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Control store, event store and journal in one data folder, as the product wires them. */
final class EventStoreFixture implements AutoCloseable {
  static final MasterKey KEY = MasterKey.of(new byte[32]);
  private static final JournalSettings SETTINGS =
      new JournalSettings(64 << 10, 64 << 20, 1, 1, 1, 1, 2_000, 3_600_000);
  private static final long PATIENCE_MILLIS = 30_000;

  final List<Exchange> stored = Collections.synchronizedList(new ArrayList<>());
  final Database control;
  final EventDays days;
  final SqlExchangeStore store;
  final Journal journal;
  final JournalExchangeLog log;
  final JournalDrain drain;

  EventStoreFixture(Path data, Clock clock) {
    this(data, clock, 100_000);
  }

  EventStoreFixture(Path data, Clock clock, int rowsToScan) {
    SecureRandom random = new SecureRandom();
    control = ControlStore.open(data, KEY, new EncryptedSqlite(), clock);
    days =
        new EventDays(
            data.resolve("events"),
            new SqlDayKeys(control),
            KEY,
            new EncryptedSqlite(),
            clock,
            random);
    store = new SqlExchangeStore(days, stored::addAll, rowsToScan);
    journal = Journal.open(data.resolve("journal"), SETTINGS, KEY, clock, random);
    log = new JournalExchangeLog(journal);
    drain = journal.drainTo(store);
  }

  void append(List<Exchange> exchanges) {
    exchanges.forEach(log::append);
    awaitStored();
  }

  void awaitStored() {
    try {
      if (!drain.awaitDrained(PATIENCE_MILLIS)) {
        throw new AssertionError("not stored in time: " + drain.status());
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    drain.close();
    journal.close();
    days.close();
    control.close();
  }
}
