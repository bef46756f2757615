package dev.probity.telemetry.dialect;

import dev.probity.telemetry.Signal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Writes export requests of one resource in OTLP's JSON. */
final class Export {
  private static final JsonMapper JSON = JsonMapper.shared();
  static final long AT_MILLIS = 1_795_000_000_000L;

  private final Map<String, Object> resource = new LinkedHashMap<>();
  private final String scope;
  private final List<Object> records = new ArrayList<>();

  private Export(String scope) {
    this.scope = scope;
  }

  static Export of(String service, String scope, Object... attributes) {
    Export export = new Export(scope);
    export.resource.put("service.name", service);
    export.resource.put("service.version", "9.8.7");
    for (int i = 0; i < attributes.length; i += 2) {
      export.resource.put((String) attributes[i], attributes[i + 1]);
    }
    return export;
  }

  /** A log record whose event has a name, in an attribute. */
  Export event(String name, Object... attributes) {
    Map<String, Object> all = map(attributes);
    all.put("event.name", name);
    return record("", all);
  }

  /** A log record without a name, but with a body. */
  Export body(String body, Object... attributes) {
    return record(body, map(attributes));
  }

  private Export record(String body, Map<String, Object> attributes) {
    records.add(
        Map.of(
            "timeUnixNano",
            nanos(AT_MILLIS),
            "traceId",
            "0af7651916cd43dd8448eb211c80319c",
            "body",
            Map.of("stringValue", body),
            "attributes",
            list(attributes)));
    return this;
  }

  /** A span of two seconds. */
  Export spanWithin(String parent, boolean failed, String name, Object... attributes) {
    records.add(
        Map.of(
            "name",
            name,
            "traceId",
            "0af7651916cd43dd8448eb211c80319c",
            "spanId",
            "b7ad6b7169203331",
            "parentSpanId",
            parent,
            "startTimeUnixNano",
            nanos(AT_MILLIS),
            "endTimeUnixNano",
            nanos(AT_MILLIS + 2_000),
            "status",
            Map.of("code", failed ? 2 : 0),
            "attributes",
            list(map(attributes))));
    return this;
  }

  Export span(String name, Object... attributes) {
    return spanWithin("", false, name, attributes);
  }

  /** A sum of delta temporality with one point. */
  Export sum(String name, double value, Object... attributes) {
    Map<String, Object> metric = points(value, "asDouble", attributes);
    metric.put("isMonotonic", true);
    records.add(Map.of("name", name, "sum", metric));
    return this;
  }

  Export histogram(String name, double sum, Object... attributes) {
    records.add(Map.of("name", name, "histogram", points(sum, "sum", attributes)));
    return this;
  }

  Export gauge(String name, double value, Object... attributes) {
    records.add(Map.of("name", name, "gauge", points(value, "asDouble", attributes)));
    return this;
  }

  private static Map<String, Object> points(double value, String as, Object... attributes) {
    Map<String, Object> point = new LinkedHashMap<>();
    point.put("startTimeUnixNano", nanos(AT_MILLIS - 1_000));
    point.put("timeUnixNano", nanos(AT_MILLIS));
    point.put(as, value);
    point.put("attributes", list(map(attributes)));
    if (as.equals("sum")) {
      point.put("count", "3");
    }
    Map<String, Object> metric = new LinkedHashMap<>();
    metric.put("aggregationTemporality", 1);
    metric.put("dataPoints", List.of(point));
    return metric;
  }

  private static String nanos(long millis) {
    return millis + "000000";
  }

  private static Map<String, Object> map(Object... attributes) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < attributes.length; i += 2) {
      map.put((String) attributes[i], attributes[i + 1]);
    }
    return map;
  }

  private static List<Object> list(Map<String, Object> attributes) {
    List<Object> list = new ArrayList<>();
    attributes.forEach((key, value) -> list.add(Map.of("key", key, "value", value(value))));
    return list;
  }

  private static Map<String, Object> value(Object value) {
    return switch (value) {
      case Boolean truth -> Map.of("boolValue", truth);
      case Integer number -> Map.of("intValue", number.toString());
      case Double number -> Map.of("doubleValue", number);
      case List<?> texts ->
          Map.of(
              "arrayValue",
              Map.of("values", texts.stream().map(text -> Map.of("stringValue", text)).toList()));
      default -> Map.of("stringValue", value);
    };
  }

  String logs() {
    return wrapped("resourceLogs", "scopeLogs", "logRecords");
  }

  String spans() {
    return wrapped("resourceSpans", "scopeSpans", "spans");
  }

  String metrics() {
    return wrapped("resourceMetrics", "scopeMetrics", "metrics");
  }

  private String wrapped(String outer, String middle, String inner) {
    Map<String, Object> scoped = Map.of("scope", Map.of("name", scope), inner, records);
    Map<String, Object> request =
        Map.of("resource", Map.of("attributes", list(resource)), middle, List.of(scoped));
    return JSON.writeValueAsString(Map.of(outer, List.of(request)));
  }

  Heard heardAsLogs() {
    return Heard.ofJson(Signal.LOG, logs());
  }

  Heard heardAsSpans() {
    return Heard.ofJson(Signal.SPAN, spans());
  }

  Heard heardAsMetrics() {
    return Heard.ofJson(Signal.METRIC, metrics());
  }
}
