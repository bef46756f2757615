package dev.probity.storage.events;

import dev.probity.gateway.Exchange;
import dev.probity.gateway.log.ExchangeCodec;
import dev.probity.gateway.log.ExchangeFormatException;
import dev.probity.journal.JournalEntry;
import java.util.ArrayList;
import java.util.List;

/** An exchange and its place in the journal. */
public record PlacedExchange(long position, Exchange exchange) {
  private static final System.Logger LOG = System.getLogger(PlacedExchange.class.getName());

  /**
   * The exchanges among entries. One that cannot be read is skipped: trying again would stop all
   * that come after it.
   */
  public static List<PlacedExchange> among(List<JournalEntry> entries) {
    List<PlacedExchange> exchanges = new ArrayList<>(entries.size());
    for (JournalEntry entry : entries) {
      if (entry.kind() == ExchangeCodec.KIND) {
        try {
          exchanges.add(
              new PlacedExchange(entry.position(), ExchangeCodec.decode(entry.payload())));
        } catch (ExchangeFormatException e) {
          LOG.log(
              System.Logger.Level.ERROR,
              "an exchange in the journal cannot be read; it is lost",
              e);
        }
      }
    }
    return exchanges;
  }
}
