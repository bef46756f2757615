package dev.probity.gateway.state;

/**
 * Counts the memory of turns that are held, each once however many hold it. Not for several
 * threads.
 */
public final class TurnLedger {
  private long bytes;

  /** What all that is held takes. */
  public long bytes() {
    return bytes;
  }

  /** Somebody holds a turn, and with it those before. */
  public void retain(Turn turn) {
    for (Turn each = turn; each != null; each = each.before()) {
      each.holders++;
      if (each.holders > 1) {
        return;
      }
      bytes += each.cost();
    }
  }

  /** Somebody lets go of a turn that it held. */
  public void release(Turn turn) {
    for (Turn each = turn; each != null; each = each.before()) {
      each.holders--;
      if (each.holders > 0) {
        return;
      }
      bytes -= each.cost();
    }
  }
}
