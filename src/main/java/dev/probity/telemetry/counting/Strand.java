package dev.probity.telemetry.counting;

import dev.probity.kernel.bytes.ByteReader;
import dev.probity.kernel.bytes.ByteWriter;
import dev.probity.telemetry.Signal;

/** How one {@link Matter} of a session is counted: from one signal, and from a better one later. */
final class Strand {
  private static final Signal[] SIGNALS = Signal.values();

  private Signal source;
  private final Contributions provisional;

  Strand(Signal source) {
    this(source, new Contributions());
  }

  private Strand(Signal source, Contributions provisional) {
    this.source = source;
    this.provisional = provisional;
  }

  Signal source() {
    return source;
  }

  /**
   * Whether what a signal says counts. If it is better than the one before, what that one said is
   * taken back.
   */
  boolean accepts(Signal signal, Totals totals, SumChanges changes) {
    if (signal.compareTo(source) < 0) {
      provisional.takeBack(totals, changes);
      source = signal;
    }
    return signal == source;
  }

  void add(long[] amounts, Group group, Totals totals, SumChanges changes) {
    totals.add(amounts, group, changes);
    if (source != Signal.LOG) {
      provisional.add(amounts, group, changes);
    }
  }

  void write(ByteWriter to) {
    to.writeByte(source.ordinal());
    provisional.write(to);
  }

  static Strand read(ByteReader from) {
    return new Strand(from.readOneOf(SIGNALS), Contributions.read(from));
  }
}
