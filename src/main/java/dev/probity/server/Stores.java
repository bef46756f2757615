package dev.probity.server;

import dev.probity.gateway.Exchange;
import dev.probity.journal.Journal;
import dev.probity.journal.JournalDrain;
import dev.probity.journal.JournalSettings;
import dev.probity.kernel.Clock;
import dev.probity.kernel.Feed;
import dev.probity.kernel.seal.MasterKey;
import dev.probity.kernel.seal.MasterKeyFile;
import dev.probity.privacy.DailyExpiry;
import dev.probity.server.settings.Settings;
import dev.probity.storage.AtRestProbe;
import dev.probity.storage.EncryptedSqlite;
import dev.probity.storage.events.EventDays;
import dev.probity.storage.events.ExchangeRetention;
import dev.probity.storage.events.SqlExchangeStore;
import dev.probity.storage.relational.ControlStore;
import dev.probity.storage.relational.Database;
import dev.probity.storage.relational.SqlDayKeys;
import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What is on disk: the control store, the event store and the journal, all encrypted under the
 * master key, and seen to be so before they are opened.
 */
record Stores(
    MasterKey master,
    Database control,
    SqlExchangeStore exchanges,
    Feed<Exchange> feed,
    Journal journal,
    JournalDrain drain) {
  /** Opens all of it, making it on first use. */
  static Stores open(
      Settings settings,
      Path data,
      Environment environment,
      Clock clock,
      RandomGenerator random,
      Running running) {
    EncryptedSqlite sqlite = new EncryptedSqlite();
    new AtRestProbe(sqlite, random).check(data);
    MasterKey master =
        MasterKeyFile.open(data, environment.masterKey(), environment.masterKeyFile(), random);
    Database control = running.closing(ControlStore.open(data, master, sqlite, clock));
    EventDays days =
        running.closing(
            new EventDays(
                data.resolve("events"), new SqlDayKeys(control), master, sqlite, clock, random));
    Feed<Exchange> feed = new Feed<>(Exchange::organization);
    SqlExchangeStore exchanges = new SqlExchangeStore(days, feed::publish);
    Journal journal =
        running.closing(
            Journal.open(data.resolve("journal"), journal(settings), master, clock, random));
    JournalDrain drain = running.closing(journal.drainTo(exchanges));
    ExchangeRetention retention =
        new ExchangeRetention(
            days, settings.retention().requestLog(), settings.retention().usageMetric());
    running.closing(new DailyExpiry(clock, List.of(retention))).start();
    return new Stores(master, control, exchanges, feed, journal, drain);
  }

  private static JournalSettings journal(Settings settings) {
    return JournalSettings.DEFAULT.withSizes(
        Math.toIntExact(settings.journal().segmentBytes()), settings.journal().maxBytes());
  }
}
