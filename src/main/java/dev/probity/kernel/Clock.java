package dev.probity.kernel;

import java.time.Instant;

/** Time, injected everywhere so that tests and simulators can move it. */
public interface Clock {
  /** Wall time: milliseconds since 1970-01-01T00:00:00Z. */
  long millis();

  /** A monotonic reading in nanoseconds; only differences mean anything. */
  long nanos();

  /** Wall time as an {@link Instant}. */
  default Instant instant() {
    return Instant.ofEpochMilli(millis());
  }

  /** The machine's clock. */
  static Clock system() {
    return new Clock() {
      @Override
      public long millis() {
        return System.currentTimeMillis();
      }

      @Override
      public long nanos() {
        return System.nanoTime();
      }
    };
  }
}
