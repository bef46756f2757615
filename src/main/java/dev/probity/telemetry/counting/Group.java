package dev.probity.telemetry.counting;

import dev.probity.telemetry.sessions.Dimensions;

/** A place in the sums. */
record Group(long hourMillis, Dimensions dimensions) {
  private static final long HOUR_MILLIS = 3_600_000;

  static Group at(long millis, Dimensions dimensions) {
    return new Group(Math.floorDiv(millis, HOUR_MILLIS) * HOUR_MILLIS, dimensions);
  }

  /** The UTC day, counted from 1970. */
  long day() {
    return Math.floorDiv(hourMillis, 24 * HOUR_MILLIS);
  }
}
