package dev.probity.telemetry.sessions;

import dev.probity.pricing.PriceBook;
import dev.probity.pricing.Provider;
import dev.probity.telemetry.AgentEvent;
import dev.probity.telemetry.Reading;
import dev.probity.telemetry.SessionFacts;
import dev.probity.telemetry.Signal;
import java.util.List;

/** Adds up one session. Not for several threads at once. */
public final class SessionLedger {
  private SessionLedger() {}

  /** The ledger of a session of which nothing is known yet. */
  public static SessionLedger begin() {
    return new SessionLedger();
  }

  /**
   * A ledger as it was.
   *
   * @param state from {@link #state}
   * @throws IllegalArgumentException if the bytes are not a ledger's state
   */
  public static SessionLedger restore(byte[] state) {
    throw new UnsupportedOperationException();
  }

  /** Everything that is needed to go on. */
  public byte[] state() {
    throw new UnsupportedOperationException();
  }

  /**
   * Counts an event. The same event must not be counted twice: fingerprints tell.
   *
   * @param person 0 if it is not known
   */
  public void count(SessionFacts facts, long person, AgentEvent event, SumChanges changes) {
    throw new UnsupportedOperationException();
  }

  /**
   * Counts a point of a metric. The same point must not be counted twice: fingerprints tell.
   *
   * @param person 0 if it is not known
   * @param provider whose prices the usage is charged by
   */
  public void count(
      SessionFacts facts,
      long person,
      Reading reading,
      Provider provider,
      PriceBook prices,
      SumChanges changes) {
    throw new UnsupportedOperationException();
  }

  public Figures figures() {
    throw new UnsupportedOperationException();
  }

  /** The signal that its usage is taken from; as long as there is none, the best that came. */
  public Signal source() {
    throw new UnsupportedOperationException();
  }

  /** Models that were called, in the order of first use. */
  public List<String> models() {
    throw new UnsupportedOperationException();
  }

  /** The latest that is known of each. */
  public SessionFacts facts() {
    throw new UnsupportedOperationException();
  }

  /** Its first event; 0 before anything was counted. */
  public long startedAtMillis() {
    throw new UnsupportedOperationException();
  }

  /** Its last event so far; 0 before anything was counted. */
  public long endedAtMillis() {
    throw new UnsupportedOperationException();
  }

  /** The latest that is known; 0 if none is. */
  public long person() {
    throw new UnsupportedOperationException();
  }
}
