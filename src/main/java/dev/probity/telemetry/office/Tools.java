package dev.probity.telemetry.office;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Which activity a tool is, by its name: every agent has names of its own, and few words. */
final class Tools {
  /** A name that has one of the words is of the kind; the first kind counts. */
  private record Kind(Activity activity, Set<String> words) {}

  private static final List<Kind> KINDS =
      List.of(
          new Kind(Activity.WAITING, Set.of("ask", "question")),
          new Kind(
              Activity.PLANNING,
              Set.of(
                  "task",
                  "agent",
                  "subagent",
                  "delegate",
                  "plan",
                  "todo",
                  "todos",
                  "skill",
                  "memory",
                  "think",
                  "wait",
                  "investigator")),
          new Kind(Activity.WEB, Set.of("web", "fetch", "browser", "http", "url")),
          new Kind(
              Activity.SHELL,
              Set.of("bash", "shell", "exec", "command", "terminal", "stdin", "powershell", "run")),
          new Kind(
              Activity.EDITING,
              Set.of(
                  "edit", "editor", "write", "patch", "replace", "create", "insert", "delete",
                  "move", "rename")),
          new Kind(
              Activity.SEARCHING,
              Set.of("search", "grep", "glob", "find", "list", "ls", "dir", "directory")),
          new Kind(Activity.READING, Set.of("read", "view", "open", "cat", "get", "show", "lsp")));

  /** Names whose words mislead. */
  private static final Map<String, Activity> PARTICULAR =
      Map.of(
          "request_user_input", Activity.WAITING,
          "exit_plan_mode", Activity.WAITING,
          "exitplanmode", Activity.WAITING,
          "slashcommand", Activity.PLANNING,
          "sendmessage", Activity.PLANNING,
          "send_input", Activity.PLANNING);

  private Tools() {}

  static Activity activity(String tool) {
    String name = tool.toLowerCase(Locale.ROOT);
    Activity particular = PARTICULAR.get(name);
    if (particular != null) {
      return particular;
    }
    Set<String> words = words(tool);
    if (name.contains("__") || words.contains("mcp")) {
      return Activity.MCP;
    }
    for (Kind kind : KINDS) {
      if (words.stream().anyMatch(kind.words::contains)) {
        return kind.activity;
      }
    }
    return Activity.TOOL;
  }

  /** {@code apply_patch}: apply, patch; {@code WebFetch}: web, fetch. */
  private static Set<String> words(String tool) {
    return Set.copyOf(
        List.of(
            tool.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_")
                .toLowerCase(Locale.ROOT)
                .split("[^a-z0-9]+")));
  }
}
