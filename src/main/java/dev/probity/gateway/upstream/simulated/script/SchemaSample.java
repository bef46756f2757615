package dev.probity.gateway.upstream.simulated.script;

import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The plainest value that a JSON schema accepts: for forced tools and structured answers. */
final class SchemaSample {
  /** Recursive schemas end here. */
  private static final int MAX_DEPTH = 12;

  private static final int MAX_ITEMS = 16;

  private SchemaSample() {}

  public static JsonNode of(JsonNode schema) {
    return sample(schema, schema, 0);
  }

  private static JsonNode sample(JsonNode schema, JsonNode root, int depth) {
    if (depth > MAX_DEPTH) {
      return Trees.array(new Object[] {null}).get(0);
    }
    for (String fixed : new String[] {"const", "default"}) {
      if (schema.has(fixed)) {
        return schema.get(fixed);
      }
    }
    if (!schema.path("enum").isEmpty()) {
      return schema.path("enum").get(0);
    }
    String reference = schema.path("$ref").asString("");
    if (reference.startsWith("#/")) {
      return sample(root.at(reference.substring(1)), root, depth + 1);
    }
    for (String choice : new String[] {"anyOf", "oneOf", "allOf"}) {
      if (!schema.path(choice).isEmpty()) {
        return sample(schema.path(choice).get(0), root, depth + 1);
      }
    }
    return switch (type(schema)) {
      case "object" -> object(schema, root, depth);
      case "array" -> array(schema, root, depth);
      case "integer" -> Trees.array(number(schema)).get(0);
      case "number" -> Trees.array((double) number(schema)).get(0);
      case "boolean" -> Trees.array(true).get(0);
      case "null" -> Trees.array(new Object[] {null}).get(0);
      default -> Trees.array(string(schema)).get(0);
    };
  }

  /** Google writes its types in capitals. */
  private static String type(JsonNode schema) {
    JsonNode type = schema.path("type");
    if (type.isArray() && !type.isEmpty()) {
      type = type.get(0);
    }
    String name = type.asString("").toLowerCase(Locale.ROOT);
    return name.isEmpty() && schema.has("properties") ? "object" : name;
  }

  private static JsonNode object(JsonNode schema, JsonNode root, int depth) {
    ObjectNode object = Trees.object();
    JsonNode required = schema.path("required");
    schema
        .path("properties")
        .properties()
        .forEach(property -> {
          if (required.isMissingNode() || contains(required, property.getKey())) {
            object.set(property.getKey(), sample(property.getValue(), root, depth + 1));
          }
        });
    return object;
  }

  private static boolean contains(JsonNode names, String name) {
    return names.valueStream().anyMatch(value -> value.asString("").equals(name));
  }

  private static JsonNode array(JsonNode schema, JsonNode root, int depth) {
    ArrayNode array = Trees.array();
    int items = Math.clamp(schema.path("minItems").asInt(0), 0, MAX_ITEMS);
    for (int i = 0; i < items; i++) {
      array.add(sample(schema.path("items"), root, depth + 1));
    }
    return array;
  }

  private static int number(JsonNode schema) {
    int least = schema.path("minimum").asInt(schema.path("exclusiveMinimum").asInt(0) + 1);
    return Math.min(least, schema.path("maximum").asInt(Integer.MAX_VALUE));
  }

  private static String string(JsonNode schema) {
    String text =
        switch (schema.path("format").asString("")) {
          case "date-time" -> "2026-01-01T00:00:00Z";
          case "date" -> "2026-01-01";
          case "uri" -> "https://example.com/";
          case "email" -> "simulated@example.com";
          case "uuid" -> "00000000-0000-4000-8000-000000000000";
          default -> "simulated";
        };
    int least = Math.clamp(schema.path("minLength").asInt(0), 0, 10_000);
    int most = Math.max(0, schema.path("maxLength").asInt(Integer.MAX_VALUE));
    String padded = text.length() < least ? text + "x".repeat(least - text.length()) : text;
    return padded.length() > most ? padded.substring(0, most) : padded;
  }
}
