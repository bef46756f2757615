package dev.probity.telemetry.counting;

import dev.probity.telemetry.sessions.Dimensions;
import dev.probity.telemetry.sessions.Figure;

/** Where sums are kept that sessions add to. */
public interface SumChanges {
  /**
   * What changes in the sums of an hour: an array with a place for every {@link Figure}, by its
   * ordinal, to add to (which may be negative).
   *
   * @param hourMillis when the hour began
   */
  long[] at(long hourMillis, Dimensions dimensions);
}
