package dev.probity.gateway.upstream.simulated.script;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Finds, among the tools that a coding agent offers, the one for a purpose. */
final class AgentTools {
  private static final List<String> SHELLS =
      List.of(
          "Bash", "bash", "shell", "shell_command", "exec_command", "run_shell_command", "exec");
  private static final List<String> COMMANDS = List.of("command", "cmd");
  private static final List<String> READERS = List.of("Read", "read_file", "read", "view");
  private static final List<String> PATHS =
      List.of("file_path", "absolute_path", "path", "filePath");

  private AgentTools() {}

  static Optional<ToolUse> run(List<Offered> tools, String command) {
    return fill(tools, SHELLS, COMMANDS, command).or(() -> script(tools, command));
  }

  static Optional<ToolUse> read(List<Offered> tools, String path) {
    return fill(tools, READERS, PATHS, path);
  }

  /** Codex gives its newest models one tool, which takes a script that calls the others. */
  private static Optional<ToolUse> script(List<Offered> tools, String command) {
    String call = "text(await tools.exec_command(" + Trees.object("cmd", command) + "))";
    return tools.stream()
        .filter(tool -> tool.freeform() && tool.name().equals("exec"))
        .findFirst()
        .map(tool -> new ToolUse(tool, call));
  }

  private static Optional<ToolUse> fill(
      List<Offered> tools, List<String> names, List<String> fields, String value) {
    for (String name : names) {
      for (Offered tool : tools) {
        JsonNode properties = tool.schema().path("properties");
        Optional<String> field = fields.stream().filter(properties::has).findFirst();
        if (tool.name().equals(name) && field.isPresent()) {
          ObjectNode arguments = (ObjectNode) SchemaSample.of(requiredOnly(tool.schema()));
          boolean words = properties.path(field.get()).path("type").asString("").equals("array");
          Trees.put(arguments, field.get(), words ? Trees.array("bash", "-lc", value) : value);
          return Optional.of(new ToolUse(tool, Trees.text(arguments)));
        }
      }
    }
    return Optional.empty();
  }

  /** A sample must not switch on what the agent left optional. */
  private static JsonNode requiredOnly(JsonNode schema) {
    ObjectNode copy = (ObjectNode) schema.deepCopy();
    Trees.put(copy, "type", "object");
    if (!copy.has("required")) {
      Trees.put(copy, "required", Trees.array());
    }
    return copy;
  }
}
