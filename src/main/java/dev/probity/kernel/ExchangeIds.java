package dev.probity.kernel;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes exchange ids: strictly rising, also when the clock steps back or more than 8,192 fall into
 * one millisecond (then the time part runs ahead of the clock).
 */
public final class ExchangeIds {
  private static final int COUNTERS = 1 << ExchangeId.COUNTER_BITS;

  private final Clock clock;
  private final int node;

  /** Milliseconds and counter in one word, so that one compare-and-set makes an id. */
  private final AtomicLong last = new AtomicLong();

  /**
   * @param node 0 to 255: which of several processes makes the ids
   */
  public ExchangeIds(Clock clock, int node) {
    if (node < 0 || node >= 1 << ExchangeId.NODE_BITS) {
      throw new IllegalArgumentException("node: " + node + " (expected: 0 to 255)");
    }
    this.clock = clock;
    this.node = node;
  }

  /** The next id. */
  public ExchangeId next() {
    long now = clock.millis() * COUNTERS;
    while (true) {
      long before = last.get();
      long next = Math.max(now, before + 1);
      if (last.compareAndSet(before, next)) {
        return ExchangeId.of(next / COUNTERS, node, (int) (next % COUNTERS));
      }
    }
  }
}
