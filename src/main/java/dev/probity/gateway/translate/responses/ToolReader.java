package dev.probity.gateway.translate.responses;

import dev.probity.gateway.Dialect;
import dev.probity.gateway.json.JsonCursor;
import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.Part.CacheMark;
import dev.probity.gateway.neutral.Tool;
import dev.probity.gateway.neutral.Tool.Server.Kind;
import dev.probity.gateway.neutral.Untranslatable;
import dev.probity.gateway.translate.responses.output.ToolNames;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the tools that a request offers. */
final class ToolReader {
  private final List<Tool> tools;

  /**
   * @param tools gets what is read
   */
  ToolReader(List<Tool> tools) {
    this.tools = tools;
  }

  /** Reads an array of tools. */
  void readAll(JsonCursor cursor) throws Untranslatable, MalformedJson {
    if (cursor.skipNull()) {
      return;
    }
    cursor.enterArray();
    while (cursor.nextElement()) {
      read(cursor.raw(), Optional.empty());
    }
  }

  private void read(RawJson definition, Optional<Namespace> within)
      throws Untranslatable, MalformedJson {
    String type = type(definition);
    switch (type) {
      case "function" -> tools.add(function(definition, within));
      case "custom" -> tools.add(custom(definition, within));
      case "namespace" -> namespace(definition);
      case "" -> throw missing("type");
      default -> tools.add(new Tool.Server(kind(type), Dialect.RESPONSES, type, definition));
    }
  }

  private static String type(RawJson definition) throws MalformedJson {
    JsonCursor cursor = definition.cursor();
    cursor.enterObject();
    while (cursor.nextMember()) {
      if (cursor.name().equals("type")) {
        return cursor.text().plain();
      }
    }
    return "";
  }

  private record Namespace(RawText name, RawText description) {}

  private void namespace(RawJson definition) throws Untranslatable, MalformedJson {
    RawText name = RawText.EMPTY;
    RawText description = RawText.EMPTY;
    RawJson inner = RawJson.EMPTY_ARRAY;
    JsonCursor cursor = definition.cursor();
    cursor.enterObject();
    while (cursor.nextMember()) {
      switch (cursor.name()) {
        case "name" -> name = cursor.text();
        case "description" -> description = Values.textOrEmpty(cursor);
        case "tools" -> inner = cursor.raw();
        default -> {}
      }
    }
    Namespace namespace = new Namespace(required(name), description);
    JsonCursor elements = inner.cursor();
    elements.enterArray();
    while (elements.nextElement()) {
      read(elements.raw(), Optional.of(namespace));
    }
  }

  private static Tool function(RawJson definition, Optional<Namespace> within)
      throws Untranslatable, MalformedJson {
    RawText name = RawText.EMPTY;
    Optional<RawText> description = Optional.empty();
    Optional<RawJson> schema = Optional.empty();
    Optional<Boolean> strict = Optional.empty();
    Map<String, RawJson> rest = new LinkedHashMap<>();
    JsonCursor cursor = definition.cursor();
    cursor.enterObject();
    while (cursor.nextMember()) {
      switch (cursor.name()) {
        case "type" -> {}
        case "name" -> name = cursor.text();
        case "description" -> description = Values.text(cursor);
        case "parameters" ->
            schema = cursor.skipNull() ? Optional.empty() : Optional.of(cursor.raw());
        case "strict" -> strict = Values.flag(cursor);
        default -> rest(cursor, rest);
      }
    }
    return new Tool.Function(
        placed(required(name), within, rest), description, schema, strict, CacheMark.NONE, rest);
  }

  private static Tool custom(RawJson definition, Optional<Namespace> within)
      throws Untranslatable, MalformedJson {
    RawText name = RawText.EMPTY;
    Optional<RawText> description = Optional.empty();
    Optional<RawJson> format = Optional.empty();
    Map<String, RawJson> rest = new LinkedHashMap<>();
    JsonCursor cursor = definition.cursor();
    cursor.enterObject();
    while (cursor.nextMember()) {
      switch (cursor.name()) {
        case "type" -> {}
        case "name" -> name = cursor.text();
        case "description" -> description = Values.text(cursor);
        case "format" -> format = cursor.skipNull() ? Optional.empty() : Optional.of(cursor.raw());
        default -> rest(cursor, rest);
      }
    }
    return new Tool.Custom(placed(required(name), within, rest), description, format, rest);
  }

  private static RawText placed(
      RawText name, Optional<Namespace> within, Map<String, RawJson> rest) {
    rest.remove(ToolNames.MEMBER);
    if (within.isEmpty()) {
      return name;
    }
    Namespace namespace = within.get();
    rest.put(
        ToolNames.MEMBER,
        new ToolNames.Place(namespace.name, namespace.description, name).toJson());
    return ToolNames.joined(namespace.name, name);
  }

  private static void rest(JsonCursor cursor, Map<String, RawJson> rest) throws MalformedJson {
    String name = cursor.name();
    if (!cursor.skipNull()) {
      rest.put(name, cursor.raw());
    }
  }

  private static RawText required(RawText name) throws Untranslatable {
    if (name.isEmpty()) {
      throw missing("name");
    }
    return name;
  }

  private static Untranslatable missing(String member) {
    return Untranslatable.request(
        "missing_required_parameter",
        "Missing required parameter: '" + member + "' of a tool in 'tools'.");
  }

  private static Kind kind(String type) {
    if (type.startsWith("web_search")) {
      return Kind.WEB_SEARCH;
    }
    if (type.startsWith("computer")) {
      return Kind.COMPUTER;
    }
    return switch (type) {
      case "file_search" -> Kind.FILE_SEARCH;
      case "code_interpreter" -> Kind.CODE_EXECUTION;
      case "image_generation" -> Kind.IMAGE_GENERATION;
      default -> Kind.OTHER;
    };
  }
}
