package dev.probity.kernel;

import java.time.LocalDate;

/** Something that keeps data for a limited time. Run once a day, and once at start. */
public interface Expiring {
  /** What expires, in a few words for logs and evidence. */
  String expires();

  /**
   * Deletes what is past its retention. May be run again on the same day, and after a crash in the
   * middle.
   *
   * @param today the UTC day
   * @return how many things (files, rows) were deleted
   */
  int expire(LocalDate today);
}
