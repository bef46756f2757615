package dev.probity.telemetry.sessions;

import java.util.Locale;

/**
 * Everything that is added up, for a session, an hour or a day. Column names are stored, and the
 * ordinals in the state of a session: only append.
 */
public enum Figure {
  SESSIONS,
  PROMPTS,
  MODEL_CALLS,
  /** Model calls that have no known price. */
  UNPRICED,
  UNCACHED_INPUT,
  CACHE_READ,
  CACHE_WRITE_5M,
  CACHE_WRITE_1H,
  OUTPUT_TEXT,
  OUTPUT_REASONING,
  TOOL_PROMPT,
  /** By the price book, whoever pays: what the use would cost through the API. */
  CHARGE_NANO_USD,
  /** The part of it that is real money: not what a subscription covers. */
  SPEND_NANO_USD,
  /** What agents say it cost. */
  CLAIMED_NANO_USD,
  TOOL_CALLS,
  TOOLS_ACCEPTED,
  TOOLS_REJECTED,
  ERRORS,
  /** How long agents waited for a person, in milliseconds. */
  WAITED_MILLIS,
  ACTIVE_PERSON_MILLIS,
  ACTIVE_AGENT_MILLIS,
  LINES_ADDED,
  LINES_REMOVED,
  COMMITS,
  PULL_REQUESTS,
  EDITS_ACCEPTED,
  EDITS_REJECTED;

  private final String column = name().toLowerCase(Locale.ROOT);

  /** The name in tables and in the API. */
  public String column() {
    return column;
  }
}
