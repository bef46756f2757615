package dev.probity.gateway.upstream.simulated.rules;

import dev.probity.gateway.upstream.simulated.script.Rejection;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** How OpenAI says what is wrong. */
final class OpenAiWords {
  private OpenAiWords() {}

  static Rejection unknown(String parameter) {
    return new Rejection(
        400, "unknown_parameter", parameter, "Unknown parameter: '" + parameter + "'.");
  }

  static Rejection missing(String parameter) {
    return new Rejection(
        400,
        "missing_required_parameter",
        parameter,
        "Missing required parameter: '" + parameter + "'.");
  }

  static Rejection value(String parameter, String message) {
    return new Rejection(400, "invalid_value", parameter, message);
  }

  /**
   * @param expected such as {@code an object}
   */
  static Rejection type(String parameter, String expected, JsonNode found) {
    return new Rejection(
        400,
        "invalid_type",
        parameter,
        "Invalid type for '"
            + parameter
            + "': expected "
            + expected
            + ", but got "
            + kind(found)
            + " instead.");
  }

  private static String kind(JsonNode found) {
    if (found.isString()) {
      return "a string";
    }
    if (found.isNumber()) {
      return found.isIntegralNumber() ? "an integer" : "a decimal number";
    }
    if (found.isBoolean()) {
      return "a boolean";
    }
    if (found.isArray()) {
      return "an array";
    }
    return found.isObject() ? "an object" : "null";
  }

  static String text(JsonNode object, String at, String name) {
    JsonNode value = object.path(name);
    if (value.isMissingNode() || value.isNull()) {
      throw missing(at + "." + name);
    }
    if (!value.isString()) {
      throw type(at + "." + name, "a string", value);
    }
    return value.asString();
  }

  static JsonNode object(JsonNode object, String at, String name) {
    JsonNode value = object.path(name);
    if (value.isMissingNode() || value.isNull()) {
      throw missing(at + "." + name);
    }
    if (!value.isObject()) {
      throw type(at + "." + name, "an object", value);
    }
    return value;
  }

  static void only(JsonNode object, String at, Set<String> known) {
    for (String name : object.propertyNames()) {
      if (!known.contains(name)) {
        throw unknown(at.isEmpty() ? name : at + "." + name);
      }
    }
  }
}
