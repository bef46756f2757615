package dev.probity.gateway.state;

import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.json.RawJson;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One answered turn of a conversation: what was asked beyond the turn before it, and what came
 * back, as elements of a JSON array without its brackets. Turns share those before them, so a
 * conversation that is continued in two ways is held once.
 */
public final class Turn {
  /** What a turn costs beside its bytes. */
  private static final int OVERHEAD = 128;

  private final @Nullable Turn before;
  private final byte[] input;
  private final byte[] output;

  /** How many entries and later turns hold this one; {@link TurnLedger} counts. */
  int holders;

  /**
   * @param input items, with commas between; owned from here on
   * @param output likewise
   */
  public Turn(Optional<Turn> before, byte[] input, byte[] output) {
    this.before = before.orElse(null);
    this.input = input;
    this.output = output;
  }

  @Nullable Turn before() {
    return before;
  }

  /** Bytes of memory, without those of earlier turns. */
  long cost() {
    return OVERHEAD + (long) input.length + output.length;
  }

  /** Bytes of all its items together, those of earlier turns included. */
  public long bytes() {
    long all = 0;
    for (Turn each = this; each != null; each = each.before) {
      all += (long) each.input.length + each.output.length;
    }
    return all;
  }

  /** Writes the items of the whole conversation so far as elements of an array. */
  public void writeItems(JsonWriter out) {
    for (Turn each : fromTheFirst()) {
      write(each.input, out);
      write(each.output, out);
    }
  }

  /** Writes the items that were asked for this turn, those of earlier turns included. */
  public void writeInput(JsonWriter out) {
    if (before != null) {
      before.writeItems(out);
    }
    write(input, out);
  }

  private Deque<Turn> fromTheFirst() {
    Deque<Turn> turns = new ArrayDeque<>();
    for (Turn each = this; each != null; each = each.before) {
      turns.addFirst(each);
    }
    return turns;
  }

  private static void write(byte[] items, JsonWriter out) {
    if (items.length > 0) {
      out.value(RawJson.of(items, 0, items.length));
    }
  }
}
