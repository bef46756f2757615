package dev.probity.gateway.upstream.simulated.rules;

import dev.probity.gateway.upstream.simulated.script.Rejection;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** What OpenAI refuses of tools, and of the choice among them. */
final class ResponsesToolRules {
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-]{1,128}");
  private static final Set<String> FUNCTION =
      Set.of(
          "allowed_callers",
          "async",
          "defer_loading",
          "description",
          "name",
          "output_schema",
          "parameters",
          "strict",
          "type");
  private static final Set<String> CUSTOM =
      Set.of("allowed_callers", "async", "defer_loading", "description", "format", "name", "type");
  private static final Set<String> SEARCH =
      Set.of(
          "external_web_access",
          "filters",
          "index_gated_web_access",
          "indexed_web_access",
          "return_token_budget",
          "search_content_types",
          "search_context_size",
          "type",
          "user_location");
  private static final Set<String> OTHERS =
      Set.of(
          "apply_patch",
          "code_interpreter",
          "computer",
          "computer_use",
          "computer_use_preview",
          "file_search",
          "image_generation",
          "local_shell",
          "mcp",
          "programmatic_tool_calling",
          "shell",
          "tool_search");
  private static final Set<String> WORDS = Set.of("none", "auto", "required");

  private ResponsesToolRules() {}

  static void check(JsonNode body) {
    Shape request = new Shape(body, "");
    request.array("tools");
    Set<String> offered = new HashSet<>();
    int index = 0;
    for (JsonNode tool : body.path("tools")) {
      tool(new Shape(tool, "tools[" + index++ + "]."), offered, "");
    }
    for (JsonNode item : body.path("input")) {
      if (item.path("type").asString("").equals("additional_tools")) {
        item.path("tools").forEach(tool -> tool(new Shape(tool, "tools[0]."), offered, ""));
      }
    }
    if (request.has("tool_choice")) {
      choice(body.path("tool_choice"), offered);
    }
  }

  private static void tool(Shape tool, Set<String> offered, String namespace) {
    String type = tool.requiredText("type");
    switch (type) {
      case "function" -> {
        named(tool, offered, namespace);
        tool.only(FUNCTION);
        tool.flag("strict");
        function(tool);
      }
      case "custom" -> {
        named(tool, offered, namespace);
        tool.only(CUSTOM);
        format(new Shape(tool.object().path("format"), tool.at() + "format."));
      }
      case "namespace" -> {
        String name = tool.requiredText("name");
        tool.only(Set.of("type", "name", "description", "tools"));
        tool.required("tools")
            .forEach(inner -> tool(new Shape(inner, tool.at() + "tools[0]."), offered, name));
      }
      default -> {
        if (type.startsWith("web_search")) {
          tool.only(SEARCH);
        } else if (!OTHERS.contains(type)) {
          throw Shape.invalidValue(tool.at() + "type", type, OTHERS);
        }
      }
    }
  }

  private static void named(Shape tool, Set<String> offered, String namespace) {
    String name = tool.requiredText("name");
    if (!NAME.matcher(name).matches()) {
      throw new Rejection(
          400,
          "invalid_value",
          tool.at() + "name",
          "Invalid '"
              + tool.at()
              + "name': string does not match pattern. Expected a string that matches the"
              + " pattern '^[a-zA-Z0-9_-]+$'.");
    }
    offered.add(namespace + "." + name);
  }

  private static void function(Shape tool) {
    JsonNode parameters = tool.object().path("parameters");
    if (!tool.has("parameters")) {
      return;
    }
    if (!parameters.isObject()) {
      throw Shape.invalidType(tool.at() + "parameters", "an object", parameters);
    }
    String whose = "function '" + tool.object().path("name").asString("") + "'";
    if (parameters.has("type") && !parameters.path("type").asString("").equals("object")) {
      throw new Rejection(
          400,
          "invalid_function_parameters",
          tool.at() + "parameters",
          "Invalid schema for "
              + whose
              + ": schema must be a JSON Schema of 'type: \"object\"', got 'type: "
              + parameters.path("type")
              + "'.");
    }
    if (tool.object().path("strict").asBoolean(false)) {
      StrictSchemas.check(parameters, whose, tool.at() + "parameters");
    }
  }

  private static void format(Shape format) {
    if (!format.object().isObject()) {
      return;
    }
    String type = format.requiredText("type");
    if (type.equals("grammar")) {
      format.only(Set.of("type", "syntax", "definition"));
      format.required("definition");
      format.word("syntax", Set.of("lark", "regex"));
    } else if (!type.equals("text")) {
      throw Shape.invalidValue(format.at() + "type", type, Set.of("text", "grammar"));
    }
  }

  private static void choice(JsonNode choice, Set<String> offered) {
    if (choice.isString()) {
      if (!WORDS.contains(choice.stringValue())) {
        throw Shape.invalidValue("tool_choice", choice.stringValue(), WORDS);
      }
      return;
    }
    if (!choice.isObject()) {
      throw Shape.invalidType("tool_choice", "an object", choice);
    }
    if (choice.path("type").asString("").equals("allowed_tools")) {
      Shape allowed = new Shape(choice, "tool_choice.");
      allowed.only(Set.of("type", "mode", "tools"));
      allowed.required("mode");
      allowed.word("mode", Set.of("auto", "required"));
      allowed.required("tools").forEach(tool -> chosen(tool, offered));
    } else {
      chosen(choice, offered);
    }
  }

  private static void chosen(JsonNode tool, Set<String> offered) {
    Shape shape = new Shape(tool, "tool_choice.");
    String type = shape.requiredText("type");
    if (!type.equals("function") && !type.equals("custom")) {
      return;
    }
    shape.only(Set.of("type", "name", "namespace"));
    String name = shape.requiredText("name");
    if (!offered.contains(tool.path("namespace").asString("") + "." + name)) {
      throw new Rejection(
          400, "", "tool_choice", "Tool choice '" + name + "' not found in 'tools' parameter.");
    }
  }
}
