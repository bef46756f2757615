package dev.probity.storage.telemetry;

import dev.probity.journal.JournalEntry;
import dev.probity.journal.JournalSink;
import dev.probity.storage.events.PlacedExchange;
import dev.probity.storage.events.SqlExchangeStore;
import java.util.List;

/** Where the journal drains into: the request log, and what agents report. */
public final class EventStores implements JournalSink {
  private final SqlExchangeStore exchanges;
  private final SqlTelemetryStore telemetry;

  public EventStores(SqlExchangeStore exchanges, SqlTelemetryStore telemetry) {
    this.exchanges = exchanges;
    this.telemetry = telemetry;
  }

  /** Takes everything in; durable when this returns. */
  @Override
  public void apply(List<JournalEntry> entries) {
    List<PlacedExchange> placed = PlacedExchange.among(entries);
    exchanges.take(placed);
    telemetry.take(entries, placed);
  }
}
