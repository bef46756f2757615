package dev.probity.gateway.upstream.simulated.rules;

import dev.probity.gateway.upstream.simulated.script.Rejection;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Checks an object as OpenAI does, and says what is wrong in its words. What is absent or null is
 * fine unless it is required.
 *
 * @param at what stands before a member's name in {@code param}: {@code ""} or {@code input[0].}
 */
record Shape(JsonNode object, String at) {
  /** No members but these. */
  void only(Set<String> names) {
    for (String name : object.propertyNames()) {
      if (!names.contains(name)) {
        throw new Rejection(
            400, "unknown_parameter", at + name, "Unknown parameter: '" + at + name + "'.");
      }
    }
  }

  boolean has(String name) {
    JsonNode value = object.path(name);
    return !value.isMissingNode() && !value.isNull();
  }

  JsonNode required(String name) {
    if (!has(name)) {
      throw new Rejection(
          400,
          "missing_required_parameter",
          at + name,
          "Missing required parameter: '" + at + name + "'.");
    }
    return object.path(name);
  }

  String requiredText(String name) {
    required(name);
    text(name);
    return object.path(name).stringValue();
  }

  void text(String name) {
    if (has(name) && !object.path(name).isString()) {
      throw invalidType(at + name, "a string", object.path(name));
    }
  }

  void shortText(String name, int most) {
    text(name);
    int length = object.path(name).asString("").length();
    if (length > most) {
      throw new Rejection(
          400,
          "string_above_max_length",
          at + name,
          "Invalid '%s': string too long. Expected a string with maximum length %d, but got a string with length %d instead."
              .formatted(at + name, most, length));
    }
  }

  void array(String name) {
    if (has(name) && !object.path(name).isArray()) {
      throw invalidType(at + name, "an array", object.path(name));
    }
  }

  void flag(String name) {
    if (has(name) && !object.path(name).isBoolean()) {
      throw invalidType(at + name, "a boolean", object.path(name));
    }
  }

  void word(String name, Set<String> words) {
    text(name);
    if (has(name) && !words.contains(object.path(name).stringValue())) {
      throw invalidValue(at + name, object.path(name).stringValue(), words);
    }
  }

  void number(String name, double least, double most) {
    if (!has(name)) {
      return;
    }
    JsonNode value = object.path(name);
    if (!value.isNumber()) {
      throw invalidType(at + name, "a decimal", value);
    }
    if (value.doubleValue() < least || value.doubleValue() > most) {
      throw outOfRange("decimal", name, value, value.doubleValue() < least, least, most);
    }
  }

  void integer(String name, int least, int most) {
    if (!has(name)) {
      return;
    }
    JsonNode value = object.path(name);
    if (!value.isIntegralNumber()) {
      throw invalidType(at + name, "an integer", value);
    }
    if (value.asLong() < least || value.asLong() > most) {
      throw outOfRange("integer", name, value, value.asLong() < least, least, most);
    }
  }

  private Rejection outOfRange(
      String kind, String name, JsonNode value, boolean below, Number least, Number most) {
    return new Rejection(
        400,
        kind + (below ? "_below_min_value" : "_above_max_value"),
        at + name,
        "Invalid '%s': %s %s value. Expected a value %s %s, but got %s instead."
            .formatted(
                at + name,
                kind,
                below ? "below minimum" : "above maximum",
                below ? ">=" : "<=",
                below ? least : most,
                value));
  }

  static Rejection invalidType(String param, String expected, JsonNode found) {
    return new Rejection(
        400,
        "invalid_type",
        param,
        "Invalid type for '%s': expected %s, but got %s instead."
            .formatted(param, expected, kind(found)));
  }

  static Rejection invalidValue(String param, String value, Set<String> words) {
    String all =
        new TreeSet<>(words)
            .stream().map(word -> "'" + word + "'").collect(Collectors.joining(", "));
    int last = all.lastIndexOf(", ");
    String said = last < 0 ? all : all.substring(0, last) + ", and " + all.substring(last + 2);
    return new Rejection(
        400,
        "invalid_value",
        param,
        "Invalid value: '" + value + "'. Supported values are: " + said + ".");
  }

  private static String kind(JsonNode node) {
    return switch (node.getNodeType()) {
      case ARRAY -> "an array";
      case BOOLEAN -> "a boolean";
      case NUMBER -> node.isIntegralNumber() ? "an integer" : "a decimal";
      case OBJECT -> "an object";
      case STRING -> "a string";
      default -> "null";
    };
  }
}
