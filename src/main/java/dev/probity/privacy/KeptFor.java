package dev.probity.privacy;

import dev.probity.kernel.Retention;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * How long what happened is kept in this installation, by class.
 *
 * @param requestLog exchanges, and what agents reported event by event and session by session
 * @param usageMetric sums of use
 * @param promptContent text of prompts and answers, where it is kept at all
 */
public record KeptFor(Duration requestLog, Duration usageMetric, Duration promptContent) {
  /** With the days that are declared with the fields. */
  public static final KeptFor STANDARD =
      new KeptFor(
          Duration.ofDays(Retention.REQUEST_LOG.days()),
          Duration.ofDays(Retention.USAGE_METRIC.days()),
          Duration.ofDays(Retention.PROMPT_CONTENT.days()));

  private static final Duration SHORTEST_IN_WHOLE_DAYS = Duration.ofDays(2);

  /** Nothing for longer than this. */
  public KeptFor atMost(Duration most) {
    return new KeptFor(
        shorter(requestLog, most), shorter(usageMetric, most), shorter(promptContent, most));
  }

  /**
   * The time before which things are past their retention. What is kept for days goes by whole UTC
   * days, once all of the day is past it; what is kept for less than two goes to the millisecond.
   */
  public static Instant cutoff(Instant now, Duration kept) {
    Instant exact = now.minus(kept);
    return kept.compareTo(SHORTEST_IN_WHOLE_DAYS) < 0 ? exact : exact.truncatedTo(ChronoUnit.DAYS);
  }

  /** A duration in words: "90 days", "24 hours". */
  public static String words(Duration kept) {
    return kept.compareTo(SHORTEST_IN_WHOLE_DAYS) < 0
        ? kept.toHours() + " hours"
        : kept.toDays() + " days";
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }
}
