package dev.probity.gateway.translate.gemini;

import dev.probity.gateway.json.JsonCursor;
import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.Loss;
import dev.probity.gateway.neutral.Losses;
import java.util.Locale;

/**
 * Makes JSON Schema of Google's older Schema, which is OpenAPI's: types in capitals, {@code
 * nullable}, limits as strings.
 */
final class SchemaTranslation {
  private static final RawJson NULL_TYPE = RawJson.of("{\"type\":\"null\"}");

  private final Losses losses;

  SchemaTranslation(Losses losses) {
    this.losses = losses;
  }

  RawJson toJsonSchema(RawJson schema) throws MalformedJson {
    JsonWriter out = new JsonWriter();
    write(schema, out);
    return out.toJson();
  }

  private void write(RawJson schema, JsonWriter out) throws MalformedJson {
    if (!schema.isObject()) {
      out.value(schema);
      return;
    }
    boolean nullable = isNullable(schema);
    JsonCursor json = schema.cursor();
    out.beginObject();
    json.enterObject();
    while (json.nextMember()) {
      String name = Spelling.camel(json.name());
      switch (name) {
        case "type" -> type(json.raw(), nullable, out);
        case "properties", "$defs", "definitions", "patternProperties" ->
            properties(json, name, out);
        case "items", "additionalProperties", "not" -> {
          out.name(name);
          write(json.raw(), out);
        }
        case "anyOf", "oneOf", "allOf", "prefixItems" ->
            list(json, name, nullable && name.equals("anyOf"), out);
        case "enum" -> values(json, nullable, out);
        case "minItems", "maxItems", "minLength", "maxLength", "minProperties", "maxProperties" ->
            limit(json.raw(), name, out);
        case "nullable" -> json.skip();
        case "format" -> {
          RawJson format = json.raw();
          // What Google calls a string of which all values are listed.
          if (!format.text().map(text -> text.is("enum")).orElse(false)) {
            out.member(name, format);
          }
        }
        case "example", "propertyOrdering" -> {
          losses.add(Loss.SCHEMA);
          json.skip();
        }
        default -> out.member(json.name(), json.raw());
      }
    }
    out.endObject();
  }

  private static boolean isNullable(RawJson schema) throws MalformedJson {
    boolean nullable = false;
    JsonCursor json = schema.cursor();
    json.enterObject();
    while (json.nextMember()) {
      if (json.name().equals("nullable")) {
        nullable = json.isTrue();
      }
    }
    return nullable;
  }

  private static void type(RawJson type, boolean nullable, JsonWriter out) {
    if (!type.isString()) {
      out.member("type", type);
      return;
    }
    String name = type.text().orElse(RawText.EMPTY).plain().toLowerCase(Locale.ROOT);
    if (name.equals("type_unspecified")) {
      return;
    }
    out.name("type");
    if (nullable && !name.equals("null")) {
      out.beginArray().value(name).value("null").endArray();
    } else {
      out.value(name);
    }
  }

  private void properties(JsonCursor json, String name, JsonWriter out) throws MalformedJson {
    out.name(name).beginObject();
    json.enterObject();
    while (json.nextMember()) {
      out.name(json.name());
      write(json.raw(), out);
    }
    out.endObject();
  }

  private void list(JsonCursor json, String name, boolean orNull, JsonWriter out)
      throws MalformedJson {
    out.name(name).beginArray();
    json.enterArray();
    while (json.nextElement()) {
      write(json.raw(), out);
    }
    if (orNull) {
      out.value(NULL_TYPE);
    }
    out.endArray();
  }

  private static void values(JsonCursor json, boolean orNull, JsonWriter out) throws MalformedJson {
    out.name("enum").beginArray();
    json.enterArray();
    while (json.nextElement()) {
      out.value(json.raw());
    }
    if (orNull) {
      out.nullValue();
    }
    out.endArray();
  }

  /** Google writes 64-bit numbers as strings. */
  private static void limit(RawJson value, String name, JsonWriter out) {
    String text = value.text().map(RawText::plain).orElse("");
    if (!text.isEmpty() && text.length() < 19 && text.chars().allMatch(Character::isDigit)) {
      out.member(name, Long.parseLong(text));
    } else {
      out.member(name, value);
    }
  }
}
