package dev.probity.gateway.call;

/** When what happened in an attempt; all readings of the monotonic clock. */
final class AttemptTimes {
  private final long startedNanos;
  private long connectedNanos;
  private long answeredNanos;
  private long drainingNanos;
  private boolean answered;

  AttemptTimes(long nowNanos) {
    startedNanos = nowNanos;
    connectedNanos = nowNanos;
  }

  void connected(boolean overPooled, long nowNanos) {
    connectedNanos = overPooled ? startedNanos : nowNanos;
  }

  void answered(long nowNanos) {
    answered = true;
    answeredNanos = nowNanos;
  }

  void drainingSince(long nowNanos) {
    drainingNanos = nowNanos;
  }

  long connectedNanos() {
    return connectedNanos;
  }

  /** Since the request was sent. */
  long waitedMillis(long nowNanos) {
    return millis(connectedNanos, nowNanos);
  }

  long sinceHeadMillis(long nowNanos) {
    return millis(answeredNanos, nowNanos);
  }

  long drainedMillis(long nowNanos) {
    return millis(drainingNanos, nowNanos);
  }

  long connectMillis() {
    return millis(startedNanos, connectedNanos);
  }

  /** From the request sent to the answer's head; 0 if there was none. */
  long firstByteMillis() {
    return answered ? millis(connectedNanos, answeredNanos) : 0;
  }

  long totalMillis(long nowNanos) {
    return millis(startedNanos, nowNanos);
  }

  private static long millis(long from, long to) {
    return (to - from) / 1_000_000;
  }
}
