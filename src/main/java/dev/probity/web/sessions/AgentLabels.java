package dev.probity.web.sessions;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** How agents are called and marked on pages. Templates call these. */
public final class AgentLabels {
  private static final int HUES = 7;
  private static final Map<String, Known> KNOWN = new LinkedHashMap<>();

  static {
    KNOWN.put("claude-code", new Known("Claude Code", "CC", 1));
    KNOWN.put("codex", new Known("Codex CLI", "CX", 2));
    KNOWN.put("gemini-cli", new Known("Gemini CLI", "G", 3));
    KNOWN.put("qwen-code", new Known("Qwen Code", "Q", 4));
    KNOWN.put("copilot", new Known("Copilot", "CP", 5));
    KNOWN.put("copilot-chat", new Known("Copilot in VS Code", "CP", 5));
    KNOWN.put("copilot-cli", new Known("Copilot CLI", "CP", 5));
    KNOWN.put("opencode", new Known("OpenCode", "OC", 6));
    KNOWN.put("cursor", new Known("Cursor", "CU", 7));
    KNOWN.put("gen-ai", new Known("OpenTelemetry SDK", "OT", 5));
  }

  private record Known(String label, String letters, int hue) {}

  private AgentLabels() {}

  /** What people call it; its own word if it is not known here. */
  public static String of(String agent) {
    return agent.isEmpty() ? "unknown agent" : known(agent).label;
  }

  /** One or two letters that tell it from others. */
  public static String letters(String agent) {
    return agent.isEmpty() ? "?" : known(agent).letters;
  }

  /** One of a few hues, the same for the same agent: the number of a CSS class. */
  public static int hue(String agent) {
    return known(agent).hue;
  }

  private static Known known(String agent) {
    Known known = KNOWN.get(agent);
    return known != null
        ? known
        : new Known(
            agent,
            agent.substring(0, Math.min(1, agent.length())).toUpperCase(Locale.ROOT),
            Math.floorMod(agent.hashCode(), HUES) + 1);
  }

  /** How to keep it from sending prompts and answers. */
  public static String withoutContent(String agent) {
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
