package dev.probity.gateway.routing;

import dev.probity.gateway.routing.health.Breaker;
import dev.probity.gateway.routing.health.Latency;
import dev.probity.gateway.routing.health.RateLimits;
import dev.probity.gateway.upstream.BreakerSettings;
import dev.probity.kernel.Clock;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * How a deployment has been doing lately, told by the attempts made at it. One a deployment, shared
 * by all event loops, kept over reloads. Attempts with a client's own provider key should not be
 * told of: their limits are not the deployment's.
 */
public final class Health {
  /** What became of an attempt. */
  public enum Ending {
    /** The answer came, whatever it said. */
    SERVED,
    /** The deployment is to blame: no connection, 5xx, a timeout, a broken answer. */
    FAILED,
    /** It has had too much: 429, or overloaded. */
    LIMITED,
    /** Nobody is to blame: the client left, or another attempt was faster. */
    ABANDONED
  }

  /** Whether it may be called. */
  enum Readiness {
    READY(""),
    /** Its breaker is open, but one call may try. */
    TRIAL(""),
    OPEN("circuit_open"),
    /** It said that it has had too much. */
    COOLING("cooling_down"),
    /** It said that nothing is left until a time that has not come. */
    EXHAUSTED("rate_limited");

    private final String reason;

    Readiness(String reason) {
      this.reason = reason;
    }

    /** Why it is passed over; empty if it is not. */
    String reason() {
      return reason;
    }
  }

  /** After the first refusal without a time; doubled with each that follows. */
  private static final long COOLING_MILLIS = 1_000;

  private static final long MOST_COOLING_MILLIS = 60_000;

  /** The longest that a provider's word about itself is taken for. */
  private static final long MOST_RETRY_AFTER_MILLIS = 3_600_000;

  /** How long an average says something about now. */
  private static final long FRESH_MILLIS = 60_000;

  private final String deployment;
  private final Clock clock;
  private final Breaker breaker;
  private final Latency latency = new Latency();

  /** The same without the penalties for failing: what was really waited for. */
  private final Latency waited = new Latency();

  private final RateLimits limits = new RateLimits();
  private final AtomicInteger running = new AtomicInteger();
  private final AtomicInteger limitedInARow = new AtomicInteger();
  private final LongAdder served = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder limited = new LongAdder();

  /** Until when it cools down, on the monotonic clock; meaningless before it ever did. */
  private volatile long coolingUntilNanos;

  private volatile boolean cooled;
  private volatile @Nullable Check lastCheck;

  private record Check(boolean good, String what, long atMillis) {}

  public Health(String deployment) {
    this(deployment, Clock.system());
  }

  /**
   * @param clock for what providers say in wall-clock time
   */
  Health(String deployment, Clock clock) {
    this.deployment = deployment;
    this.clock = clock;
    this.breaker = new Breaker(BreakerSettings.DEFAULT, clock.nanos());
  }

  public String deployment() {
    return deployment;
  }

  void configure(BreakerSettings settings) {
    breaker.configure(settings);
  }

  /** An attempt begins; {@link #ended} must follow. */
  public void begun(long nowNanos) {
    running.incrementAndGet();
  }

  /** The head of an answer has come. */
  public void answered(int status, HttpHeaders headers, long nowNanos) {
    long wall = clock.millis();
    limits.read(headers, nowNanos, wall);
    if (status == 429 || status == 503 || status == 529) {
      RateLimits.retryAfterMillis(headers, wall)
          .ifPresent(millis -> cool(Math.min(millis, MOST_RETRY_AFTER_MILLIS), nowNanos));
    }
  }

  /**
   * The first content has come.
   *
   * @param tookNanos since the request was sent
   */
  public void content(long tookNanos, long nowNanos) {
    latency.observe(tookNanos, nowNanos);
    waited.observe(tookNanos, nowNanos);
    breaker.alive(nowNanos);
  }

  /** The attempt is over. */
  public void ended(Ending ending, long nowNanos) {
    running.decrementAndGet();
    switch (ending) {
      case SERVED -> {
        served.increment();
        limitedInARow.set(0);
        breaker.served(nowNanos);
      }
      case FAILED -> {
        failed.increment();
        latency.failed(nowNanos);
        breaker.failed(nowNanos);
      }
      case LIMITED -> {
        limited.increment();
        breaker.alive(nowNanos);
        int before = Math.min(limitedInARow.getAndIncrement(), 16);
        if (!isCooling(nowNanos)) {
          long millis = Math.min(COOLING_MILLIS << before, MOST_COOLING_MILLIS);
          long untilNanos = limits.exhaustedUntilNanos(nowNanos).orElse(nowNanos);
          cool(Math.max(millis, (untilNanos - nowNanos) / 1_000_000), nowNanos);
        }
      }
      case ABANDONED -> {}
    }
  }

