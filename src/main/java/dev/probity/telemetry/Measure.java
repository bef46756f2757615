package dev.probity.telemetry;

/**
 * What a metric counts. Token measures are flows between the disjoint parts of {@link
 * dev.probity.kernel.Usage}, because many agents count inclusively: a subset moves tokens out of
 * the part that contained them. The ordinals are stored: only append.
 */
public enum Measure {
  /** Input without anything cached: adds to uncached input. */
  INPUT,
  /** Cached input that INPUT does not contain: adds to cache reads. */
  CACHE_READ,
  /** Written to the cache, not contained in INPUT: adds to 5-minute cache writes. */
  CACHE_WRITE,
  /** Cached input that INPUT contains: adds to cache reads, takes from uncached input. */
  CACHE_READ_WITHIN_INPUT,
  /** Written to the cache and contained in INPUT: adds to writes, takes from uncached input. */
  CACHE_WRITE_WITHIN_INPUT,
  /** Output, with or without reasoning as the agent counts it: adds to output text. */
  OUTPUT,
  /** Reasoning that OUTPUT does not contain: adds to output reasoning. */
  REASONING,
  /** Reasoning that OUTPUT contains: adds to output reasoning, takes from output text. */
  REASONING_WITHIN_OUTPUT,
  /** Input that the provider's own tools added. */
  TOOL_PROMPT,
  /** What the agent says it cost, in nano-USD. */
  CLAIMED_NANO_USD,
  /** A person at work, in milliseconds. */
  ACTIVE_PERSON_MILLIS,
  /** The agent at work, in milliseconds. */
  ACTIVE_AGENT_MILLIS,
  LINES_ADDED,
  LINES_REMOVED,
  COMMITS,
  PULL_REQUESTS,
  SESSIONS,
  /** Edits that were accepted. */
  EDITS_ACCEPTED,
  /** Edits that were rejected. */
  EDITS_REJECTED,
  /** Model calls, where only a metric counts them. */
  MODEL_CALLS,
  /** Tool calls, where only a metric counts them. */
  TOOL_CALLS;

  /** Whether it counts tokens. */
  public boolean isTokens() {
    return ordinal() <= TOOL_PROMPT.ordinal();
  }

  /**
   * Whether events of a session say the same, so that this counts only for a session that has no
   * such events.
   */
  public boolean isUsage() {
    return ordinal() <= CLAIMED_NANO_USD.ordinal() || this == MODEL_CALLS || this == TOOL_CALLS;
  }
}
