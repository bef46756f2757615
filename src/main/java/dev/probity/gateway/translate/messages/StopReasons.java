package dev.probity.gateway.translate.messages;

import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.AnswerEvent.StopReason;

/** Anthropic's words for why an answer stopped. */
final class StopReasons {
  private StopReasons() {}

  /** A word that is not known is an end like any other. */
  static StopReason read(RawText word) {
    return switch (word.plain()) {
      case "max_tokens" -> StopReason.MAX_TOKENS;
      case "stop_sequence" -> StopReason.STOP_SEQUENCE;
      case "tool_use" -> StopReason.TOOL_CALLS;
      case "pause_turn", "compaction" -> StopReason.PAUSED;
      case "refusal" -> StopReason.DECLINED;
      case "model_context_window_exceeded" -> StopReason.CONTEXT_FULL;
      default -> StopReason.END;
    };
  }

  /**
   * Clients run tools only after {@code tool_use}, whatever the provider calls its end; but not
   * after an answer that was cut short, whose last call may be half one.
   */
  static String write(StopReason reason, boolean called) {
    return switch (reason) {
      case END, TOOL_CALLS -> called ? "tool_use" : "end_turn";
      case STOP_SEQUENCE -> called ? "tool_use" : "stop_sequence";
      case MAX_TOKENS -> "max_tokens";
      case DECLINED -> "refusal";
      case PAUSED -> "pause_turn";
      case CONTEXT_FULL -> "model_context_window_exceeded";
    };
  }
}
