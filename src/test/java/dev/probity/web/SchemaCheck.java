package dev.probity.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Checks values against the part of JSON Schema that the API's description uses. */
final class SchemaCheck {
  private static final Set<String> UNDERSTOOD =
      Set.of(
          "$ref",
          "type",
          "properties",
          "required",
          "additionalProperties",
          "items",
          "enum",
          "pattern",
          "minimum",
          "maximum",
          "minLength",
          "maxLength",
          "default",
          "format",
          "description");

  private final JsonNode document;
  private final List<String> problems = new ArrayList<>();

  private SchemaCheck(JsonNode document) {
    this.document = document;
  }

  /** What is wrong with a value; empty if it fits. */
  static List<String> problems(JsonNode document, JsonNode schema, JsonNode value) {
    SchemaCheck check = new SchemaCheck(document);
    check.check("$", schema, value);
    return check.problems;
  }

  private void check(String at, JsonNode schema, JsonNode value) {
    for (String word : schema.propertyNames()) {
      if (!UNDERSTOOD.contains(word)) {
        problems.add(at + ": this check does not understand " + word);
      }
    }
    if (schema.has("$ref")) {
      JsonNode target = document.at(schema.path("$ref").asString().substring(1));
      if (target.isMissingNode()) {
        problems.add(at + ": no " + schema.path("$ref"));
      }
      check(at, target, value);
      return;
    }
    checkType(at, schema.path("type"), value);
    checkText(at, schema, value);
    if (value.isNumber() && value.asLong() < schema.path("minimum").asLong(Long.MIN_VALUE)) {
      problems.add(at + ": " + value + " is below the minimum");
    }
    if (value.isArray()) {
      for (int i = 0; i < value.size(); i++) {
        check(at + "[" + i + "]", schema.path("items"), value.get(i));
      }
    }
    if (value.isObject() && schema.has("properties")) {
      checkObject(at, schema, value);
    }
  }

  private void checkObject(String at, JsonNode schema, JsonNode value) {
    for (JsonNode name : schema.path("required")) {
      if (!value.has(name.asString())) {
        problems.add(at + ": no " + name.asString());
      }
    }
    for (Map.Entry<String, JsonNode> property : value.properties()) {
      JsonNode of = schema.path("properties").path(property.getKey());
      if (of.isMissingNode()) {
        problems.add(at + ": undocumented " + property.getKey());
      } else {
        check(at + "." + property.getKey(), of, property.getValue());
      }
    }
  }

  private void checkText(String at, JsonNode schema, JsonNode value) {
    if (!value.isString()) {
      return;
    }
    String text = value.asString();
    if (schema.has("pattern") && !text.matches(schema.path("pattern").asString())) {
      problems.add(at + ": " + text + " does not match " + schema.path("pattern"));
    }
    if (schema.has("enum") && schema.path("enum").valueStream().noneMatch(value::equals)) {
      problems.add(at + ": " + text + " is none of " + schema.path("enum"));
    }
    if (schema.path("format").asString("").equals("date-time")) {
      java.time.OffsetDateTime.parse(text);
    }
    if (schema.path("format").asString("").equals("date")) {
      java.time.LocalDate.parse(text);
    }
  }

  private void checkType(String at, JsonNode type, JsonNode value) {
    List<String> allowed =
        type.isArray()
            ? type.valueStream().map(JsonNode::asString).toList()
            : type.isMissingNode() ? List.of() : List.of(type.asString());
    String actual =
        switch (value.getNodeType()) {
          case OBJECT -> "object";
          case ARRAY -> "array";
          case STRING -> "string";
          case BOOLEAN -> "boolean";
          case NULL -> "null";
          case NUMBER -> value.isIntegralNumber() ? "integer" : "number";
          default -> value.getNodeType().name();
        };
    if (!allowed.isEmpty() && !allowed.contains(actual)) {
      problems.add(at + ": " + actual + " (expected: " + allowed + ")");
    }
  }
}
