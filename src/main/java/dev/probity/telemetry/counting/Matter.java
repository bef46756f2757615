package dev.probity.telemetry.counting;

import dev.probity.telemetry.EventKind;
import dev.probity.telemetry.Measure;

/**
 * Things that several signals may report, each counted from one of them: the best that does. The
 * ordinals are stored: only append.
 */
enum Matter {
  /** Model calls: tokens, charge, spend and what agents say it cost. */
  USAGE,
  PROMPTS,
  TOOLS,
  DECISIONS,
  WAITS,
  MODEL_ERRORS,
  FAILURES,
  /** What agents say of cost other than for a model call: corrections above all. */
  CLAIMS,
  /** Sessions, where reports name none but a metric counts them. */
  SESSIONS,
  /** What counts whatever else is reported, or not at all. */
  OTHER;

  static Matter of(EventKind kind) {
    return switch (kind) {
      case MODEL_CALL -> USAGE;
      case PROMPT -> PROMPTS;
      case TOOL_RESULT -> TOOLS;
      case TOOL_DECISION -> DECISIONS;
      case WAIT -> WAITS;
      case MODEL_ERROR -> MODEL_ERRORS;
      case FAILURE -> FAILURES;
      case CORRECTION -> CLAIMS;
      case OTHER,
          SESSION_START,
          SESSION_END,
          MODEL_START,
          ANSWER,
          AGENT_START,
          AGENT_END,
          COMPACTION,
          HOOK,
          MODE ->
          OTHER;
    };
  }

  static Matter of(Measure measure) {
    return switch (measure) {
      case TOOL_CALLS -> TOOLS;
      case SESSIONS -> SESSIONS;
      default -> measure.isUsage() ? USAGE : OTHER;
    };
  }
}
