package dev.probity.gateway.call;

import dev.probity.gateway.GatewaySettings.Timeouts;
import dev.probity.gateway.call.failure.Failure;
import dev.probity.gateway.call.failure.UpstreamFailures;
import java.util.Optional;

/** Which of an attempt's deadlines has passed, if any. */
final class Deadlines {
  private Deadlines() {}

  /** While nothing has come back. */
  static Optional<Failure> waiting(AttemptTimes times, Timeouts timeouts, long now) {
    if (times.waitedMillis(now) > timeouts.firstByte()) {
      return Optional.of(UpstreamFailures.FIRST_BYTE_TIMEOUT);
    }
    return times.waitedMillis(now) > timeouts.firstContent()
        ? Optional.of(UpstreamFailures.FIRST_CONTENT_TIMEOUT)
        : Optional.empty();
  }

  /** While an answer comes. */
  static Optional<Failure> answering(
      AnswerStream answer, AttemptTimes times, Timeouts timeouts, long now) {
    if (answer.quietMillis(now) > timeouts.stall()) {
      return Optional.of(UpstreamFailures.STALLED);
    }
    boolean isLate =
        answer.isSuccess()
            && !answer.hasContent()
            && times.waitedMillis(now) > timeouts.firstContent();
    return isLate ? Optional.of(UpstreamFailures.FIRST_CONTENT_TIMEOUT) : Optional.empty();
  }
}
