package dev.probity.gateway.translate.responses.output;

import dev.probity.gateway.json.JsonCursor;
import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.Tool;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The names of a request's tools. Responses may have tools in namespaces, which no other dialect
 * knows; elsewhere such a tool is called {@code NAMESPACE__NAME}, as OpenAI flattens it, too.
 */
public final class ToolNames {
  /** The member of a tool's {@code rest} that holds its {@link Place}. */
  public static final String MEMBER = "namespace";

  private static final int LONGEST = 64;
  private static final String BETWEEN = "__";

  private final Map<String, Known> known;

  /**
   * Where a tool stands.
   *
   * @param description of the namespace
   * @param tool its name in there
   */
  public record Place(RawText namespace, RawText description, RawText tool) {
    /** For a tool's {@code rest}. */
    public RawJson toJson() {
      return new JsonWriter()
          .beginObject()
          .member("name", namespace)
          .member("description", description)
          .member("tool", tool)
          .endObject()
          .toJson();
    }

    static Optional<Place> read(RawJson json) {
      RawText namespace = RawText.EMPTY;
      RawText description = RawText.EMPTY;
      RawText tool = RawText.EMPTY;
      try {
        JsonCursor cursor = json.cursor();
        cursor.enterObject();
        while (cursor.nextMember()) {
          switch (cursor.name()) {
            case "name" -> namespace = cursor.text();
            case "description" -> description = cursor.text();
            case "tool" -> tool = cursor.text();
            default -> {}
          }
        }
      } catch (MalformedJson _) {
        return Optional.empty();
      }
      return Optional.of(new Place(namespace, description, tool));
    }
  }

  /** What a name stands for. */
  public record Known(Optional<Place> place, boolean freeform) {}

  public ToolNames(List<Tool> tools) {
    known = HashMap.newHashMap(tools.size());
    for (Tool tool : tools) {
      switch (tool) {
        case Tool.Function function ->
            known.put(function.name().plain(), new Known(place(function.rest()), false));
        case Tool.Custom custom ->
            known.put(custom.name().plain(), new Known(place(custom.rest()), true));
        case Tool.Server _ -> {}
      }
    }
  }

  /** The namespace in a tool's {@code rest}; empty if it stands in none. */
  public static Optional<Place> place(Map<String, RawJson> rest) {
    return Optional.ofNullable(rest.get(MEMBER)).flatMap(Place::read);
  }

  /** What the other dialects call a tool in a namespace: at most 64 characters. */
  public static RawText joined(RawText namespace, RawText tool) {
    String outer = namespace.plain();
    String inner = tool.plain();
    int end = outer.length();
    while (end > 0 && outer.charAt(end - 1) == '_') {
      end--;
    }
    int start = 0;
    while (start < inner.length() && inner.charAt(start) == '_') {
      start++;
    }
    String whole = outer.substring(0, end) + BETWEEN + inner.substring(start);
    if (whole.length() > LONGEST) {
      String mark = "_" + Integer.toHexString(whole.hashCode());
      whole = whole.substring(0, LONGEST - mark.length()) + mark;
    }
    return RawText.of(whole);
  }

  /** Empty if the request offers no tool of that name that the client runs. */
  public Optional<Known> find(RawText name) {
    return Optional.ofNullable(known.get(name.plain()));
  }

  /** Writes the members that say which tool is called. */
  public void write(RawText name, JsonWriter out) {
    Optional<Place> place = find(name).flatMap(Known::place);
    if (place.isPresent()) {
      out.member("namespace", place.get().namespace()).member("name", place.get().tool());
    } else {
      out.member("name", name);
    }
  }
}
