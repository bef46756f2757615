package dev.probity.telemetry.counting;

import dev.probity.kernel.Usage;
import dev.probity.telemetry.AgentEvent;
import dev.probity.telemetry.Measure;
import dev.probity.telemetry.Reading;
import dev.probity.telemetry.Result;
import dev.probity.telemetry.sessions.Figure;
import java.util.Arrays;

/** What one event or reading adds to each figure. Absurd values are cut. */
final class Amounts {
  /** Values beyond these are some client's mistake. */
  private static final long LARGEST_NUMBER = 1L << 40;

  private static final long LARGEST_MONEY = Totals.LARGEST;

  private final long[] values = new long[Totals.COUNT];

  /** By the figures' ordinals; the array itself. */
  long[] values() {
    return values;
  }

  void clear() {
    Arrays.fill(values, 0);
  }

  /** Adds what an event says, claims other than of a model call left out. */
  void addEvent(AgentEvent event, boolean subscription) {
    switch (event.kind()) {
      case MODEL_CALL -> addModelCall(event, subscription);
      case PROMPT -> add(Figure.PROMPTS, 1);
      case MODEL_ERROR, FAILURE -> add(Figure.ERRORS, 1);
      case WAIT -> add(Figure.WAITED_MILLIS, number(event.durationMillis(), LARGEST_NUMBER));
      case TOOL_DECISION -> {
        add(Figure.TOOLS_ACCEPTED, event.result() == Result.ACCEPTED ? 1 : 0);
        add(Figure.TOOLS_REJECTED, event.result() == Result.REJECTED ? 1 : 0);
      }
      case TOOL_RESULT -> {
        add(Figure.TOOL_CALLS, 1);
        add(Figure.ERRORS, event.isError() ? 1 : 0);
      }
      default -> {}
    }
  }

  private void addModelCall(AgentEvent event, boolean subscription) {
    Usage usage = event.usage();
    add(Figure.MODEL_CALLS, 1);
    add(Figure.UNPRICED, event.charge().unpriced() ? 1 : 0);
    add(Figure.UNCACHED_INPUT, number(usage.uncachedInput(), LARGEST_NUMBER));
    add(Figure.CACHE_READ, number(usage.cacheRead(), LARGEST_NUMBER));
    add(Figure.CACHE_WRITE_5M, number(usage.cacheWrite5m(), LARGEST_NUMBER));
    add(Figure.CACHE_WRITE_1H, number(usage.cacheWrite1h(), LARGEST_NUMBER));
    add(Figure.OUTPUT_TEXT, number(usage.outputText(), LARGEST_NUMBER));
    add(Figure.OUTPUT_REASONING, number(usage.outputReasoning(), LARGEST_NUMBER));
    add(Figure.TOOL_PROMPT, number(usage.toolPrompt(), LARGEST_NUMBER));
    add(Figure.CHARGE_NANO_USD, number(event.charge().nanoUsd(), LARGEST_MONEY));
    addSpend(subscription);
    add(Figure.CLAIMED_NANO_USD, number(event.claimedNanoUsd(), LARGEST_MONEY));
  }

  /** A number within reason; 0 for one that was not given. */
  private static long number(long value, long largest) {
    return Math.clamp(value, 0, largest);
  }

  void add(Figure figure, long amount) {
    values[figure.ordinal()] += amount;
  }

  /** Adds what an event says of cost; a correction takes it away. */
  void addClaim(long nanoUsd) {
    add(Figure.CLAIMED_NANO_USD, Math.clamp(nanoUsd, -LARGEST_MONEY, LARGEST_MONEY));
  }

  /** A charge is spent, unless a subscription covers it. */
  void addSpend(boolean subscription) {
    if (!subscription) {
      add(Figure.SPEND_NANO_USD, values[Figure.CHARGE_NANO_USD.ordinal()]);
    }
  }

  /** A reading's value, if it is within reason. */
  static long within(Reading reading) {
    return number(
        reading.value(),
        reading.measure() == Measure.CLAIMED_NANO_USD ? LARGEST_MONEY : LARGEST_NUMBER);
  }

  /** The figure that a measure adds to as it is. */
  static Figure figureOf(Measure measure) {
    return switch (measure) {
      case CLAIMED_NANO_USD -> Figure.CLAIMED_NANO_USD;
      case ACTIVE_PERSON_MILLIS -> Figure.ACTIVE_PERSON_MILLIS;
      case ACTIVE_AGENT_MILLIS -> Figure.ACTIVE_AGENT_MILLIS;
      case LINES_ADDED -> Figure.LINES_ADDED;
      case LINES_REMOVED -> Figure.LINES_REMOVED;
      case COMMITS -> Figure.COMMITS;
      case PULL_REQUESTS -> Figure.PULL_REQUESTS;
      case EDITS_ACCEPTED -> Figure.EDITS_ACCEPTED;
      case EDITS_REJECTED -> Figure.EDITS_REJECTED;
      case TOOL_CALLS -> Figure.TOOL_CALLS;
      case SESSIONS -> Figure.SESSIONS;
      case MODEL_CALLS,
          INPUT,
          CACHE_READ,
          CACHE_WRITE,
          CACHE_READ_WITHIN_INPUT,
          CACHE_WRITE_WITHIN_INPUT,
          OUTPUT,
          REASONING,
          REASONING_WITHIN_OUTPUT,
          TOOL_PROMPT ->
          throw new IllegalArgumentException(measure + " is not added as it is");
    };
  }
}
