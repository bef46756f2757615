package dev.probity.gateway.translate.messages.request;

import dev.probity.gateway.Dialect;
import dev.probity.gateway.json.JsonMembers;
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
import dev.probity.gateway.neutral.Untranslatable;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Writes the tools, and which of them may be used. */
final class ToolWriter {
  /** The one member of the input of a tool that takes plain text. */
  static final String FREEFORM_INPUT = "input";

  private static final RawJson FREEFORM_SCHEMA =
      RawJson.of(
          "{\"type\":\"object\",\"properties\":{\"input\":{\"type\":\"string\"}},"
              + "\"required\":[\"input\"],\"additionalProperties\":false}");
  private static final RawJson NO_INPUT = RawJson.of("{\"type\":\"object\",\"properties\":{}}");
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-]{1,128}");
  private static final int MOST_STRICT = 20;

  private final List<Tool> tools;
  private final ToolChoice choice;
  private final boolean forced;
  private final boolean strict;
  private final Losses losses;

  ToolWriter(Prompt prompt, ClaudeModel model, Losses losses) {
    this.losses = losses;
    this.choice = prompt.toolChoice();
    this.tools = offered(prompt.tools());
    boolean wanted = choice.mode() == Mode.REQUIRED;
    this.forced = wanted && !tools.isEmpty() && model.takesForcedChoice();
    if (wanted && !forced) {
      losses.add(Loss.TOOL_CHOICE);
    }
    long wish = tools.stream().filter(ToolWriter::isStrict).count();
    this.strict = model.takesSchemas() && wish <= MOST_STRICT;
    if (wish > 0 && !strict) {
      losses.add(Loss.STRICT);
    }
  }

  /** Whether a tool must be used. */
  boolean forced() {
    return forced;
  }

  private static boolean isStrict(Tool tool) {
    return tool instanceof Tool.Function function && function.strict().orElse(false);
  }

  /** Of those given only those that Anthropic can offer and the client allows. */
  private List<Tool> offered(List<Tool> given) {
    boolean some = choice.names().size() > 1 || choice.mode() != Mode.REQUIRED;
    List<RawText> allowed = some ? choice.names() : List.of();
    List<Tool> offered = new ArrayList<>();
    for (Tool tool : given) {
      boolean possible =
          switch (tool) {
            case Tool.Function function -> allowed.isEmpty() || allowed.contains(function.name());
            case Tool.Custom custom -> allowed.isEmpty() || allowed.contains(custom.name());
            case Tool.Server server -> {
              boolean known = server.origin() == Dialect.MESSAGES || !type(server.kind()).isEmpty();
              if (!known) {
                losses.add(Loss.SERVER_TOOL);
              }
              yield known;
            }
          };
      if (possible) {
        offered.add(tool);
      }
    }
    return offered;
  }

  void write(CacheMarks marks, JsonWriter out) throws Untranslatable, MalformedJson {
    if (tools.isEmpty()) {
      return;
    }
    out.name("tools").beginArray();
    for (int i = 0; i < tools.size(); i++) {
      boolean last = i == tools.size() - 1;
      switch (tools.get(i)) {
        case Tool.Function function -> function(function, marks.mark(function.cache(), last), out);
        case Tool.Custom custom -> custom(custom, marks.mark(CacheMark.NONE, last), out);
        case Tool.Server server -> server(server, out);
      }
    }
    out.endArray();
    choice(out);
  }

  private void function(Tool.Function function, CacheMark mark, JsonWriter out)
      throws Untranslatable, MalformedJson {
    function.rest().keySet().forEach(name -> losses.add(Loss.UNKNOWN, "tools." + name));
    out.beginObject().member("name", name(function.name()));
    function.description().ifPresent(text -> out.member("description", text));
    out.name("input_schema");
    boolean held = strict && isStrict(function);
    if (function.schema().isEmpty()) {
      out.value(NO_INPUT);
    } else if (held) {
      SchemaFit.write(function.schema().get(), out, losses);
    } else {
      schema(function.schema().get(), out);
    }
    if (held) {
      out.member("strict", true);
    }
    CacheMarks.write(mark, out);
    out.endObject();
  }

  /** Anthropic wants to be told that it is an object. */
  private static void schema(RawJson schema, JsonWriter out) throws MalformedJson {
    JsonMembers members = JsonMembers.of(schema);
    if (members.has("type")) {
      out.value(schema);
      return;
    }
    out.beginObject().member("type", "object");
    for (int i = 0; i < members.size(); i++) {
      if (!members.name(i).equals("type")) {
        out.member(members.name(i), members.value(i));
      }
    }
    out.endObject();
  }

  private void custom(Tool.Custom custom, CacheMark mark, JsonWriter out) throws Untranslatable {
    losses.add(Loss.FREEFORM_TOOL);
    out.beginObject().member("name", name(custom.name()));
    out.name("description").beginText();
    custom.description().ifPresent(out::piece);
    custom
        .format()
        .filter(RawJson::isObject)
        .ifPresent(format -> out.piece("\n\nThe input follows this format: ").piece(format));
    out.endText().member("input_schema", FREEFORM_SCHEMA);
    CacheMarks.write(mark, out);
    out.endObject();
  }

  private void server(Tool.Server server, JsonWriter out) throws MalformedJson {
    if (server.origin() == Dialect.MESSAGES) {
      out.value(server.definition());
      return;
    }
    if (server.definition().isObject() && JsonMembers.of(server.definition()).size() > 1) {
      losses.add(Loss.DROPPED, "tools." + server.type());
    }
    String type = type(server.kind());
    out.beginObject()
        .member("type", type)
        .member("name", type.substring(0, type.lastIndexOf('_')))
        .endObject();
  }

  /** Anthropic's own tool of a kind; empty if it has none. */
  private static String type(Tool.Server.Kind kind) {
    return switch (kind) {
      case WEB_SEARCH -> "web_search_20250305";
      case WEB_FETCH -> "web_fetch_20250910";
      case CODE_EXECUTION -> "code_execution_20250825";
      case FILE_SEARCH, IMAGE_GENERATION, COMPUTER, OTHER -> "";
    };
  }

  private void choice(JsonWriter out) throws Untranslatable {
    boolean alone = choice.parallel().filter(parallel -> !parallel).isPresent();
    boolean none = choice.mode() == Mode.NONE;
    if (choice.mode() == Mode.DEFAULT && !alone) {
      return;
    }
    out.name("tool_choice").beginObject();
    if (none) {
      out.member("type", "none");
    } else if (forced && choice.names().size() == 1) {
      out.member("type", "tool").member("name", name(choice.names().getFirst()));
    } else {
      out.member("type", forced ? "any" : "auto");
    }
    if (alone && !none) {
      out.member("disable_parallel_tool_use", true);
    }
    out.endObject();
  }

  /** The name, if Anthropic takes it: one that is changed could not be called back. */
  static RawText name(RawText name) throws Untranslatable {
    if (!NAME.matcher(name.plain()).matches()) {
      throw Untranslatable.request(
          "invalid_tool_name",
          "Claude takes names of tools of up to 128 letters, digits, '_' and '-'. Rename '"
              + name.plain()
              + "'.");
    }
    return name;
  }
}
