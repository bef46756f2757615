package dev.probity.gateway.translate.messages.request;

import dev.probity.gateway.json.JsonCursor;
import dev.probity.gateway.json.JsonMembers;
import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.neutral.Loss;
import dev.probity.gateway.neutral.Losses;
import java.util.Set;

/**
 * Writes a schema so that Anthropic takes it for what an answer must be like: objects without other
 * members than those named, no limits of numbers, lengths and counts.
 */
final class SchemaFit {
  private static final Set<String> UNKNOWN =
      Set.of(
          "minimum",
          "maximum",
          "exclusiveMinimum",
          "exclusiveMaximum",
          "multipleOf",
          "minLength",
          "maxLength",
          "maxItems",
          "uniqueItems",
          "minContains",
          "maxContains",
          "contains",
          "minProperties",
          "maxProperties",
          "patternProperties",
          "propertyNames",
          "$schema");

  private SchemaFit() {}

  static void write(RawJson schema, JsonWriter out, Losses losses) throws MalformedJson {
    if (!schema.isObject()) {
      out.value(schema);
      return;
    }
    JsonMembers members = JsonMembers.of(schema);
    out.beginObject();
    for (int i = 0; i < members.size(); i++) {
      member(members.name(i), members.value(i), out, losses);
    }
    if (isObject(members)) {
      out.member("additionalProperties", false);
      RawJson more = members.get("additionalProperties");
      if (more != JsonMembers.ABSENT && !more.equals(RawJson.FALSE)) {
        losses.add(Loss.SCHEMA);
      }
    }
    out.endObject();
  }

  private static boolean isObject(JsonMembers schema) {
    return schema.textOrEmpty("type").is("object")
        || schema.has("properties")
        || schema.get("type").toString().contains("\"object\"");
  }

  private static void member(String name, RawJson value, JsonWriter out, Losses losses)
      throws MalformedJson {
    if (UNKNOWN.contains(name)) {
      if (!name.equals("$schema")) {
        losses.add(Loss.SCHEMA);
      }
      return;
    }
    switch (name) {
      case "additionalProperties" -> {}
      case "minItems" -> {
        if (value.integer().filter(least -> least <= 1).isPresent()) {
          out.member(name, value);
        } else {
          losses.add(Loss.SCHEMA);
        }
      }
      case "properties", "$defs", "definitions" -> named(name, value, out, losses);
      case "items", "not" -> {
        out.name(name);
        write(value, out, losses);
      }
      case "anyOf", "allOf" -> list(name, value, out, losses);
      case "oneOf" -> {
        losses.add(Loss.SCHEMA);
        list("anyOf", value, out, losses);
      }
      default -> out.member(name, value);
    }
  }

  private static void named(String name, RawJson value, JsonWriter out, Losses losses)
      throws MalformedJson {
    out.name(name).beginObject();
    JsonMembers schemas = JsonMembers.of(value);
    for (int i = 0; i < schemas.size(); i++) {
      out.name(schemas.name(i));
      write(schemas.value(i), out, losses);
    }
    out.endObject();
  }

  private static void list(String name, RawJson value, JsonWriter out, Losses losses)
      throws MalformedJson {
    out.name(name).beginArray();
    JsonCursor json = value.cursor();
    json.enterArray();
    while (json.nextElement()) {
      write(json.raw(), out, losses);
    }
    out.endArray();
  }
}
