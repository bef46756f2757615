package dev.probity.gateway.upstream.simulated.rules;

import dev.probity.gateway.upstream.simulated.script.Rejection;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** How Google says what is wrong; and its two spellings. */
final class GoogleWords {
  private GoogleWords() {}

  /**
   * Refuses members that Google does not know.
   *
   * @param at where the object stands, in snake case; empty for the body
   * @param known in camel case
   */
  static void only(JsonNode object, String at, Set<String> known) {
    for (String name : object.propertyNames()) {
      if (!known.contains(camel(name))) {
        throw Rejection.invalid(
            "Invalid JSON payload received. Unknown name \""
                + name
                + "\""
                + (at.isEmpty() ? "" : " at '" + at + "'")
                + ": Cannot find field.");
      }
    }
  }

  static Rejection field(String path, String what) {
    return Rejection.invalid("* GenerateContentRequest." + path + ": " + what + "\n");
  }

  static Rejection value(String path, String type, JsonNode found) {
    return Rejection.invalid("Invalid value at '" + path + "' (" + type + "), " + found.toString());
  }

  /** The member in either spelling. */
  static JsonNode get(JsonNode object, String camel) {
    for (String name : object.propertyNames()) {
      if (camel(name).equals(camel)) {
        JsonNode value = object.path(name);
        return value.isNull() ? MissingNode.getInstance() : value;
      }
    }
    return MissingNode.getInstance();
  }

  static boolean has(JsonNode object, String camel) {
    return !get(object, camel).isMissingNode();
  }

  static String camel(String name) {
    if (name.indexOf('_') < 0) {
      return name;
    }
    StringBuilder out = new StringBuilder();
    for (String word : name.split("_", -1)) {
      boolean first = out.isEmpty() || word.isEmpty();
      out.append(first ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
    }
    return out.toString();
  }

  static String snake(String camel) {
    StringBuilder out = new StringBuilder();
    for (char c : camel.toCharArray()) {
      out.append(Character.isUpperCase(c) ? "_" + Character.toLowerCase(c) : Character.toString(c));
    }
    return out.toString();
  }
}
