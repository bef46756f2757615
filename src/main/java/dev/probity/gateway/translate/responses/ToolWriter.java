package dev.probity.gateway.translate.responses;

import dev.probity.gateway.Dialect;
import dev.probity.gateway.json.JsonCursor;
import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.Loss;
import dev.probity.gateway.neutral.Losses;
import dev.probity.gateway.neutral.Part.CacheMark;
import dev.probity.gateway.neutral.Tool;
import dev.probity.gateway.neutral.ToolChoice;
import dev.probity.gateway.translate.responses.output.ToolNames;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes the tools that a request offers, and which of them may be used. */
final class ToolWriter {
  private static final RawJson NO_INPUT = RawJson.of("{\"type\":\"object\",\"properties\":{}}");

  private final JsonWriter out;
  private final Losses losses;
  private final ToolNames names;
  private final Map<String, Namespace> namespaces = new LinkedHashMap<>();
  private int written;

  private record Namespace(RawText name, RawText description, JsonWriter tools) {}

  ToolWriter(JsonWriter out, Losses losses, ToolNames names) {
    this.out = out;
    this.losses = losses;
    this.names = names;
  }

  void tools(List<Tool> tools) throws MalformedJson {
    if (tools.isEmpty()) {
      return;
    }
    JsonWriter array = new JsonWriter().beginArray();
    for (Tool tool : tools) {
      switch (tool) {
        case Tool.Function function -> function(function, ToolNames.place(function.rest()), array);
        case Tool.Custom custom -> custom(custom, ToolNames.place(custom.rest()), array);
        case Tool.Server server -> server(server, array);
      }
    }
    for (Namespace namespace : namespaces.values()) {
      array
          .beginObject()
          .member("type", "namespace")
          .member("name", namespace.name)
          .member("description", namespace.description)
          .member("tools", namespace.tools.endArray().toJson())
          .endObject();
    }
    if (written > 0) {
      out.member("tools", array.endArray().toJson());
    }
  }

  private JsonWriter in(Optional<ToolNames.Place> place, JsonWriter otherwise) {
    written++;
    if (place.isEmpty()) {
      return otherwise;
    }
    RawText name = place.get().namespace();
    return namespaces.computeIfAbsent(
            name.plain(),
            _ -> new Namespace(name, place.get().description(), new JsonWriter().beginArray()))
        .tools;
  }

  private void function(Tool.Function function, Optional<ToolNames.Place> place, JsonWriter all) {
    if (function.cache() != CacheMark.NONE) {
      losses.add(Loss.CACHE_MARK);
    }
    JsonWriter to = in(place, all).beginObject().member("type", "function");
    to.member("name", place.map(ToolNames.Place::tool).orElse(function.name()));
    function.description().ifPresent(text -> to.member("description", text));
    to.member("parameters", function.schema().orElse(NO_INPUT))
        // Left out, it would mean true, which most schemas do not bear.
        .member("strict", function.strict().orElse(false));
    rest(function.rest(), to);
    to.endObject();
  }

  private void custom(Tool.Custom custom, Optional<ToolNames.Place> place, JsonWriter all) {
    JsonWriter to = in(place, all).beginObject().member("type", "custom");
    to.member("name", place.map(ToolNames.Place::tool).orElse(custom.name()));
    custom.description().ifPresent(text -> to.member("description", text));
    custom.format().ifPresent(format -> to.member("format", format));
    rest(custom.rest(), to);
    to.endObject();
  }

  /** What other vendors call the same means something else there. */
  private void rest(Map<String, RawJson> rest, JsonWriter to) {
    rest.forEach((name, value) -> {
      switch (name) {
        case ToolNames.MEMBER -> {}
        case "output_schema" -> to.member(name, value);
        default -> losses.add(Loss.DROPPED, "tools." + name);
      }
    });
  }

  private void server(Tool.Server server, JsonWriter all) throws MalformedJson {
    if (server.origin() == Dialect.RESPONSES) {
      written++;
      all.value(server.definition());
      return;
    }
    switch (server.kind()) {
      case WEB_SEARCH -> {
        written++;
        search(server.definition(), all);
      }
      case CODE_EXECUTION -> {
        written++;
        all.value(RawJson.of("{\"type\":\"code_interpreter\",\"container\":{\"type\":\"auto\"}}"));
      }
      case WEB_FETCH, FILE_SEARCH, IMAGE_GENERATION, COMPUTER, OTHER ->
          losses.add(Loss.SERVER_TOOL);
    }
  }

  private void search(RawJson definition, JsonWriter to) throws MalformedJson {
    to.beginObject().member("type", "web_search");
    if (definition.isObject()) {
      JsonCursor cursor = definition.cursor();
      cursor.enterObject();
      while (cursor.nextMember()) {
        searchMember(cursor.name(), cursor, to);
      }
    }
    to.endObject();
  }

  private void searchMember(String name, JsonCursor cursor, JsonWriter to) throws MalformedJson {
    if (cursor.skipNull()) {
      return;
    }
    switch (name) {
      case "type", "name", "cache_control" -> {}
      case "search_context_size" -> to.member(name, cursor.raw());
      case "user_location" -> location(cursor, to.name(name).beginObject());
      case "allowed_domains" ->
          to.name("filters").beginObject().member(name, cursor.raw()).endObject();
      default -> losses.add(Loss.DROPPED, "web_search." + name);
    }
  }

  /** Chat completions write it one level deeper. */
  private static void location(JsonCursor cursor, JsonWriter to) throws MalformedJson {
    cursor.enterObject();
    while (cursor.nextMember()) {
      String name = cursor.name();
      RawJson value = cursor.raw();
      if (name.equals("approximate") && value.isObject()) {
        JsonCursor inner = value.cursor();
        inner.enterObject();
        while (inner.nextMember()) {
          to.member(inner.name(), inner.raw());
        }
      } else {
        to.member(name, value);
      }
    }
    to.endObject();
  }

  void choice(ToolChoice choice) {
    if (written == 0) {
      return;
    }
    choice.parallel().ifPresent(parallel -> out.member("parallel_tool_calls", parallel));
    List<RawText> known =
        choice.names().stream().filter(name -> names.find(name).isPresent()).toList();
    if (known.size() < choice.names().size()) {
      losses.add(Loss.TOOL_CHOICE);
    }
    boolean required = choice.mode() == ToolChoice.Mode.REQUIRED;
    if (known.isEmpty() || choice.mode() == ToolChoice.Mode.NONE) {
      switch (choice.mode()) {
        case DEFAULT -> {}
        case AUTO -> out.member("tool_choice", "auto");
        case NONE -> out.member("tool_choice", "none");
        case REQUIRED -> out.member("tool_choice", "required");
      }
    } else if (required && known.size() == 1) {
      out.name("tool_choice");
      named(known.getFirst());
    } else {
      out.name("tool_choice")
          .beginObject()
          .member("type", "allowed_tools")
          .member("mode", required ? "required" : "auto")
          .name("tools")
          .beginArray();
      known.forEach(this::named);
      out.endArray().endObject();
    }
  }

  private void named(RawText name) {
    boolean freeform = names.find(name).map(ToolNames.Known::freeform).orElse(false);
    out.beginObject().member("type", freeform ? "custom" : "function");
    names.write(name, out);
    out.endObject();
  }
}