  private void cool(long millis, long nowNanos) {
    coolingUntilNanos = nowNanos + millis * 1_000_000;
    cooled = true;
  }

  private boolean isCooling(long nowNanos) {
    return cooled && coolingUntilNanos - nowNanos > 0;
  }

  /** A health check has come back. */
  void checked(boolean good, String what, long nowNanos) {
    lastCheck = new Check(good, what, clock.millis());
    if (good) {
      breaker.checkSucceeded(nowNanos);
    } else {
      breaker.checkFailed(nowNanos);
    }
  }

  /** Attempts that run now. */
  public int running() {
    return running.get();
  }

  Readiness readiness(long nowNanos) {
    if (isCooling(nowNanos)) {
      return Readiness.COOLING;
    }
    if (limits.exhaustedUntilNanos(nowNanos).isPresent()) {
      return Readiness.EXHAUSTED;
    }
    if (breaker.isClosed()) {
      return Readiness.READY;
    }
    return breaker.isTrialDue(nowNanos) ? Readiness.TRIAL : Readiness.OPEN;
  }

  /** When it may be called again, on the monotonic clock; not after now if it may. */
  long readyNanos(long nowNanos) {
    long until = nowNanos;
    if (isCooling(nowNanos)) {
      until = coolingUntilNanos;
    }
    until = later(until, limits.exhaustedUntilNanos(nowNanos).orElse(until));
    return breaker.isClosed() ? until : later(until, breaker.trialNanos());
  }

  private static long later(long one, long other) {
    return one - other > 0 ? one : other;
  }

  /** Whether the caller is the one call that tries. */
  boolean claimTrial(long nowNanos) {
    return breaker.claimTrial(nowNanos);
  }

  /** It is called although it should be left alone. */
  void forceTrial(long nowNanos) {
    breaker.forceTrial(nowNanos);
  }

  /** The one call that was to try does not. */
  void releaseTrial(long nowNanos) {
    breaker.releaseTrial(nowNanos);
  }

  /** How much of its usual share it should get, by what is left of its limits: 1 or less. */
  double headroom(long nowNanos) {
    return limits.headroom(nowNanos);
  }

  /**
   * What a call to it would cost in time: the average wait for content, times the calls that would
   * then run. One that nobody knows is tried by one call at a time.
   */
  double cost(long nowNanos) {
    int calls = running.get();
    if (!latency.isKnown()) {
      return calls == 0 ? 0 : Double.MAX_VALUE / 2;
    }
    return latency.nanos(nowNanos) * (calls + 1);
  }

  /** The average wait for content as it was last; empty if that says nothing about now. */
  OptionalLong freshLatencyNanos(long nowNanos) {
    return latency.isFresh(nowNanos, FRESH_MILLIS) ? latency.lastNanos() : OptionalLong.empty();
  }

  /** How it is, for people and scripts. */
  public HealthReport report() {
    long now = clock.nanos();
    long wall = clock.millis();
    Check check = lastCheck;
    List<HealthReport.Limit> seen =
        limits.all().stream()
            .map(limit ->
                new HealthReport.Limit(
                    limit.kind().text(),
                    limit.limit(),
                    limit.remaining(),
                    wall(limit.resetNanos(), now, wall)))
            .toList();
    return new HealthReport(
        switch (breaker.phase()) {
          case CLOSED -> HealthReport.State.CLOSED;
          case OPEN -> HealthReport.State.OPEN;
          case HALF_OPEN -> HealthReport.State.HALF_OPEN;
        },
        wall(breaker.sinceNanos(), now, wall),
        isCooling(now) ? OptionalLong.of(wall(coolingUntilNanos, now, wall)) : OptionalLong.empty(),
        running.get(),
        latencyMillis(),
        served.sum(),
        failed.sum(),
        limited.sum(),
        seen,
        check == null
            ? Optional.empty()
            : Optional.of(new HealthReport.Check(check.good, check.what, check.atMillis)));
  }

  private OptionalLong latencyMillis() {
    OptionalLong nanos = waited.lastNanos();
    return nanos.isPresent()
        ? OptionalLong.of(nanos.getAsLong() / 1_000_000)
        : OptionalLong.empty();
  }

  private static long wall(long nanos, long nowNanos, long wallMillis) {
    return wallMillis + (nanos - nowNanos) / 1_000_000;
  }
}
