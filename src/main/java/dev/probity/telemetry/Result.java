package dev.probity.telemetry;

/** How an event ended. The ordinals are stored: only append. */
public enum Result {
  /** The agent did not say, or it makes no sense for this kind of event. */
  UNKNOWN,
  OK,
  FAILED,
  /** A tool was allowed, by a person or by a rule. */
  ACCEPTED,
  /** A tool was refused, by a person or by a rule. */
  REJECTED,
  /** It was stopped. */
  CANCELLED
}
