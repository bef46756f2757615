package dev.probity.telemetry.sessions;

/** A set of fingerprints, 8 to 16 bytes each. Not for several threads at once. */
public final class Fingerprints {
  /** Adds one; false if it was there. */
  public boolean add(long fingerprint) {
    throw new UnsupportedOperationException();
  }

  public boolean contains(long fingerprint) {
    throw new UnsupportedOperationException();
  }

  public int size() {
    throw new UnsupportedOperationException();
  }

  /** What it takes on the heap. */
  public long memoryBytes() {
    throw new UnsupportedOperationException();
  }
}
