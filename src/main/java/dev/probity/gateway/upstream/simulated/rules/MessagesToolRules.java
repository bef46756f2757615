package dev.probity.gateway.upstream.simulated.rules;

import static dev.probity.gateway.upstream.simulated.rules.AnthropicWords.wrong;

import dev.probity.gateway.upstream.simulated.script.Rejection;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What Anthropic refuses of tools and of the choice among them. */
final class MessagesToolRules {
  private static final Set<String> KNOWN =
      Set.of(
          "allowed_callers",
          "cache_control",
          "defer_loading",
          "description",
          "eager_input_streaming",
          "input_examples",
          "input_schema",
          "name",
          "strict",
          "type");
  private static final Set<String> CHOICES = Set.of("auto", "any", "tool", "none");

  private MessagesToolRules() {}

  static void check(JsonNode body) {
    JsonNode tools = body.path("tools");
    Set<String> names = new HashSet<>();
    for (int i = 0; i < tools.size(); i++) {
      JsonNode tool = tools.get(i);
      String type = tool.path("type").asString("custom");
      if (type.equals("custom")) {
        custom(tool, "tools." + i + ".custom");
      }
      if (tool.has("name") && !names.add(tool.path("name").asString(""))) {
        throw wrong("tools", "Tool names must be unique.");
      }
    }
    choice(body.path("tool_choice"), names);
  }

  private static void custom(JsonNode tool, String at) {
    AnthropicWords.only(tool, at, KNOWN);
    AnthropicWords.required(tool, at, "name", "input_schema");
    AnthropicWords.pattern(tool.path("name"), at + ".name", "[a-zA-Z0-9_-]{1,128}");
    JsonNode schema = tool.path("input_schema");
    AnthropicWords.required(schema, at + ".input_schema", "type");
    if (!schema.path("type").asString("").equals("object")) {
      throw wrong(at + ".input_schema.type", "Input should be 'object'");
    }
    for (String several : new String[] {"oneOf", "allOf", "anyOf"}) {
      if (schema.has(several)) {
        throw wrong(
            at + ".input_schema",
            "input_schema does not support oneOf, allOf, or anyOf at the top level");
      }
    }
    if (tool.path("strict").asBoolean(false)) {
      MessagesRules.schema(schema, at + ".input_schema");
    }
  }

  private static void choice(JsonNode choice, Set<String> names) {
    if (!choice.isObject()) {
      return;
    }
    String type = choice.path("type").asString("");
    if (!CHOICES.contains(type)) {
      throw wrong(
          "tool_choice",
          "Input tag '"
              + type
              + "' found using 'type' does not match any of the expected tags:"
              + " 'auto', 'any', 'tool', 'none'");
    }
    Set<String> known =
        switch (type) {
          case "none" -> Set.of("type");
          case "tool" -> Set.of("type", "name", "disable_parallel_tool_use");
          default -> Set.of("type", "disable_parallel_tool_use");
        };
    AnthropicWords.only(choice, "tool_choice." + type, known);
    if (names.isEmpty()) {
      throw Rejection.invalid("tool_choice may only be specified while providing tools.");
    }
    String name = choice.path("name").asString("");
    if (type.equals("tool") && !names.contains(name)) {
      throw Rejection.invalid("Tool '" + name + "' not found in provided tools");
    }
  }
}
