package dev.probity.gateway.routing.health;

import dev.probity.gateway.upstream.BreakerSettings;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Keeps calls away from a deployment that fails. Closed: all is well. Open: nobody calls until the
 * pause is over. Half-open: one call tries; if it succeeds the breaker closes, if it fails it is
 * open for twice as long. Shared by all event loops, without a lock.
 */
public final class Breaker {
  public enum Phase {
    CLOSED,
    OPEN,
    HALF_OPEN
  }

  private static final long LONGEST_PAUSE_NANOS = 300_000_000_000L;

  /** A trial of which nothing is heard for so long may be made again. */
  private static final long TRIAL_NANOS = 30_000_000_000L;

  /**
   * @param sinceNanos when the phase before the last closed one ended: since when it is not well
   * @param untilNanos open: when a trial may be made; half-open: when another may
   * @param openings how often it opened since it was last closed
   */
  private record State(Phase phase, long sinceNanos, long untilNanos, int openings) {}

  private final AtomicInteger failuresInARow = new AtomicInteger();
  private final AtomicReference<State> state;
  private volatile BreakerSettings settings;
  private volatile FailureWindow window;

  public Breaker(BreakerSettings settings, long nowNanos) {
    this.settings = settings;
    this.window = new FailureWindow(settings.windowMillis());
    this.state = new AtomicReference<>(new State(Phase.CLOSED, nowNanos, nowNanos, 0));
  }

  /** Takes up other settings; what is counted begins anew if the window is another. */
  public void configure(BreakerSettings changed) {
    if (changed.windowMillis() != settings.windowMillis()) {
      window = new FailureWindow(changed.windowMillis());
    }
    settings = changed;
  }

  public Phase phase() {
    return state.get().phase;
  }

  /** Since when it is as it is: closed, or not. */
  public long sinceNanos() {
    return state.get().sinceNanos;
  }

  /** When a trial may be made. Of a closed one: long past. */
  public long trialNanos() {
    return state.get().untilNanos;
  }

  public boolean isClosed() {
    return state.get().phase == Phase.CLOSED;
  }

  /** Whether it is not closed but somebody may try. */
  public boolean isTrialDue(long nowNanos) {
    return isTrialDue(state.get(), nowNanos);
  }

  private static boolean isTrialDue(State seen, long nowNanos) {
    return seen.phase != Phase.CLOSED && nowNanos - seen.untilNanos >= 0;
  }

  /** Whether the caller is the one who tries: of many at once only one is. */
  public boolean claimTrial(long nowNanos) {
    State seen = state.get();
    return isTrialDue(seen, nowNanos) && state.compareAndSet(seen, halfOpen(seen, nowNanos));
  }

  /** It is called although it is open, because there is nobody else: that is a trial, too. */
  public void forceTrial(long nowNanos) {
    State seen = state.get();
    if (seen.phase == Phase.OPEN) {
      state.compareAndSet(seen, halfOpen(seen, nowNanos));
    }
  }

  /** Whoever was to try does not: somebody else may at once. */
  public void releaseTrial(long nowNanos) {
    State seen = state.get();
    if (seen.phase == Phase.HALF_OPEN) {
      state.compareAndSet(seen, new State(Phase.OPEN, seen.sinceNanos, nowNanos, seen.openings));
    }
  }

  private static State halfOpen(State seen, long nowNanos) {
    return new State(Phase.HALF_OPEN, seen.sinceNanos, nowNanos + TRIAL_NANOS, seen.openings);
  }

  /** An attempt ended well. What began before it opened does not close it: only a trial does. */
  public void served(long nowNanos) {
    failuresInARow.set(0);
    window.add(false, nowNanos);
    alive(nowNanos);
  }

  /** It has shown life: content has come, or a refusal for having had too much. */
  public void alive(long nowNanos) {
    State seen = state.get();
    if (seen.phase == Phase.HALF_OPEN
        && state.compareAndSet(seen, new State(Phase.CLOSED, nowNanos, nowNanos, 0))) {
      failuresInARow.set(0);
      window.clear();
    }
  }

  public void failed(long nowNanos) {
    int inARow = failuresInARow.incrementAndGet();
    window.add(true, nowNanos);
    State seen = state.get();
    BreakerSettings now = settings;
    boolean opens =
        switch (seen.phase) {
          case CLOSED ->
              inARow >= now.failures()
                  || window.exceeds(now.leastAttempts(), now.share(), nowNanos);
          case HALF_OPEN -> true;
          case OPEN -> false;
        };
    if (opens) {
      state.compareAndSet(seen, open(seen, nowNanos));
    }
  }

  /** A health check failed: open, and kept open. */
  public void checkFailed(long nowNanos) {
    State seen = state.get();
    State opened =
        seen.phase == Phase.OPEN
            ? new State(
                Phase.OPEN, seen.sinceNanos, nowNanos + pauseNanos(seen.openings), seen.openings)
            : open(seen, nowNanos);
    state.compareAndSet(seen, opened);
  }

  /** A health check went well: the pause is over. */
  public void checkSucceeded(long nowNanos) {
    State seen = state.get();
    if (seen.phase == Phase.OPEN && seen.untilNanos - nowNanos > 0) {
      state.compareAndSet(seen, new State(Phase.OPEN, seen.sinceNanos, nowNanos, seen.openings));
    }
  }

  private State open(State seen, long nowNanos) {
    boolean wasWell = seen.phase == Phase.CLOSED;
    int openings = wasWell ? 1 : seen.openings + 1;
    return new State(
        Phase.OPEN,
        wasWell ? nowNanos : seen.sinceNanos,
        nowNanos + pauseNanos(openings),
        openings);
  }

  private long pauseNanos(int openings) {
    long first = settings.pauseMillis() * 1_000_000;
    long doubled = first << Math.clamp(openings - 1L, 0, 16);
    return Math.max(first, Math.min(doubled, LONGEST_PAUSE_NANOS));
  }
}
