package dev.probity.gateway.upstream.simulated;

import dev.probity.kernel.Clock;
import java.time.Instant;

/** Requests in the running minute, for the rate-limit headers. Nothing is refused for them. */
final class RequestCount {
  private final Clock clock;
  private long minute = -1;
  private long count;

  RequestCount(Clock clock) {
    this.clock = clock;
  }

  /** Counts one more; says how many are left. */
  synchronized long remaining(Instant now) {
    long current = Math.floorDiv(now.getEpochSecond(), 60L);
    if (current != minute) {
      minute = current;
      count = 0;
    }
    count++;
    return Math.max(0, Vendor.REQUESTS_A_MINUTE - count);
  }

  Instant now() {
    return clock.instant();
  }
}
