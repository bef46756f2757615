package dev.probity.privacy;

import dev.probity.kernel.Clock;
import dev.probity.kernel.Expiring;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Deletes what is past its retention: at start, and on every UTC day that begins. What fails is
 * logged and tried again with the next look at the clock.
 */
public final class DailyExpiry implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(DailyExpiry.class.getName());
  private static final long LOOK_NANOS = 60_000_000_000L;

  private final Clock clock;
  private final List<Expiring> expirings;
  private final Thread thread;
  private @Nullable LocalDate done;
  private volatile boolean stopped;

  public DailyExpiry(Clock clock, List<Expiring> expirings) {
    this.clock = clock;
    this.expirings = List.copyOf(expirings);
    thread = Thread.ofPlatform().name("probity-expiry").daemon().unstarted(this::run);
  }

  /** Begins to look at the clock, on a thread of its own. */
  public void start() {
    thread.start();
  }

  /**
   * Expires, unless that was done for this day.
   *
   * @return whether it was done now, and all of it worked
   */
  public synchronized boolean runIfDue() {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    if (today.equals(done)) {
      return false;
    }
    boolean worked = true;
    for (Expiring expiring : expirings) {
      worked &= expire(expiring, today);
    }
    if (worked) {
      done = today;
    }
    return worked;
  }

  @Override
  public void close() {
    stopped = true;
    LockSupport.unpark(thread);
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (!stopped) {
      runIfDue();
      LockSupport.parkNanos(this, LOOK_NANOS);
    }
  }

  private static boolean expire(Expiring expiring, LocalDate today) {
    try {
      int deleted = expiring.expire(today);
      if (deleted > 0) {
        LOG.log(
            System.Logger.Level.INFO, "retention: {0}: {1} deleted", expiring.expires(), deleted);
      }
      return true;
    } catch (RuntimeException e) {
      LOG.log(
          System.Logger.Level.ERROR,
          "retention: " + expiring.expires() + " could not be kept; it is tried again in a minute",
          e);
      return false;
    }
  }
}
