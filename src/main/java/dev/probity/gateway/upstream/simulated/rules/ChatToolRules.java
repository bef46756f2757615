package dev.probity.gateway.upstream.simulated.rules;

import dev.probity.gateway.upstream.simulated.script.Trees;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** What OpenAI refuses of tools and of the choice among them. */
final class ChatToolRules {
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-]+");
  private static final int MOST_NAME = 64;

  private ChatToolRules() {}

  static void check(JsonNode body) {
    JsonNode tools = body.path("tools");
    Set<String> names = new HashSet<>();
    for (int i = 0; i < tools.size(); i++) {
      names.add(tool(tools.get(i), "tools[" + i + "]"));
    }
    JsonNode functions = body.path("functions");
    for (int i = 0; i < functions.size(); i++) {
      function(functions.get(i), "functions[" + i + "]");
    }
    if (Trees.has(body, "tools") && tools.isEmpty()) {
      throw OpenAiWords.value(
          "tools",
          "Invalid 'tools': empty array. Expected an array with minimum length 1, but got an empty"
              + " array instead.");
    }
    if (Trees.has(body, "tool_choice")) {
      if (tools.isEmpty()) {
        throw OpenAiWords.value(
            "tool_choice",
            "Invalid value for 'tool_choice': 'tool_choice' is only allowed when 'tools' are"
                + " specified.");
      }
      choice(body.path("tool_choice"), names);
    }
    if (Trees.has(body, "parallel_tool_calls") && tools.isEmpty()) {
      throw OpenAiWords.value(
          "parallel_tool_calls",
          "Invalid value for 'parallel_tool_calls': 'parallel_tool_calls' is only allowed when"
              + " 'tools' are specified.");
    }
  }

  private static String tool(JsonNode tool, String at) {
    if (!tool.isObject()) {
      throw OpenAiWords.type(at, "an object", tool);
    }
    String type = OpenAiWords.text(tool, at, "type");
    switch (type) {
      case "function" -> {
        OpenAiWords.only(tool, at, Set.of("type", "function"));
        return function(OpenAiWords.object(tool, at, "function"), at + ".function");
      }
      case "custom" -> {
        OpenAiWords.only(tool, at, Set.of("type", "custom"));
        return custom(OpenAiWords.object(tool, at, "custom"), at + ".custom");
      }
      default ->
          throw OpenAiWords.value(
              at + ".type",
              "Invalid value: '" + type + "'. Supported values are: 'function' and 'custom'.");
    }
  }

  private static String function(JsonNode function, String at) {
    OpenAiWords.only(function, at, Set.of("name", "description", "parameters", "strict"));
    String name = OpenAiWords.text(function, at, "name");
    name(name, at + ".name");
    if (Trees.has(function, "description")) {
      OpenAiWords.text(function, at, "description");
    }
    if (Trees.has(function, "parameters")) {
      JsonNode schema = OpenAiWords.object(function, at, "parameters");
      if (Trees.has(schema, "type") && !schema.path("type").asString("").equals("object")) {
        throw OpenAiWords.value(
            at + ".parameters",
            "Invalid schema for function '"
                + name
                + "': schema must be a JSON Schema of 'type: \"object\"', got 'type: "
                + schema.path("type")
                + "'.");
      }
    }
    if (Trees.has(function, "strict") && !function.path("strict").isBoolean()) {
      throw OpenAiWords.type(at + ".strict", "a boolean", function.path("strict"));
    }
    return name;
  }

  private static String custom(JsonNode custom, String at) {
    OpenAiWords.only(custom, at, Set.of("name", "description", "format"));
    String name = OpenAiWords.text(custom, at, "name");
    name(name, at + ".name");
    if (Trees.has(custom, "format")) {
      JsonNode format = OpenAiWords.object(custom, at, "format");
      if (OpenAiWords.text(format, at + ".format", "type").equals("grammar")) {
        JsonNode grammar = OpenAiWords.object(format, at + ".format", "grammar");
        OpenAiWords.text(grammar, at + ".format.grammar", "definition");
        OpenAiWords.text(grammar, at + ".format.grammar", "syntax");
      }
    }
    return name;
  }

  static void name(String name, String at) {
    if (name.length() > MOST_NAME || !NAME.matcher(name).matches()) {
      throw OpenAiWords.value(
          at,
          "Invalid '"
              + at
              + "': string does not match pattern. Expected a string that matches the pattern"
              + " '^[a-zA-Z0-9_-]+$'.");
    }
  }

  private static void choice(JsonNode choice, Set<String> names) {
    if (choice.isString()) {
      if (!Set.of("none", "auto", "required").contains(choice.asString())) {
        throw OpenAiWords.value(
            "tool_choice",
            "Invalid value: '"
                + choice.asString()
                + "'. Supported values are: 'none', 'auto', and 'required'.");
      }
      return;
    }
    if (!choice.isObject()) {
      throw OpenAiWords.type("tool_choice", "one of a string or object", choice);
    }
    String type = OpenAiWords.text(choice, "tool_choice", "type");
    if (type.equals("allowed_tools")) {
      JsonNode allowed = OpenAiWords.object(choice, "tool_choice", "allowed_tools");
      OpenAiWords.text(allowed, "tool_choice.allowed_tools", "mode");
      for (JsonNode tool : allowed.path("tools")) {
        named(tool, tool.path("type").asString(""), names);
      }
    } else {
      named(choice, type, names);
    }
  }

  private static void named(JsonNode choice, String type, Set<String> names) {
    JsonNode tool = OpenAiWords.object(choice, "tool_choice", type);
    String name = OpenAiWords.text(tool, "tool_choice." + type, "name");
    if (!names.contains(name)) {
      throw OpenAiWords.value(
          "tool_choice", "Tool choice '" + name + "' not found in 'tools' parameter.");
    }
  }
}
