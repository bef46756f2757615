package dev.probity.kernel;

import java.time.Instant;

/** Something that keeps data for a limited time. Run at start, and every minute from then on. */
public interface Expiring {
  /** What expires, in a few words for logs and evidence. */
  String expires();

  /**
   * Deletes what is past its retention. May be run again at the same time, and after a crash in the
   * middle; costs next to nothing when nothing is due.
   *
   * @return how many things (files, rows) were deleted
   */
  int expire(Instant now);
}
