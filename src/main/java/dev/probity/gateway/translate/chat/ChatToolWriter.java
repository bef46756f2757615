package dev.probity.gateway.translate.chat;

import dev.probity.gateway.Dialect;
import dev.probity.gateway.json.JsonCursor;
import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.Loss;
import dev.probity.gateway.neutral.Losses;
import dev.probity.gateway.neutral.Part.CacheMark;
import dev.probity.gateway.neutral.Prompt;
import dev.probity.gateway.neutral.Tool;
import dev.probity.gateway.neutral.ToolChoice;
import java.util.List;

/** Writes what the model may use. */
final class ChatToolWriter {
  private final JsonWriter out;
  private final Losses losses;

  ChatToolWriter(JsonWriter out, Losses losses) {
    this.out = out;
    this.losses = losses;
  }

  void write(Prompt prompt) throws MalformedJson {
    List<Tool> callable =
        prompt.tools().stream().filter(tool -> !(tool instanceof Tool.Server)).toList();
    if (!callable.isEmpty()) {
      out.name("tools").beginArray();
      for (Tool tool : callable) {
        tool(tool);
      }
      out.endArray();
      choice(prompt.toolChoice(), prompt.tools());
    } else if (prompt.toolChoice().mode() == ToolChoice.Mode.REQUIRED) {
      // Without tools OpenAI takes no choice among them.
      losses.add(Loss.TOOL_CHOICE);
    }
    boolean searches = false;
    for (Tool tool : prompt.tools()) {
      if (tool instanceof Tool.Server server) {
        if (server.kind() == Tool.Server.Kind.WEB_SEARCH && !searches) {
          searches = true;
          webSearch(server);
        } else {
          losses.add(Loss.SERVER_TOOL, server.type());
        }
      }
    }
  }

  private void tool(Tool tool) throws MalformedJson {
    out.beginObject();
    switch (tool) {
      case Tool.Function function -> {
        out.member("type", "function").name("function").beginObject();
        out.member("name", function.name());
        function.description().ifPresent(text -> out.member("description", text));
        function.schema().ifPresent(schema -> out.member("parameters", schema));
        function.strict().ifPresent(strict -> out.member("strict", strict));
        out.endObject();
        if (function.cache() != CacheMark.NONE) {
          losses.add(Loss.CACHE_MARK);
        }
        function.rest().keySet().forEach(member -> losses.add(Loss.UNKNOWN, member));
      }
      case Tool.Custom custom -> {
        out.member("type", "custom").name("custom").beginObject();
        out.member("name", custom.name());
        custom.description().ifPresent(text -> out.member("description", text));
        if (custom.format().isPresent()) {
          format(custom.format().get());
        }
        out.endObject();
      }
      case Tool.Server _ -> {}
    }
    out.endObject();
  }

  /** Responses writes a grammar flat; chat wants it in an object of its own. */
  private void format(RawJson json) throws MalformedJson {
    RawJson type = RawJson.NULL;
    RawJson syntax = RawJson.NULL;
    RawJson definition = RawJson.NULL;
    JsonCursor cursor = json.cursor();
    cursor.enterObject();
    while (cursor.nextMember()) {
      switch (cursor.name()) {
        case "type" -> type = cursor.raw();
        case "syntax" -> syntax = cursor.raw();
        case "definition" -> definition = cursor.raw();
        default -> cursor.skip();
      }
    }
    if (definition.isNull()) {
      out.member("format", json);
      return;
    }
    out.name("format").beginObject().member("type", type).name("grammar").beginObject();
    out.member("syntax", syntax).member("definition", definition).endObject().endObject();
  }

  private void choice(ToolChoice choice, List<Tool> tools) {
    List<RawText> names = choice.names();
    switch (choice.mode()) {
      case DEFAULT -> {}
      case NONE -> out.member("tool_choice", "none");
      case AUTO -> {
        if (names.isEmpty()) {
          out.member("tool_choice", "auto");
        } else {
          allowed("auto", names, tools);
        }
      }
      case REQUIRED -> {
        if (names.isEmpty()) {
          out.member("tool_choice", "required");
        } else if (names.size() > 1) {
          allowed("required", names, tools);
        } else {
          out.name("tool_choice");
          named(names.getFirst(), tools);
        }
      }
    }
    choice.parallel().ifPresent(parallel -> out.member("parallel_tool_calls", parallel));
  }

  private void allowed(String mode, List<RawText> names, List<Tool> tools) {
    out.name("tool_choice").beginObject().member("type", "allowed_tools");
    out.name("allowed_tools").beginObject().member("mode", mode).name("tools").beginArray();
    names.forEach(name -> named(name, tools));
    out.endArray().endObject().endObject();
  }

  private void named(RawText name, List<Tool> tools) {
    boolean custom =
        tools.stream().anyMatch(tool -> tool instanceof Tool.Custom it && it.name().equals(name));
    String type = custom ? "custom" : "function";
    out.beginObject().member("type", type);
    out.name(type).beginObject().member("name", name).endObject().endObject();
  }

  private void webSearch(Tool.Server search) throws MalformedJson {
    if (search.origin() == Dialect.CHAT && search.type().equals("web_search_options")) {
      out.member("web_search_options", search.definition());
      return;
    }
    out.name("web_search_options").beginObject();
    if (search.definition().isObject()) {
      JsonCursor cursor = search.definition().cursor();
      cursor.enterObject();
      while (cursor.nextMember()) {
        String name = cursor.name();
        RawJson value = cursor.raw();
        switch (name) {
          case "type", "name" -> {}
          case "search_context_size" -> out.member(name, value);
          case "user_location" -> {
            if (value.isObject()) {
              location(value);
            }
          }
          case "cache_control" -> losses.add(Loss.CACHE_MARK);
          default -> {
            // Gemini's is an empty object by another name.
            if (!value.isNull() && !value.equals(RawJson.EMPTY_OBJECT)) {
              losses.add(Loss.DROPPED, name);
            }
          }
        }
      }
    }
    out.endObject();
  }

  /** Elsewhere the place stands beside its type; chat wants it in an object of its own. */
  private void location(RawJson json) throws MalformedJson {
    out.name("user_location").beginObject().member("type", "approximate");
    out.name("approximate").beginObject();
    JsonCursor cursor = json.cursor();
    cursor.enterObject();
    while (cursor.nextMember()) {
      String name = cursor.name();
      RawJson value = cursor.raw();
      switch (name) {
        case "city", "country", "region", "timezone" -> {
          if (value.isString()) {
            out.member(name, value);
          }
        }
        default -> {}
      }
    }
    out.endObject().endObject();
  }
}
