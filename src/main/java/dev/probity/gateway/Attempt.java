package dev.probity.gateway;

import dev.probity.gateway.routing.Candidate;
import dev.probity.kernel.Clock;

/** One try at one candidate, and its times. */
final class Attempt {
  private final Candidate candidate;
  private final int index;
  private final boolean fresh;
  private final Clock clock;
  private final long startedNanos;
  private long connectedNanos;
  private long answeredNanos;
  private long drainingNanos;
  private int status;
  private boolean reused;

  /**
   * @param index the candidate's place in the route
   * @param fresh a pooled connection was not acceptable
   */
  Attempt(Candidate candidate, int index, boolean fresh, Clock clock) {
    this.candidate = candidate;
    this.index = index;
    this.fresh = fresh;
    this.clock = clock;
    this.startedNanos = clock.nanos();
    this.connectedNanos = startedNanos;
  }

  Candidate candidate() {
    return candidate;
  }

  int index() {
    return index;
  }

  boolean fresh() {
    return fresh;
  }

  boolean reused() {
    return reused;
  }

  /** The upstream's HTTP status; 0 before there is one. */
  int status() {
    return status;
  }

  void connected(boolean overPooled) {
    reused = overPooled;
    connectedNanos = overPooled ? startedNanos : clock.nanos();
  }

  void answered(int withStatus) {
    status = withStatus;
    answeredNanos = clock.nanos();
  }

  void drainingSince(long nanos) {
    drainingNanos = nanos;
  }

  long waitedMillis(long nowNanos) {
    return (nowNanos - connectedNanos) / 1_000_000;
  }

  long drainedMillis(long nowNanos) {
    return (nowNanos - drainingNanos) / 1_000_000;
  }

  long connectMillis() {
    return (connectedNanos - startedNanos) / 1_000_000;
  }

  /** From the request sent to the answer's head; 0 if there was none. */
  long firstByteMillis() {
    return status == 0 ? 0 : (answeredNanos - connectedNanos) / 1_000_000;
  }

  long totalMillis() {
    return (clock.nanos() - startedNanos) / 1_000_000;
  }
}
