package dev.probity.gateway.upstream.simulated.script;

import java.util.concurrent.atomic.AtomicLong;

/** Ids that look like the vendors' and are never given twice by one process. */
public final class Ids {
  private static final String DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  private final AtomicLong state;

  public Ids(long seed) {
    this.state = new AtomicLong(seed);
  }

  /** The prefix and 24 letters or digits. */
  public String next(String prefix) {
    StringBuilder id = new StringBuilder(prefix);
    long high = mix(state.getAndAdd(0x9E3779B97F4A7C15L));
    long low = mix(high ^ 0x5851F42D4C957F2DL);
    for (int i = 0; i < 12; i++) {
      id.append(DIGITS.charAt((int) Long.remainderUnsigned(high, 62)));
      id.append(DIGITS.charAt((int) Long.remainderUnsigned(low, 62)));
      high = high >>> 5;
      low = low >>> 5;
    }
    return id.toString();
  }

  /** SplitMix64's finish: every state gives another value. */
  private static long mix(long value) {
    long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
