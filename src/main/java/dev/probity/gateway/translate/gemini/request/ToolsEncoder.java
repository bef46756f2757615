package dev.probity.gateway.translate.gemini.request;

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
import dev.probity.gateway.neutral.ToolChoice.Mode;
import java.util.ArrayList;
import java.util.List;

/** Writes tools and how they are to be used. */
final class ToolsEncoder {
  /** The schema of a tool that takes plain text; {@link ContentsEncoder} writes its calls so. */
  private static final RawJson FREEFORM =
      RawJson.of(
          "{\"type\":\"object\",\"properties\":{\"input\":{\"type\":\"string\"}},"
              + "\"required\":[\"input\"]}");

  private final GeminiModel model;
  private final JsonWriter out;
  private final Losses losses;

  ToolsEncoder(GeminiModel model, JsonWriter out, Losses losses) {
    this.model = model;
    this.out = out;
    this.losses = losses;
  }

  void write(Prompt prompt) throws MalformedJson {
    List<Tool> functions = new ArrayList<>();
    List<Tool.Server> servers = new ArrayList<>(0);
    for (Tool tool : prompt.tools()) {
      if (!(tool instanceof Tool.Server server)) {
        functions.add(tool);
      } else if (!name(server).isEmpty()) {
        servers.add(server);
      } else {
        losses.add(Loss.SERVER_TOOL, server.type());
      }
    }
    if (!functions.isEmpty() && !model.combinesTools()) {
      servers.forEach(server -> losses.add(Loss.SERVER_TOOL, server.type()));
      servers.clear();
    }
    if (functions.isEmpty() && servers.isEmpty()) {
      return;
    }
    out.name("tools").beginArray();
    if (!functions.isEmpty()) {
      out.beginObject().name("functionDeclarations").beginArray();
      for (Tool tool : functions) {
        declaration(tool);
      }
      out.endArray().endObject();
    }
    for (Tool.Server server : servers) {
      out.beginObject().name(name(server));
      definition(server);
      out.endObject();
    }
    out.endArray();
    config(prompt, functions, !functions.isEmpty() && !servers.isEmpty());
  }

  /** What Google calls the tool; empty if it has none like it. */
  private static String name(Tool.Server server) {
    if (server.origin() == Dialect.GEMINI) {
      return server.type();
    }
    return switch (server.kind()) {
      case WEB_SEARCH -> "googleSearch";
      case WEB_FETCH -> "urlContext";
      case CODE_EXECUTION -> "codeExecution";
      case FILE_SEARCH, IMAGE_GENERATION, COMPUTER, OTHER -> "";
    };
  }

  private void definition(Tool.Server server) throws MalformedJson {
    if (server.origin() == Dialect.GEMINI) {
      out.value(server.definition());
      return;
    }
    out.beginObject().endObject();
    if (!server.definition().isObject()) {
      return;
    }
    JsonCursor json = server.definition().cursor();
    json.enterObject();
    while (json.nextMember()) {
      switch (json.name()) {
        case "type", "name" -> json.skip();
        case "cache_control" -> {
          if (!json.skipNull()) {
            losses.add(Loss.CACHE_MARK);
          }
        }
        default -> {
          if (!json.skipNull()) {
            losses.add(Loss.DROPPED, server.type() + "." + json.name());
          }
        }
      }
    }
  }

  private void declaration(Tool tool) {
    out.beginObject();
    switch (tool) {
      case Tool.Function function -> {
        out.member("name", function.name());
        function.description().ifPresent(text -> out.member("description", text));
        function.schema().ifPresent(schema -> out.member("parametersJsonSchema", schema));
        if (function.cache() != CacheMark.NONE) {
          losses.add(Loss.CACHE_MARK);
        }
        function.rest().keySet().forEach(name -> losses.add(Loss.UNKNOWN, name));
      }
      case Tool.Custom custom -> {
        losses.add(Loss.FREEFORM_TOOL);
        out.member("name", custom.name());
        custom.description().ifPresent(text -> out.member("description", text));
        out.member("parametersJsonSchema", FREEFORM);
      }
      case Tool.Server _ -> throw new IllegalStateException("a server's tool is no function");
    }
    out.endObject();
  }

  private void config(Prompt prompt, List<Tool> functions, boolean combined) {
    ToolChoice choice = prompt.toolChoice();
    if (choice.parallel().isPresent() && !choice.parallel().get() && !functions.isEmpty()) {
      losses.add(Loss.TOOL_CHOICE);
    }
    String mode = functions.isEmpty() ? "" : mode(choice, functions);
    if (functions.isEmpty() && choice.mode() != Mode.DEFAULT && choice.mode() != Mode.AUTO) {
      losses.add(Loss.TOOL_CHOICE);
    }
    // VALIDATED holds inputs to what Google knows of their schema, which is not all of it.
    if (functions.stream().anyMatch(ToolsEncoder::isStrict)) {
      losses.add(Loss.STRICT);
    }
    if (mode.isEmpty() && !combined) {
      return;
    }
    out.name("toolConfig").beginObject();
    if (!mode.isEmpty()) {
      out.name("functionCallingConfig").beginObject().member("mode", mode);
      names(choice, functions);
      out.endObject();
    }
    if (combined) {
      out.member("includeServerSideToolInvocations", true);
    }
    out.endObject();
  }

  /** VALIDATED is AUTO with inputs that follow their schema. */
  private static String mode(ToolChoice choice, List<Tool> functions) {
    boolean strict = functions.stream().allMatch(ToolsEncoder::isStrict);
    return switch (choice.mode()) {
      case DEFAULT -> strict ? "VALIDATED" : "";
      case AUTO -> strict || !choice.names().isEmpty() ? "VALIDATED" : "AUTO";
      case NONE -> "NONE";
      case REQUIRED -> "ANY";
    };
  }

  private static boolean isStrict(Tool tool) {
    return tool instanceof Tool.Function function && function.strict().orElse(false);
  }

  private void names(ToolChoice choice, List<Tool> functions) {
    if (choice.names().isEmpty() || choice.mode() == Mode.NONE) {
      return;
    }
    List<RawText> known = new ArrayList<>(choice.names().size());
    for (RawText name : choice.names()) {
      if (functions.stream().anyMatch(tool -> isNamed(tool, name))) {
        known.add(name);
      } else {
        losses.add(Loss.TOOL_CHOICE);
      }
    }
    if (!known.isEmpty()) {
      out.name("allowedFunctionNames").beginArray();
      known.forEach(out::value);
      out.endArray();
    }
  }

  private static boolean isNamed(Tool tool, RawText name) {
    return switch (tool) {
      case Tool.Function function -> function.name().equals(name);
      case Tool.Custom custom -> custom.name().equals(name);
      case Tool.Server _ -> false;
    };
  }
}
