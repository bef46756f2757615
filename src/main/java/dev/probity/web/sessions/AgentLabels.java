package dev.probity.web.sessions;

import java.util.LinkedHashMap;
import java.util.Map;

/** How agents are called and marked on pages. Templates call these. */
public final class AgentLabels {
  private static final Map<String, String> LABELS = new LinkedHashMap<>();

  static {
    LABELS.put("claude-code", "Claude Code");
    LABELS.put("codex", "Codex CLI");
    LABELS.put("gemini-cli", "Gemini CLI");
    LABELS.put("qwen-code", "Qwen Code");
    LABELS.put("copilot", "Copilot");
    LABELS.put("copilot-chat", "Copilot in VS Code");
    LABELS.put("copilot-cli", "Copilot CLI");
    LABELS.put("opencode", "OpenCode");
    LABELS.put("cursor", "Cursor");
  }

  private AgentLabels() {}

  /** What people call it; its own word if it is not known here. */
  public static String of(String agent) {
    return agent.isEmpty() ? "unknown agent" : LABELS.getOrDefault(agent, agent);
  }

  /** Up to two letters that tell it from others. */
  public static String letters(String agent) {
    String label = of(agent);
    int space = label.indexOf(' ');
    String letters =
        space > 0 && space + 1 < label.length()
            ? label.substring(0, 1) + label.charAt(space + 1)
            : label.substring(0, 1);
    return letters.toUpperCase(java.util.Locale.ROOT);
  }

  /** One of a few hues, the same for the same agent: the number of a CSS class. */
  public static int hue(String agent) {
    int known = LABELS.keySet().stream().toList().indexOf(agent);
    return known >= 0 ? known % 7 + 1 : Math.floorMod(agent.hashCode(), 7) + 1;
  }

  /** How to keep it from sending prompts and answers. */
  static String withoutContent(String agent) {
    return switch (agent) {
      case "claude-code" ->
          "Unset OTEL_LOG_USER_PROMPTS, OTEL_LOG_ASSISTANT_RESPONSES, OTEL_LOG_TOOL_DETAILS,"
              + " OTEL_LOG_TOOL_CONTENT and OTEL_LOG_RAW_API_BODIES where it runs.";
      case "codex" ->
          "Set log_user_prompt = false under [otel] in its config.toml. Arguments and output of"
              + " tools come whatever is set there; they end here.";
      case "gemini-cli" -> "Set \"logPrompts\": false under telemetry in its settings.json.";
      case "qwen-code" -> "Set QWEN_TELEMETRY_LOG_PROMPTS=false where it runs.";
      case "copilot", "copilot-chat" ->
          "Set github.copilot.chat.otel.captureContent to false in VS Code.";
      default -> "Switch off the capture of messages in its telemetry settings.";
    };
  }
}
