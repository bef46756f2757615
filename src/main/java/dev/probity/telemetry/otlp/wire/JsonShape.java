package dev.probity.telemetry.otlp.wire;

import dev.probity.telemetry.Signal;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which members a message has in JSON, and which of protobuf's fields they are. Those that no view
 * shows are left out.
 */
final class JsonShape {
  /** How a member's value is written in JSON. */
  enum Kind {
    TEXT,
    /** A text that is content unless it is a word. */
    WORD,
    /** Content of any form. */
    OPAQUE,
    BOOLEAN,
    /** A whole number that is a varint in protobuf; 64 bits may come as text. */
    WHOLE,
    /** A whole number of eight bytes. */
    FIXED,
    DOUBLE,
    /** A number, or one of the names given with it. */
    ENUM,
    /** Bytes in hexadecimal. */
    HEX,
    /** Bytes in base64. */
    BASE64,
    MESSAGE,
    /** A key and a value, of which only what is on the list is read. */
    ATTRIBUTE
  }

  /**
   * A member.
   *
   * @param shape of a message; for others their own
   */
  record Member(int number, Kind kind, JsonShape shape, Map<String, Integer> names) {
    /** Whether there may be several of it, in an array. */
    boolean mayRepeat() {
      return kind == Kind.MESSAGE || kind == Kind.ATTRIBUTE;
    }
  }

  private static final Map<String, Integer> SEVERITIES = severities();
  private static final Map<String, Integer> STATUS_CODES =
      Map.of("STATUS_CODE_UNSET", 0, "STATUS_CODE_OK", 1, "STATUS_CODE_ERROR", 2);
  private static final Map<String, Integer> TEMPORALITIES =
      Map.of(
          "AGGREGATION_TEMPORALITY_UNSPECIFIED", 0,
          "AGGREGATION_TEMPORALITY_DELTA", 1,
          "AGGREGATION_TEMPORALITY_CUMULATIVE", 2);

  static final JsonShape VALUE = value();
  private static final JsonShape CONTENT =
      new JsonShape()
          .with("stringValue", 1, Kind.WORD)
          .with("boolValue", 2, Kind.BOOLEAN)
          .with("intValue", 3, Kind.WHOLE)
          .with("doubleValue", 4, Kind.DOUBLE)
          .with("arrayValue", 7, Kind.OPAQUE)
          .with("kvlistValue", 7, Kind.OPAQUE)
          .with("bytesValue", 7, Kind.OPAQUE);
  private static final JsonShape RESOURCE = new JsonShape().with("attributes", 1, Kind.ATTRIBUTE);
  private static final JsonShape SCOPE =
      new JsonShape()
          .with("name", 1, Kind.TEXT)
          .with("version", 2, Kind.TEXT)
          .with("attributes", 3, Kind.ATTRIBUTE);
  private static final JsonShape LOGS = request("resourceLogs", "scopeLogs", "logRecords", log());
  private static final JsonShape SPANS = request("resourceSpans", "scopeSpans", "spans", span());
  private static final JsonShape METRICS =
      request("resourceMetrics", "scopeMetrics", "metrics", metric());

  private final Map<String, Member> members = new HashMap<>();

  private JsonShape() {}

  /** The shape of an export request. */
  static JsonShape of(Signal signal) {
    return switch (signal) {
      case LOG -> LOGS;
      case SPAN -> SPANS;
      case METRIC -> METRICS;
    };
  }

  /** The member of that name, in either spelling; null if it is not read. */
  @Nullable Member member(String name) {
    return members.get(name);
  }

  private JsonShape with(String name, int number, Kind kind) {
    return with(name, new Member(number, kind, this, Map.of()));
  }

  private JsonShape with(String name, int number, JsonShape shape) {
    return with(name, new Member(number, Kind.MESSAGE, shape, Map.of()));
  }

  private JsonShape with(String name, int number, Map<String, Integer> names) {
    return with(name, new Member(number, Kind.ENUM, this, names));
  }

