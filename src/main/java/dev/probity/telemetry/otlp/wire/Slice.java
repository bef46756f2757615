package dev.probity.telemetry.otlp.wire;

/** A part of the bytes that are being read, packed into a long so that nothing is allocated. */
final class Slice {
  static final long EMPTY = 0;

  private Slice() {}

  static long of(int from, int to) {
    return (long) from << 32 | to;
  }

  static int from(long slice) {
    return (int) (slice >>> 32);
  }

  static int to(long slice) {
    return (int) slice;
  }

  static int length(long slice) {
    return to(slice) - from(slice);
  }
}
