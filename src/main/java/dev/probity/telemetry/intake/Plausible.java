package dev.probity.telemetry.intake;

import dev.probity.kernel.Usage;
import dev.probity.telemetry.AgentEvent;
import dev.probity.telemetry.Measure;
import dev.probity.telemetry.Reading;
import java.time.Duration;

/** Which times and numbers of a client are believed. */
final class Plausible {
  /** Longer ago than anything that an agent still has to report. */
  private static final long OLDEST_MILLIS = Duration.ofDays(400).toMillis();

  /** What a clock or a time zone may be wrong by. */
  private static final long AHEAD_MILLIS = Duration.ofDays(1).toMillis();

  /** More tokens, milliseconds or lines than one record can be about: some 10^12. */
  private static final long MOST = 1L << 40;

  /** More nano-USD than a record can be about: some million USD. */
  private static final long MOST_NANO_USD = 1L << 50;

  private Plausible() {}

  /** Whether a time can be right, told when it was received. */
  static boolean time(long atMillis, long receivedAtMillis) {
    return atMillis >= receivedAtMillis - OLDEST_MILLIS
        && atMillis <= receivedAtMillis + AHEAD_MILLIS;
  }

  static boolean usage(Usage usage) {
    // The parts are not negative, so that one that is too large shows in the bits of all together.
    return (usage.uncachedInput()
            | usage.cacheRead()
            | usage.cacheWrite5m()
            | usage.cacheWrite1h()
            | usage.outputText()
            | usage.outputReasoning()
            | usage.toolPrompt())
        < MOST;
  }

  /** Money may be negative, where an earlier claim is corrected. */
  static boolean claim(long nanoUsd) {
    return nanoUsd == AgentEvent.UNKNOWN || nanoUsd > -MOST_NANO_USD && nanoUsd < MOST_NANO_USD;
  }

  static boolean value(Reading reading) {
    long most = reading.measure() == Measure.CLAIMED_NANO_USD ? MOST_NANO_USD : MOST;
    return reading.value() >= 0 && reading.value() < most;
  }

  /** A duration or a size as it is kept: not known rather than absurd. */
  static long amount(long value) {
    return value >= 0 && value < MOST ? value : AgentEvent.UNKNOWN;
  }
}
