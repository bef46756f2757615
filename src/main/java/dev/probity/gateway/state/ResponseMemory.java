package dev.probity.gateway.state;

import dev.probity.kernel.Caller;
import dev.probity.kernel.Clock;
import dev.probity.kernel.KeyId;
import dev.probity.kernel.OrganizationId;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Responses that later ones can go on from, each for the key that it was made with and no other. In
 * memory, within a limit of bytes and of time; the one that was not asked for the longest goes
 * first.
 */
public final class ResponseMemory {
  /** What an entry costs beside its bytes. */
  private static final int OVERHEAD = 256;

  private record Owned(OrganizationId organization, KeyId key, String id) {}

  /**
   * A response.
   *
   * @param document as it was sent; of no length if it was too large
   */
  @SuppressWarnings("ArrayRecordComponent") // Written once, never compared.
  public record Kept(Turn turn, byte[] document) {
    private long cost() {
      return OVERHEAD + document.length;
    }
  }

  private record Entry(Kept kept, long touchedNanos) {}

  private final Clock clock;
  private final TurnLedger ledger = new TurnLedger();
  private final LinkedHashMap<Owned, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
  private long documents;

  public ResponseMemory(Clock clock) {
    this.clock = clock;
  }

  public synchronized Optional<Kept> find(Caller caller, String id, ResponseSettings settings) {
    sweep(settings);
    Owned owned = owned(caller, id);
    Entry entry = entries.get(owned);
    if (entry == null) {
      return Optional.empty();
    }
    entries.put(owned, new Entry(entry.kept, clock.nanos()));
    return Optional.of(entry.kept);
  }

  public synchronized void keep(Caller caller, String id, Kept kept, ResponseSettings settings) {
    forget(caller, id);
    ledger.retain(kept.turn);
    documents += kept.cost();
    entries.put(owned(caller, id), new Entry(kept, clock.nanos()));
    sweep(settings);
  }

  /** Whether there was one. */
  public synchronized boolean forget(Caller caller, String id) {
    Entry gone = entries.remove(owned(caller, id));
    if (gone != null) {
      release(gone);
    }
    return gone != null;
  }

  /** What all of it takes. */
  public synchronized long bytes() {
    return ledger.bytes() + documents;
  }

  private void sweep(ResponseSettings settings) {
    boolean off = settings.state() == ResponseSettings.State.OFF;
    long oldest = clock.nanos() - settings.keepMillis() * 1_000_000;
    Iterator<Map.Entry<Owned, Entry>> each = entries.entrySet().iterator();
    while (each.hasNext()) {
      Entry entry = each.next().getValue();
      if (!off && entry.touchedNanos - oldest >= 0 && bytes() <= settings.bytes()) {
        return;
      }
      each.remove();
      release(entry);
    }
  }

  private void release(Entry entry) {
    ledger.release(entry.kept.turn);
    documents -= entry.kept.cost();
  }

  private static Owned owned(Caller caller, String id) {
    return new Owned(caller.organization(), caller.key(), id);
  }
}
