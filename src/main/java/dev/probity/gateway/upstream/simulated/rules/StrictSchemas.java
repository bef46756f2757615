package dev.probity.gateway.upstream.simulated.rules;

import dev.probity.gateway.upstream.simulated.script.Rejection;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What OpenAI wants of a schema that an answer or an input must follow exactly. */
final class StrictSchemas {
  private StrictSchemas() {}

  static void check(JsonNode schema, String whose, String param) {
    if (!schema.path("type").asString("").equals("object")) {
      throw invalid(
          whose, "schema must be a JSON Schema of 'type: \"object\"', got something else.", param);
    }
    inner(schema, whose, "", param);
  }

  private static void inner(JsonNode schema, String whose, String context, String param) {
    if (schema.path("type").asString("").equals("object")) {
      JsonNode properties = schema.path("properties");
      JsonNode more = schema.path("additionalProperties");
      if (!more.isBoolean() || more.asBoolean(true)) {
        throw invalid(
            whose,
            "In context=("
                + context
                + "), 'additionalProperties' is required to be supplied and to be false.",
            param);
      }
      Set<String> required = new HashSet<>();
      schema.path("required").forEach(name -> required.add(name.asString("")));
      for (String name : properties.propertyNames()) {
        if (!required.contains(name)) {
          throw invalid(
              whose,
              "In context=("
                  + context
                  + "), 'required' is required to be supplied and to be an array including every"
                  + " key in properties. Missing '"
                  + name
                  + "'.",
              param);
        }
        inner(properties.path(name), whose, "'properties', '" + name + "'", param);
      }
    }
    inner(schema, "items", whose, context, param);
  }

  private static void inner(
      JsonNode schema, String member, String whose, String context, String param) {
    if (schema.path(member).isObject()) {
      inner(schema.path(member), whose, context + "'" + member + "'", param);
    }
  }

  private static Rejection invalid(String whose, String why, String param) {
    return new Rejection(
        400, "invalid_function_parameters", param, "Invalid schema for " + whose + ": " + why);
  }
}
