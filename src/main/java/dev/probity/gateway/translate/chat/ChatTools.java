package dev.probity.gateway.translate.chat;

import dev.probity.gateway.Dialect;
import dev.probity.gateway.json.JsonCursor;
import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.Loss;
import dev.probity.gateway.neutral.Losses;
import dev.probity.gateway.neutral.Part.CacheMark;
import dev.probity.gateway.neutral.Tool;
import dev.probity.gateway.neutral.ToolChoice;
import dev.probity.gateway.neutral.Untranslatable;
import dev.probity.gateway.translate.openai.Invalid;
import dev.probity.gateway.translate.openai.Knobs;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what a request offers as tools, and how freely the model may choose among them. */
final class ChatTools {
  private static final String WEB_SEARCH = "web_search_options";

  private final Losses losses;
  private final List<Tool> tools = new ArrayList<>();
  private ToolChoice.Mode mode = ToolChoice.Mode.DEFAULT;
  private List<RawText> names = List.of();
  private Optional<Boolean> parallel = Optional.empty();

  ChatTools(Losses losses) {
    this.losses = losses;
  }

  List<Tool> tools() {
    return tools;
  }

  ToolChoice choice() {
    return mode == ToolChoice.Mode.DEFAULT && parallel.isEmpty()
        ? ToolChoice.UNSAID
        : new ToolChoice(mode, names, parallel);
  }

  /** Takes a member of the body, if it is about tools. */
  boolean read(String name, RawJson value) throws Untranslatable, MalformedJson {
    switch (name) {
      case "tools" -> each(name, value, this::tool);
      case "functions" -> {
        each(name, value, this::legacy);
        // A message of the old kind has room for one call.
        parallel = Optional.of(false);
      }
      case "tool_choice", "function_call" -> choice(name, value);
      case "parallel_tool_calls" -> parallel = flag(value);
      case WEB_SEARCH ->
          tools.add(new Tool.Server(Tool.Server.Kind.WEB_SEARCH, Dialect.CHAT, WEB_SEARCH, value));
      default -> {
        return false;
      }
    }
    return true;
  }

