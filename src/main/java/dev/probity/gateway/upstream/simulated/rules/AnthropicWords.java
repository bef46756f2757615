package dev.probity.gateway.upstream.simulated.rules;

import dev.probity.gateway.upstream.simulated.script.Rejection;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** How Anthropic says what is wrong. */
final class AnthropicWords {
  private AnthropicWords() {}

  /** Refuses members that are not known. */
  static void only(JsonNode object, String at, Set<String> known) {
    for (String name : object.propertyNames()) {
      if (!known.contains(name)) {
        throw wrong(at.isEmpty() ? name : at + "." + name, "Extra inputs are not permitted");
      }
    }
  }

  static void required(JsonNode object, String at, String... names) {
    for (String name : names) {
      if (!object.has(name)) {
        throw wrong(at + "." + name, "Field required");
      }
    }
  }

  /** A string after a pattern. */
  static void pattern(JsonNode value, String at, String pattern) {
    if (!value.isString()) {
      throw wrong(at, "Input should be a valid string");
    }
    if (!value.asString("").matches(pattern)) {
      throw wrong(at, "String should match pattern '^" + pattern + "$'");
    }
  }

  static Rejection wrong(String at, String what) {
    return Rejection.invalid(at + ": " + what);
  }
}
