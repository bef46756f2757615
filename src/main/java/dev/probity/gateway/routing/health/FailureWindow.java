package dev.probity.gateway.routing.health;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How many of the latest attempts failed: ten buckets of time, each in one word (24 bits which time
 * it counts, 20 bits failures, 20 bits attempts), so that event loops count without a lock.
 */
final class FailureWindow {
  private static final int BUCKETS = 10;
  private static final int COUNT_BITS = 20;
  private static final long MOST = (1L << COUNT_BITS) - 1;
  private static final long TIME_MASK = (1L << 24) - 1;

  private final AtomicLongArray buckets = new AtomicLongArray(BUCKETS);
  private final long bucketNanos;

  FailureWindow(long windowMillis) {
    bucketNanos = Math.max(1, windowMillis * 1_000_000 / BUCKETS);
    clear();
  }

  void add(boolean failed, long nowNanos) {
    long time = Math.floorDiv(nowNanos, bucketNanos);
    int slot = (int) Math.floorMod(time, BUCKETS);
    long begun = (time & TIME_MASK) << 2 * COUNT_BITS;
    long before;
    long after;
    do {
      before = buckets.get(slot);
      long base = isOf(before, time) ? before : begun;
      after = base;
      if ((base & MOST) < MOST) {
        after += 1 + (failed ? 1L << COUNT_BITS : 0);
      }
    } while (!buckets.compareAndSet(slot, before, after));
  }

  /** Whether at least so many attempts were made, of which at least this share failed. */
  boolean exceeds(int leastAttempts, double share, long nowNanos) {
    long time = Math.floorDiv(nowNanos, bucketNanos);
    long attempts = 0;
    long failures = 0;
    for (int i = 0; i < BUCKETS; i++) {
      long word = buckets.get((int) Math.floorMod(time - i, BUCKETS));
      if (isOf(word, time - i)) {
        attempts += word & MOST;
        failures += word >>> COUNT_BITS & MOST;
      }
    }
    return attempts >= leastAttempts && failures >= share * attempts;
  }

  void clear() {
    for (int i = 0; i < BUCKETS; i++) {
      buckets.set(i, 0);
    }
  }

  private static boolean isOf(long word, long time) {
    return word >>> 2 * COUNT_BITS == (time & TIME_MASK);
  }
}
