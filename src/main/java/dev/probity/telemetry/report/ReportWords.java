package dev.probity.telemetry.report;

import dev.probity.kernel.bytes.Words;
import java.util.List;

/**
 * Texts that most reports hold. They belong to version 1 of a block: the list is never changed; a
 * better one would be version 2.
 */
final class ReportWords {
  static final Words WORDS =
      new Words(
          List.of(
              "",
              "claude-code",
              "codex",
              "gemini-cli",
              "anthropic",
              "openai",
              "gemini",
              "api",
              "subscription",
              "main",
              "vscode",
              "user_prompt",
              "api_request",
              "api_error",
              "tool_decision",
              "tool_result",
              "assistant_response",
              "claude-opus-5-5",
              "Bash",
              "Read",
              "Edit",
              "Write",
              "Grep",
              "prompt.id",
              "tool_source",
              "builtin",
              "mcp",
              "source",
              "config",
              "hook",
              "user_permanent",
              "user_temporary",
              "permission_mode",
              "default",
              "acceptEdits",
              "plan",
              "tool_input_size_bytes",
              "speed",
              "normal",
              "query_source",
              "repl_main_thread",
              "sdk",
              "effort",
              "low",
              "medium",
              "high",
              "codex.user_prompt",
              "codex.sse_event",
              "codex.tool_decision",
              "codex.tool_result",
              "gemini_cli.user_prompt",
              "gemini_cli.api_response",
              "gemini_cli.tool_call",
              "role",
              "true",
              "false"));

  private ReportWords() {}
}
