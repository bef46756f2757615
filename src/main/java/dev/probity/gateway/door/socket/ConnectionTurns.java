package dev.probity.gateway.door.socket;

import dev.probity.gateway.door.BodyBudget;
import dev.probity.gateway.state.Turn;
import dev.probity.gateway.state.TurnLedger;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The last response of each lane, with all that it goes on from. Its memory is part of the budget
 * for bodies; where there is none left, or a connection has too much, the oldest go, and a client
 * that comes back to one is told so and sends everything.
 */
final class ConnectionTurns {
  private record Kept(String id, Turn turn) {}

  private final BodyBudget budget;
  private final TurnLedger ledger = new TurnLedger();

  /** By lane, the one that was answered last at the end. */
  private final Map<String, Kept> lanes = new LinkedHashMap<>();

  private long reserved;

  ConnectionTurns(BodyBudget budget) {
    this.budget = budget;
  }

  Optional<Turn> find(String id) {
    for (Kept each : lanes.values()) {
      if (each.id.equals(id)) {
        return Optional.of(each.turn);
      }
    }
    return Optional.empty();
  }

  /**
   * Keeps a response in the place of its lane's last.
   *
   * @param most bytes of all that a connection may keep
   * @param budgetLimit of all bodies together
   */
  void keep(String lane, String id, Turn turn, long most, long budgetLimit) {
    ledger.retain(turn);
    release(lanes.remove(lane));
    lanes.put(lane, new Kept(id, turn));
    Iterator<Kept> oldest = lanes.values().iterator();
    while (oldest.hasNext() && (ledger.bytes() > most || !settle(budgetLimit))) {
      Kept dropped = oldest.next();
      oldest.remove();
      release(dropped);
    }
    settle(Long.MAX_VALUE);
  }

  /** Holds as much of the budget as is kept. */
  private boolean settle(long budgetLimit) {
    long more = ledger.bytes() - reserved;
    if (more > 0 && !budget.reserve(more, budgetLimit)) {
      return false;
    }
    if (more < 0) {
      budget.release(-more);
    }
    reserved = ledger.bytes();
    return true;
  }

  /** Forgets a response: what went on from it has failed. */
  void forget(String id) {
    Iterator<Kept> each = lanes.values().iterator();
    while (each.hasNext()) {
      Kept kept = each.next();
      if (kept.id.equals(id)) {
        each.remove();
        release(kept);
      }
    }
    settle(Long.MAX_VALUE);
  }

  private void release(@org.jspecify.annotations.Nullable Kept kept) {
    if (kept != null) {
      ledger.release(kept.turn);
    }
  }

  /** The connection is gone. */
  void clear() {
    lanes.values().forEach(this::release);
    lanes.clear();
    settle(Long.MAX_VALUE);
  }

  long bytes() {
    return ledger.bytes();
  }
}
