package dev.probity.telemetry.office;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ToolsTest {
  /** The names that agents use. */
  private static final Map<Activity, List<String>> NAMES =
      Map.of(
          Activity.SHELL,
          List.of(
              "Bash",
              "BashOutput",
              "KillShell",
              "PowerShell",
              "shell",
              "exec_command",
              "local_shell",
              "write_stdin",
              "unified_exec",
              "run_shell_command",
              "bash"),
          Activity.READING,
          List.of("Read", "NotebookRead", "view_image", "read_file", "read_many_files", "view"),
          Activity.EDITING,
          List.of(
              "Edit",
              "MultiEdit",
              "Write",
              "NotebookEdit",
              "apply_patch",
              "replace",
              "write_file",
              "create",
              "str_replace_editor"),
          Activity.SEARCHING,
          List.of(
              "Glob",
              "Grep",
              "LS",
              "ToolSearch",
              "list_dir",
              "grep_files",
              "glob",
              "search_file_content",
              "grep_search",
              "list_directory"),
          Activity.WEB,
          List.of("WebFetch", "WebSearch", "web_search", "google_web_search", "web_fetch"),
          Activity.PLANNING,
          List.of(
              "Task",
              "Agent",
              "TodoWrite",
              "EnterPlanMode",
              "TaskOutput",
              "Skill",
              "update_plan",
              "spawn_agent",
              "wait",
              "close_agent",
              "write_todos",
              "save_memory",
              "codebase_investigator",
              "delegate_to_agent",
              "activate_skill"),
          Activity.MCP,
          List.of("mcp_tool", "mcp__github__create_issue", "github__search", "ListMcpResources"),
          Activity.WAITING,
          List.of("AskUserQuestion", "ExitPlanMode", "ask_user", "request_user_input"),
          Activity.TOOL,
          List.of("", "frobnicate", "thread", "rebase"));

  @Test
  void names_areOfTheirKind() {
    NAMES.forEach((activity, names) -> {
      for (String name : names) {
        assertThat(Tools.activity(name)).as(name).isEqualTo(activity);
      }
    });
  }
}
