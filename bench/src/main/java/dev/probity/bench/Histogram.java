package dev.probity.bench;

/**
 * Counts of durations in logarithmic buckets: 64 to each power of two, so a value read back is at
 * most 1.6 % above the one recorded. For one thread.
 */
final class Histogram {
  private static final int SUB_BITS = 6;
  private static final int SUB = 1 << SUB_BITS;

  private final long[] counts = new long[SUB * (64 - SUB_BITS)];
  private long total;

  void record(long nanos) {
    counts[bucket(Math.max(0, nanos))]++;
    total++;
  }

  long total() {
    return total;
  }

  /**
   * The duration in milliseconds that the given share of values does not exceed; NaN without
   * values.
   */
  double millisAt(double share) {
    if (total == 0) {
      return Double.NaN;
    }
    long wanted = Math.max(1, (long) Math.ceil(total * share));
    long seen = 0;
    for (int i = 0; i < counts.length; i++) {
      seen += counts[i];
      if (seen >= wanted) {
        return upperBound(i) / 1e6;
      }
    }
    throw new AssertionError("the counts do not add up");
  }

  private static int bucket(long value) {
    if (value < SUB) {
      return (int) value;
    }
    int shift = 63 - Long.numberOfLeadingZeros(value) - SUB_BITS;
    return ((shift + 1) << SUB_BITS) + (int) ((value >>> shift) - SUB);
  }

  private static double upperBound(int bucket) {
    if (bucket < SUB) {
      return bucket;
    }
    int shift = (bucket >>> SUB_BITS) - 1;
    return (double) ((long) (SUB + (bucket & (SUB - 1)) + 1) << shift) - 1;
  }
}
