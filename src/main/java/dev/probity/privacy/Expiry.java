package dev.probity.privacy;

import dev.probity.kernel.Clock;
import dev.probity.kernel.Expiring;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Deletes what is past its retention: at start, and every minute. What fails is logged and tried
 * again with the next run.
 */
public final class Expiry implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Expiry.class.getName());
  private static final long PAUSE_NANOS = 60_000_000_000L;

  private final Clock clock;
  private final List<Expiring> expirings;
  private final Thread thread;
  private volatile boolean stopped;

  public Expiry(Clock clock, List<Expiring> expirings) {
    this.clock = clock;
    this.expirings = List.copyOf(expirings);
    thread = Thread.ofPlatform().name("probity-expiry").daemon().unstarted(this::run);
  }

  /** Begins to look at the clock, on a thread of its own. */
  public void start() {
    thread.start();
  }

  /**
   * Deletes what is past its retention now.
   *
   * @return whether all of it worked
   */
  public synchronized boolean runNow() {
    Instant now = clock.instant();
    boolean worked = true;
    for (Expiring expiring : expirings) {
      worked &= expire(expiring, now);
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
      runNow();
      LockSupport.parkNanos(this, PAUSE_NANOS);
    }
  }

  private static boolean expire(Expiring expiring, Instant now) {
    try {
      int deleted = expiring.expire(now);
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