  private JsonShape with(String name, Member member) {
    members.put(name, member);
    members.put(name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT), member);
    return this;
  }

  private static JsonShape value() {
    var value = new JsonShape();
    var pair = new JsonShape().with("key", 1, Kind.TEXT).with("value", 2, value);
    return value
        .with("stringValue", 1, Kind.TEXT)
        .with("boolValue", 2, Kind.BOOLEAN)
        .with("intValue", 3, Kind.WHOLE)
        .with("doubleValue", 4, Kind.DOUBLE)
        .with("arrayValue", Nested.LIST, new JsonShape().with("values", 1, value))
        .with("kvlistValue", Nested.MAP, new JsonShape().with("values", 1, pair))
        .with("bytesValue", 7, Kind.BASE64);
  }

  private static JsonShape request(
      String resources, String scopes, String records, JsonShape record) {
    var scope = new JsonShape().with("scope", 1, SCOPE).with(records, 2, record);
    var resource = new JsonShape().with("resource", 1, RESOURCE).with(scopes, 2, scope);
    return new JsonShape().with(resources, 1, resource);
  }

  private static JsonShape log() {
    return new JsonShape()
        .with("timeUnixNano", 1, Kind.FIXED)
        .with("severityNumber", 2, SEVERITIES)
        .with("body", 5, CONTENT)
        .with("attributes", 6, Kind.ATTRIBUTE)
        .with("traceId", 9, Kind.HEX)
        .with("spanId", 10, Kind.HEX)
        .with("observedTimeUnixNano", 11, Kind.FIXED)
        .with("eventName", 12, Kind.WORD);
  }

  private static JsonShape span() {
    return new JsonShape()
        .with("traceId", 1, Kind.HEX)
        .with("spanId", 2, Kind.HEX)
        .with("parentSpanId", 4, Kind.HEX)
        .with("name", 5, Kind.WORD)
        .with("startTimeUnixNano", 7, Kind.FIXED)
        .with("endTimeUnixNano", 8, Kind.FIXED)
        .with("attributes", 9, Kind.ATTRIBUTE)
        .with("status", 15, new JsonShape().with("code", 3, STATUS_CODES));
  }

  private static JsonShape metric() {
    JsonShape number = point(7, 8).with("asDouble", 4, Kind.DOUBLE).with("asInt", 6, Kind.FIXED);
    return new JsonShape()
        .with("name", 1, Kind.TEXT)
        .with("unit", 3, Kind.TEXT)
        .with("gauge", 5, data(number))
        .with("sum", 7, data(number).with("isMonotonic", 3, Kind.BOOLEAN))
        .with("histogram", 9, data(distribution(9, 10)))
        .with("exponentialHistogram", 10, data(distribution(1, 10)))
        .with("summary", 11, data(distribution(7, 8)));
  }

  private static JsonShape data(JsonShape point) {
    return new JsonShape()
        .with("dataPoints", 1, point)
        .with("aggregationTemporality", 2, TEMPORALITIES);
  }

  private static JsonShape distribution(int attributes, int flags) {
    return point(attributes, flags).with("count", 4, Kind.FIXED).with("sum", 5, Kind.DOUBLE);
  }

  private static JsonShape point(int attributes, int flags) {
    return new JsonShape()
        .with("startTimeUnixNano", 2, Kind.FIXED)
        .with("timeUnixNano", 3, Kind.FIXED)
        .with("attributes", attributes, Kind.ATTRIBUTE)
        .with("flags", flags, Kind.WHOLE);
  }

  private static Map<String, Integer> severities() {
    Map<String, Integer> numbers = new HashMap<>();
    String[] names = {"TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"};
    for (int i = 0; i < names.length * 4; i++) {
      String grade = i % 4 == 0 ? "" : Integer.toString(i % 4 + 1);
      numbers.put("SEVERITY_NUMBER_" + names[i / 4] + grade, i + 1);
    }
    return Map.copyOf(numbers);
  }
}
