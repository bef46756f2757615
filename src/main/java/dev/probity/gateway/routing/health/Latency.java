package dev.probity.gateway.routing.health;

import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How long a deployment lets one wait for the first content: a moving average that rises at once
 * and falls slowly (peak EWMA), and fades where nothing is heard, so that who was slow is tried
 * again. Value and time stand in one word: no lock, no allocation.
 */
public final class Latency {
  /** What is this old counts for a third. */
  private static final double FADE_MILLIS = 30_000;

  private static final long LONGEST_NANOS = 600_000_000_000L;
  private static final long LEAST_PENALTY_NANOS = 1_000_000_000L;
  private static final long MOST_PENALTY_NANOS = 60_000_000_000L;

  /** Milliseconds (wrapping) above, nanoseconds as a float below; 0: nothing was ever seen. */
  private final AtomicLong seen = new AtomicLong();

  public void observe(long tookNanos, long nowNanos) {
    float took = Math.clamp(tookNanos, 1, LONGEST_NANOS);
    long before;
    long after;
    do {
      before = seen.get();
      float now = took;
      if (before != 0 && took < value(before)) {
        double kept = kept(before, nowNanos);
        now = (float) (value(before) * kept + took * (1 - kept));
      }
      after = word(now, nowNanos);
    } while (!seen.compareAndSet(before, after));
  }

  /** An attempt failed: as bad as being twice as slow, so that failing fast looks not fast. */
  public void failed(long nowNanos) {
    long before = seen.get();
    long known = before == 0 ? 0 : (long) value(before);
    observe(Math.clamp(2 * known, LEAST_PENALTY_NANOS, MOST_PENALTY_NANOS), nowNanos);
  }

  public boolean isKnown() {
    return seen.get() != 0;
  }

  /** The average, faded by what has passed since; 0 if nothing is known. */
  public double nanos(long nowNanos) {
    long word = seen.get();
    return word == 0 ? 0 : value(word) * kept(word, nowNanos);
  }

  /** The average as it was last; empty if nothing is known. */
  public OptionalLong lastNanos() {
    long word = seen.get();
    return word == 0 ? OptionalLong.empty() : OptionalLong.of((long) value(word));
  }

  /** Whether something was heard within so many milliseconds. */
  public boolean isFresh(long nowNanos, long withinMillis) {
    long word = seen.get();
    return word != 0 && ageMillis(word, nowNanos) <= withinMillis;
  }

  private static double kept(long word, long nowNanos) {
    return Math.exp(-ageMillis(word, nowNanos) / FADE_MILLIS);
  }

  private static long ageMillis(long word, long nowNanos) {
    int age = (int) (nowNanos / 1_000_000) - (int) (word >>> 32);
    return Math.max(0, age);
  }

  private static float value(long word) {
    return Float.intBitsToFloat((int) word);
  }

  private static long word(float nanos, long nowNanos) {
    long millis = (int) (nowNanos / 1_000_000) & 0xFFFF_FFFFL;
    return millis << 32 | Float.floatToRawIntBits(nanos) & 0xFFFF_FFFFL;
  }
}
