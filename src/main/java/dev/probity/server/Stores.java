package dev.probity.server;

import dev.probity.gateway.Exchange;
import dev.probity.journal.Journal;
import dev.probity.journal.JournalDrain;
import dev.probity.journal.JournalSettings;
import dev.probity.kernel.Clock;
import dev.probity.kernel.Feed;
import dev.probity.kernel.seal.MasterKey;
import dev.probity.kernel.seal.MasterKeyFile;
import dev.probity.pricing.PriceBook;
import dev.probity.privacy.Expiry;
import dev.probity.privacy.KeptFor;
import dev.probity.server.settings.Settings;
import dev.probity.storage.AtRestProbe;
import dev.probity.storage.EncryptedSqlite;
import dev.probity.storage.events.EventDays;
import dev.probity.storage.events.ExchangeRetention;
import dev.probity.storage.events.SqlExchangeRepricing;
import dev.probity.storage.events.SqlExchangeStore;
import dev.probity.storage.relational.ControlStore;
import dev.probity.storage.relational.Database;
import dev.probity.storage.relational.SqlDayKeys;
import dev.probity.storage.telemetry.AgentsFile;
import dev.probity.storage.telemetry.EventStores;
import dev.probity.storage.telemetry.SqlTelemetryStore;
import dev.probity.telemetry.Stored;
import dev.probity.telemetry.sessions.KeyPeople;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * What is on disk: the control store, the event store and the journal, all encrypted under the
 * master key, and seen to be so before they are opened.
 */
record Stores(
    MasterKey master,
    Database control,
    SqlExchangeStore exchanges,
    SqlExchangeRepricing repricing,
    Feed<Exchange> feed,
    SqlTelemetryStore telemetry,
    Feed<Stored> reports,
    Journal journal,
    Expiry expiry) {
  /** Numbers that a browser's script can tell apart. */
  private static final long MOST_PEOPLE = 1L << 53;

  /**
   * Opens all of it, making it on first use.
   *
   * @param prices not asked before {@link #begin}
   */
  static Stores open(
      Settings settings,
      Path data,
      Environment environment,
      Clock clock,
      RandomGenerator random,
      Running running,
      KeyPeople keyPeople,
      Supplier<PriceBook> prices) {
    EncryptedSqlite sqlite = new EncryptedSqlite();
    new AtRestProbe(sqlite, random).check(data);
    MasterKey master =
        MasterKeyFile.open(data, environment.masterKey(), environment.masterKeyFile(), random);
    Database control = running.closing(ControlStore.open(data, master, sqlite, clock));
    EventDays days =
        running.closing(
            new EventDays(
                data.resolve("events"), new SqlDayKeys(control), master, sqlite, clock, random));
    KeptFor kept = settings.retention().keptFor();
    Feed<Exchange> feed = new Feed<>(Exchange::organization);
    Feed<Stored> reports = new Feed<>(Stored::organization);
    SqlTelemetryStore telemetry =
        new SqlTelemetryStore(
            new SqlTelemetryStore.Parts(
                running.closing(AgentsFile.open(data, master, sqlite, clock)),
                days,
                master,
                keyPeople,
                prices,
                () -> random.nextLong(1, MOST_PEOPLE),
                clock,
                kept,
                reports::hasSubscribers,
                reports::publish));
    Journal journal =
        running.closing(
            Journal.open(data.resolve("journal"), journal(settings), master, clock, random));
    Expiry expiry =
        new Expiry(clock, List.of(new ExchangeRetention(days, kept), telemetry.retention()));
    return new Stores(
        master,
        control,
        new SqlExchangeStore(days, feed::publish),
        new SqlExchangeRepricing(days, prices),
        feed,
        telemetry,
        reports,
        journal,
        expiry);
  }

  /** Begins to take in what is in the journal, and to delete what is past its time. */
  JournalDrain begin(Running running) {
    running.closing(expiry).start();
    return running.closing(journal.drainTo(new EventStores(exchanges, telemetry)));
  }

  private static JournalSettings journal(Settings settings) {
    return JournalSettings.DEFAULT.withSizes(
        Math.toIntExact(settings.journal().segmentBytes()), settings.journal().maxBytes());
  }
}
