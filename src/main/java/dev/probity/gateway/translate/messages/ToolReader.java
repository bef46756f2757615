package dev.probity.gateway.translate.messages;

import dev.probity.gateway.Dialect;
import dev.probity.gateway.json.JsonCursor;
import dev.probity.gateway.json.JsonMembers;
import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.Tool;
import dev.probity.gateway.neutral.Tool.Server.Kind;
import dev.probity.gateway.neutral.ToolChoice;
import dev.probity.gateway.neutral.ToolChoice.Mode;
import dev.probity.gateway.neutral.Untranslatable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the tools of a request, and which of them may be used. */
final class ToolReader {
  private ToolReader() {}

  static List<Tool> tools(RawJson value) throws MalformedJson {
    List<Tool> tools = new ArrayList<>();
    JsonCursor json = value.cursor();
    json.enterArray();
    while (json.nextElement()) {
      RawJson definition = json.raw();
      JsonMembers tool = JsonMembers.of(definition);
      RawText type = tool.textOrEmpty("type");
      tools.add(
          type.isEmpty() || type.is("custom")
              ? function(tool)
              : new Tool.Server(kind(type), Dialect.MESSAGES, type.plain(), definition));
    }
    return List.copyOf(tools);
  }

  private static Tool function(JsonMembers tool) throws MalformedJson {
    Map<String, RawJson> rest = new LinkedHashMap<>();
    for (int i = 0; i < tool.size(); i++) {
      switch (tool.name(i)) {
        case "type", "name", "description", "input_schema", "strict", "cache_control" -> {}
        default -> {
          if (!tool.value(i).isNull()) {
            rest.put(tool.name(i), tool.value(i));
          }
        }
      }
    }
    RawJson schema = tool.get("input_schema");
    RawJson strict = tool.get("strict");
    return new Tool.Function(
        tool.text("name"),
        tool.get("description").text(),
        schema.isObject() ? Optional.of(schema) : Optional.empty(),
        strict == JsonMembers.ABSENT ? Optional.empty() : Optional.of(strict.isTrue()),
        BlockReader.mark(tool),
        Map.copyOf(rest));
  }

  /** A type ends with the day of its version. */
  private static Kind kind(RawText type) {
    if (type.startsWith("web_search")) {
      return Kind.WEB_SEARCH;
    }
    if (type.startsWith("web_fetch")) {
      return Kind.WEB_FETCH;
    }
    if (type.startsWith("code_execution")) {
      return Kind.CODE_EXECUTION;
    }
    return type.startsWith("computer") ? Kind.COMPUTER : Kind.OTHER;
  }

  static ToolChoice choice(RawJson value) throws Untranslatable, MalformedJson {
    JsonMembers choice = JsonMembers.of(value);
    RawJson alone = choice.get("disable_parallel_tool_use");
    Optional<Boolean> parallel =
        alone == JsonMembers.ABSENT ? Optional.empty() : Optional.of(!alone.isTrue());
    return switch (choice.textOrEmpty("type").plain()) {
      case "auto" -> new ToolChoice(Mode.AUTO, List.of(), parallel);
      case "any" -> new ToolChoice(Mode.REQUIRED, List.of(), parallel);
      case "tool" -> new ToolChoice(Mode.REQUIRED, List.of(choice.text("name")), parallel);
      case "none" -> new ToolChoice(Mode.NONE, List.of(), parallel);
      default ->
          throw Untranslatable.request(
              "invalid_tool_choice", "tool_choice.type: must be 'auto', 'any', 'tool' or 'none'.");
    };
  }
}
