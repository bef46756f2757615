package dev.probity.telemetry.sessions;

/**
 * A set of fingerprints, 11 to 22 bytes each once there are some. Open addressing: they are hashes
 * already, mixed once more because senders choose them. Not for several threads at once.
 */
public final class Fingerprints {
  private static final int FIRST_PLACES = 16;
  private static final int OBJECT_BYTES = 32;
  private static final int ARRAY_BYTES = 16;

  /** An empty place; the fingerprint 0 is kept apart. */
  private static final long EMPTY = 0;

  private long[] table = new long[FIRST_PLACES];
  private boolean hasZero;
  private int size;

  /** Adds one; false if it was there. */
  public boolean add(long fingerprint) {
    if (fingerprint == EMPTY) {
      boolean isNew = !hasZero;
      hasZero = true;
      size += isNew ? 1 : 0;
      return isNew;
    }
    int place = place(fingerprint);
    if (table[place] == fingerprint) {
      return false;
    }
    table[place] = fingerprint;
    size++;
    if (size > table.length / 4 * 3) {
      grow();
    }
    return true;
  }

  public boolean contains(long fingerprint) {
    return fingerprint == EMPTY ? hasZero : table[place(fingerprint)] == fingerprint;
  }

  public int size() {
    return size;
  }

  /** What it takes on the heap. */
  public long memoryBytes() {
    return OBJECT_BYTES + ARRAY_BYTES + 8L * table.length;
  }

  /** Where it is, or the empty place where it would be. */
  private int place(long fingerprint) {
    long mixed = fingerprint * 0x9e3779b97f4a7c15L;
    int place = (int) (mixed >>> 32) & (table.length - 1);
    while (table[place] != EMPTY && table[place] != fingerprint) {
      place = (place + 1) & (table.length - 1);
    }
    return place;
  }

  private void grow() {
    long[] smaller = table;
    table = new long[2 * smaller.length];
    for (long fingerprint : smaller) {
      if (fingerprint != EMPTY) {
        table[place(fingerprint)] = fingerprint;
      }
    }
  }
}
