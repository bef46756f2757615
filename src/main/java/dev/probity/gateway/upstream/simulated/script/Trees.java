package dev.probity.gateway.upstream.simulated.script;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** JSON trees, written shortly. */
public final class Trees {
  /** As long as the largest request. */
  private static final int MAX_STRING_CHARACTERS = 64 << 20;

  /** One attachment may fill a whole request, so a string may be as long as one. */
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxStringLength(MAX_STRING_CHARACTERS)
                          .build())
                  .build())
          .build();

  private Trees() {}

  /**
   * An object of names and values in turn. A value is a tree, text, a number, a boolean or null.
   */
  public static ObjectNode object(@Nullable Object... namesAndValues) {
    ObjectNode object = MAPPER.createObjectNode();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      put(object, String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
    }
    return object;
  }

  public static void put(ObjectNode object, String name, @Nullable Object value) {
    object.set(name, node(value));
  }

  public static ArrayNode array(@Nullable Object... values) {
    ArrayNode array = MAPPER.createArrayNode();
    for (Object value : values) {
      array.add(node(value));
    }
    return array;
  }

  public static ArrayNode arrayOf(Iterable<? extends JsonNode> values) {
    ArrayNode array = MAPPER.createArrayNode();
    values.forEach(array::add);
    return array;
  }

  public static String text(JsonNode node) {
    return MAPPER.writeValueAsString(node);
  }

  public static JsonNode parse(byte[] json) {
    return MAPPER.readTree(json);
  }

  public static JsonNode parse(String json) {
    return MAPPER.readTree(json);
  }

  public static JsonMapper mapper() {
    return MAPPER;
  }

  /** Whether the field is there and is not null. */
  public static boolean has(JsonNode object, String name) {
    JsonNode value = object.path(name);
    return !value.isMissingNode() && !value.isNull();
  }

  private static JsonNode node(@Nullable Object value) {
    var nodes = MAPPER.getNodeFactory();
    return switch (value) {
      case null -> nodes.nullNode();
      case JsonNode tree -> tree;
      case String text -> nodes.stringNode(text);
      case Integer number -> nodes.numberNode(number);
      case Long number -> nodes.numberNode(number);
      case Float number -> nodes.numberNode(number);
      case Double number -> nodes.numberNode(number);
      case Boolean flag -> nodes.booleanNode(flag);
      default -> throw new IllegalArgumentException("value: " + value + " (expected: JSON)");
    };
  }
}