  static Optional<Boolean> flag(RawJson value) {
    return switch (value.kind()) {
      case TRUE -> Optional.of(true);
      case FALSE -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  private interface Reading {
    void read(String at, RawJson json) throws Untranslatable, MalformedJson;
  }

  private static void each(String parameter, RawJson array, Reading reading)
      throws Untranslatable, MalformedJson {
    if (!array.isArray()) {
      throw Invalid.type(parameter, "an array of objects", array);
    }
    JsonCursor cursor = array.cursor();
    cursor.enterArray();
    for (int i = 0; cursor.nextElement(); i++) {
      RawJson element = cursor.raw();
      String at = parameter + "[" + i + "]";
      if (!element.isObject()) {
        throw Invalid.type(at, "an object", element);
      }
      reading.read(at, element);
    }
  }

  private void tool(String at, RawJson json) throws Untranslatable, MalformedJson {
    String type = "";
    RawJson function = RawJson.NULL;
    RawJson custom = RawJson.NULL;
    CacheMark cache = CacheMark.NONE;
    JsonCursor cursor = json.cursor();
    cursor.enterObject();
    while (cursor.nextMember()) {
      switch (cursor.name()) {
        case "type" -> type = cursor.textOr(RawText.EMPTY).plain();
        case "function" -> function = cursor.raw();
        case "custom" -> custom = cursor.raw();
        case "cache_control" -> cache = ChatParts.cacheControl(cursor.raw());
        default -> cursor.skip();
      }
    }
    if (type.equals("function") || type.isEmpty() && !function.isNull()) {
      function(at + ".function", function, cache);
    } else if (type.equals("custom")) {
      custom(at + ".custom", custom);
    } else if (type.isEmpty()) {
      throw Invalid.missing(at + ".type");
    } else {
      tools.add(new Tool.Server(serverKind(type), Dialect.CHAT, type, json));
    }
  }

  private static Tool.Server.Kind serverKind(String type) {
    return type.contains("web_search") ? Tool.Server.Kind.WEB_SEARCH : Tool.Server.Kind.OTHER;
  }

  private void legacy(String at, RawJson json) throws Untranslatable, MalformedJson {
    function(at, json, CacheMark.NONE);
  }

  private void function(String at, RawJson json, CacheMark mark)
      throws Untranslatable, MalformedJson {
    if (!json.isObject()) {
      throw Invalid.missing(at);
    }
    RawJson name = RawJson.NULL;
    RawJson description = RawJson.NULL;
    RawJson schema = RawJson.NULL;
    RawJson strict = RawJson.NULL;
    CacheMark cache = mark;
    Map<String, RawJson> rest = new LinkedHashMap<>();
    JsonCursor cursor = json.cursor();
    cursor.enterObject();
    while (cursor.nextMember()) {
      String member = cursor.name();
      switch (member) {
        case "name" -> name = cursor.raw();
        case "description" -> description = cursor.raw();
        case "parameters" -> schema = cursor.raw();
        case "strict" -> strict = cursor.raw();
        case "cache_control" -> cache = ChatParts.cacheControl(cursor.raw());
        default -> rest.put(member, cursor.raw());
      }
    }
    if (!schema.isNull() && !schema.isObject()) {
      throw Invalid.type(at + ".parameters", "an object", schema);
    }
    tools.add(
        new Tool.Function(
            name(at, name),
            Knobs.text(description, at + ".description"),
            Optional.of(schema).filter(RawJson::isObject),
            flag(strict),
            cache,
            rest));
  }

  private void custom(String at, RawJson json) throws Untranslatable, MalformedJson {
    if (!json.isObject()) {
      throw Invalid.missing(at);
    }
    RawJson name = RawJson.NULL;
    RawJson description = RawJson.NULL;
    RawJson format = RawJson.NULL;
    JsonCursor cursor = json.cursor();
    cursor.enterObject();
    while (cursor.nextMember()) {
      String member = cursor.name();
      switch (member) {
        case "name" -> name = cursor.raw();
        case "description" -> description = cursor.raw();
        case "format" -> format = cursor.raw();
        default -> losses.add(Loss.UNKNOWN, member);
      }
    }
    tools.add(
        new Tool.Custom(
            name(at, name),
            Knobs.text(description, at + ".description"),
            Optional.of(format).filter(RawJson::isObject)));
  }

  private static RawText name(String at, RawJson json) throws Untranslatable {
    return Knobs.text(json, at + ".name")
        .filter(text -> !text.isEmpty())
        .orElseThrow(() -> Invalid.missing(at + ".name"));
  }

  private void choice(String parameter, RawJson json) throws Untranslatable, MalformedJson {
    if (json.isString()) {
      String word = json.text().orElseThrow().plain();
      mode =
          switch (word) {
            case "auto" -> ToolChoice.Mode.AUTO;
            case "none" -> ToolChoice.Mode.NONE;
            case "required" -> ToolChoice.Mode.REQUIRED;
            default ->
                throw Invalid.value(
                    parameter, word, "Supported values are: 'none', 'auto' and 'required'.");
          };
      return;
    }
    if (!json.isObject()) {
      throw Invalid.type(parameter, "one of 'none', 'auto', 'required', or an object", json);
    }
    RawJson allowed = RawJson.NULL;
    JsonCursor cursor = json.cursor();
    cursor.enterObject();
    while (cursor.nextMember()) {
      if (cursor.name().equals("allowed_tools")) {
        allowed = cursor.raw();
      }
    }
    if (allowed.isObject()) {
      allowed(allowed);
    } else {
      mode = ToolChoice.Mode.REQUIRED;
      names = List.of(named(parameter, json));
    }
  }

  private void allowed(RawJson json) throws Untranslatable, MalformedJson {
    List<RawText> allowed = new ArrayList<>();
    mode = ToolChoice.Mode.AUTO;
    JsonCursor cursor = json.cursor();
    cursor.enterObject();
    while (cursor.nextMember()) {
      switch (cursor.name()) {
        case "mode" -> {
          if (cursor.textOr(RawText.EMPTY).is("required")) {
            mode = ToolChoice.Mode.REQUIRED;
          }
        }
        case "tools" ->
            each(
                "tool_choice.allowed_tools.tools",
                cursor.raw(),
                (at, tool) -> allowed.add(named(at, tool)));
        default -> cursor.skip();
      }
    }
    names = allowed;
  }

  /** The name in {@code {"type":"function","function":{"name":...}}}, or in a bare object. */
  private static RawText named(String at, RawJson json) throws Untranslatable, MalformedJson {
    RawText name = RawText.EMPTY;
    JsonCursor cursor = json.cursor();
    cursor.enterObject();
    while (cursor.nextMember()) {
      switch (cursor.name()) {
        case "name" -> name = cursor.textOr(name);
        case "function", "custom" -> {
          RawJson inner = cursor.raw();
          name = inner.isObject() ? named(at, inner) : name;
        }
        default -> cursor.skip();
      }
    }
    if (name.isEmpty()) {
      throw Invalid.missing(at + ".function.name");
    }
    return name;
  }
}
