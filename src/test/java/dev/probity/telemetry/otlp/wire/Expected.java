package dev.probity.telemetry.otlp.wire;

import com.google.protobuf.ByteString;
import dev.probity.telemetry.Temporality;
import dev.probity.telemetry.otlp.Attribute;
import dev.probity.telemetry.otlp.MetricPoint.Type;
import dev.probity.telemetry.otlp.Treatment;
import dev.probity.telemetry.otlp.wire.Views.Value;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the views of a request must say, by the classes that OpenTelemetry's definitions make. */
final class Expected {
  private static final Map<String, Attribute> BY_NAME =
      Arrays.stream(Attribute.values())
          .collect(Collectors.toMap(Attribute::wireName, Function.identity()));

  private final boolean capture;
  private final List<Map<String, Object>> records = new ArrayList<>();

  private Expected(boolean capture) {
    this.capture = capture;
  }

  static List<Map<String, Object>> logs(ExportLogsServiceRequest request, boolean capture) {
    var expected = new Expected(capture);
    request
        .getResourceLogsList()
        .forEach(resource ->
            resource
                .getScopeLogsList()
                .forEach(scope ->
                    scope
                        .getLogRecordsList()
                        .forEach(
                            log -> expected.log(resource.getResource(), scope.getScope(), log))));
    return expected.records;
  }

  static List<Map<String, Object>> spans(ExportTraceServiceRequest request, boolean capture) {
    var expected = new Expected(capture);
    request
        .getResourceSpansList()
        .forEach(resource ->
            resource
                .getScopeSpansList()
                .forEach(scope ->
                    scope
                        .getSpansList()
                        .forEach(span ->
                            expected.span(resource.getResource(), scope.getScope(), span))));
    return expected.records;
  }

  static List<Map<String, Object>> points(ExportMetricsServiceRequest request, boolean capture) {
    var expected = new Expected(capture);
    request
        .getResourceMetricsList()
        .forEach(resource ->
            resource
                .getScopeMetricsList()
                .forEach(scope ->
                    scope
                        .getMetricsList()
                        .forEach(metric ->
                            expected.metric(resource.getResource(), scope.getScope(), metric))));
    return expected.records;
  }

  private void log(Resource resource, InstrumentationScope scope, LogRecord log) {
    boolean bodyIsText = log.getBody().hasStringValue();
    String body = log.getBody().getStringValue();
    boolean otherBody = !bodyIsText && !isEmpty(log.getBody());
    int content = content(log.getEventName()) + (bodyIsText ? content(body) : otherBody ? 1 : 0);
    Map<String, Object> facts = facts(resource, scope, log.getAttributesList(), content);
    facts.put("time", log.getTimeUnixNano());
    facts.put("observed", log.getObservedTimeUnixNano());
    facts.put("event", word(log.getEventName()));
    facts.put("body", bodyIsText ? word(body) : "");
    facts.put("severity", log.getSeverityNumberValue());
    facts.put("trace", hex(log.getTraceId()));
    facts.put("span", hex(log.getSpanId()));
  }

  private void span(Resource resource, InstrumentationScope scope, Span span) {
    Map<String, Object> facts =
        facts(resource, scope, span.getAttributesList(), content(span.getName()));
    facts.put("name", word(span.getName()));
    facts.put("trace", hex(span.getTraceId()));
    facts.put("span", hex(span.getSpanId()));
    facts.put("parent", hex(span.getParentSpanId()));
    facts.put("start", span.getStartTimeUnixNano());
    facts.put("end", span.getEndTimeUnixNano());
    facts.put("failed", span.getStatus().getCode() == Status.StatusCode.STATUS_CODE_ERROR);
  }

  private void metric(Resource resource, InstrumentationScope scope, Metric metric) {
    switch (metric.getDataCase()) {
      case GAUGE ->
          metric
              .getGauge()
              .getDataPointsList()
              .forEach(point -> number(resource, scope, metric, point, Type.GAUGE, false, false));
      case SUM -> {
        boolean delta = isDelta(metric.getSum().getAggregationTemporality());
        boolean monotonic = metric.getSum().getIsMonotonic();
        metric
            .getSum()
            .getDataPointsList()
            .forEach(point -> number(resource, scope, metric, point, Type.SUM, delta, monotonic));
      }
      case HISTOGRAM -> {
        boolean delta = isDelta(metric.getHistogram().getAggregationTemporality());
        metric
            .getHistogram()
            .getDataPointsList()
            .forEach(point -> {
              var facts = facts(resource, scope, point.getAttributesList(), 0);
              metricFacts(facts, metric, Type.HISTOGRAM, delta, false);
              times(facts, point.getStartTimeUnixNano(), point.getTimeUnixNano());
              value(facts, point.getSum(), point.getCount());
            });
      }
      case EXPONENTIAL_HISTOGRAM -> {
        boolean delta = isDelta(metric.getExponentialHistogram().getAggregationTemporality());
        metric
            .getExponentialHistogram()
            .getDataPointsList()
            .forEach(point -> {
              var facts = facts(resource, scope, point.getAttributesList(), 0);
              metricFacts(facts, metric, Type.HISTOGRAM, delta, false);
              times(facts, point.getStartTimeUnixNano(), point.getTimeUnixNano());
              value(facts, point.getSum(), point.getCount());
            });
      }
      case SUMMARY ->
          metric
              .getSummary()
              .getDataPointsList()
              .forEach(point -> {
                var facts = facts(resource, scope, point.getAttributesList(), 0);
                metricFacts(facts, metric, Type.SUMMARY, false, false);
                times(facts, point.getStartTimeUnixNano(), point.getTimeUnixNano());
                value(facts, point.getSum(), point.getCount());
              });
      case DATA_NOT_SET -> {}
    }
  }

  private void number(
      Resource resource,
      InstrumentationScope scope,
      Metric metric,
      NumberDataPoint point,
      Type type,
      boolean delta,
      boolean monotonic) {
    if ((point.getFlags() & 1) != 0) {
      return;
    }
    var facts = facts(resource, scope, point.getAttributesList(), 0);
    metricFacts(facts, metric, type, delta, monotonic);
    times(facts, point.getStartTimeUnixNano(), point.getTimeUnixNano());
    value(facts, point.hasAsInt() ? point.getAsInt() : point.getAsDouble(), 1);
  }

  private static boolean isDelta(AggregationTemporality temporality) {
    return temporality == AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA;
  }

  private static void metricFacts(
      Map<String, Object> facts, Metric metric, Type type, boolean delta, boolean monotonic) {
    facts.put("name", text(metric.getName()));
    facts.put("unit", text(metric.getUnit()));
    facts.put("type", type);
    facts.put("temporality", delta ? Temporality.DELTA : Temporality.CUMULATIVE);
    facts.put("monotonic", monotonic);
  }

  private static void times(Map<String, Object> facts, long start, long time) {
    facts.put("start", start);
    facts.put("time", time);
  }

  private static void value(Map<String, Object> facts, double value, long count) {
    facts.put("value", value);
    facts.put("count", count);
  }

  private Map<String, Object> facts(
      Resource resource, InstrumentationScope scope, List<KeyValue> attributes, int content) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("resource", attributes(resource.getAttributesList(), 0));
    facts.put("scope", text(scope.getName()));
    facts.put("scopeVersion", text(scope.getVersion()));
    facts.put("attributes", attributes(attributes, content));
    records.add(facts);
    return facts;
  }

  private Map<String, Object> attributes(List<KeyValue> attributes, int elsewhere) {
    Map<Attribute, Value> values = new LinkedHashMap<>();
    int dropped = elsewhere;
    int droppedContent = elsewhere;
    for (KeyValue pair : attributes) {
      Attribute name = BY_NAME.get(pair.getKey());
      Optional<Value> value = value(name, pair.getValue());
      if (name == null || name.treatment() == Treatment.DROP) {
        dropped++;
      } else if (name.treatment() == Treatment.CONTENT && !capture) {
        boolean content = !isEmpty(pair.getValue()) && !isMask(pair.getValue());
        dropped += content ? 1 : 0;
        droppedContent += content ? 1 : 0;
      } else if (value.isPresent()) {
        values.put(name, value.get());
      } else {
        values.remove(name);
      }
    }
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("values", values);
    all.put("dropped", dropped);
    all.put("droppedContent", droppedContent);
    return all;
  }

  /** What clients send while they are told to send no content. */
  private static boolean isMask(AnyValue value) {
    return List.of("<REDACTED>", "[REDACTED]").contains(value.getStringValue());
  }

  private static boolean isEmpty(AnyValue value) {
    return switch (value.getValueCase()) {
      case STRING_VALUE -> value.getStringValue().isEmpty();
      case ARRAY_VALUE -> value.getArrayValue().getValuesCount() == 0;
      case KVLIST_VALUE -> value.getKvlistValue().getValuesCount() == 0;
      case BYTES_VALUE -> value.getBytesValue().isEmpty();
      case BOOL_VALUE, INT_VALUE, DOUBLE_VALUE -> false;
      default -> true;
    };
  }

  private static Optional<Value> value(Attribute name, AnyValue value) {
    if (isEmpty(value) || name == null) {
      return Optional.empty();
    }
    boolean content = name.treatment() == Treatment.CONTENT;
    return switch (value.getValueCase()) {
      case STRING_VALUE -> {
        String text = content ? content(value) : text(value.getStringValue());
        yield Optional.of(
            new Value(text, number(text), decimal(text), text.equals("true"), List.of()));
      }
      case BOOL_VALUE ->
          Optional.of(
              new Value(
                  Boolean.toString(value.getBoolValue()),
                  Views.NO_NUMBER,
                  Views.NO_NUMBER,
                  value.getBoolValue(),
                  List.of()));
      case INT_VALUE -> {
        long number = value.getIntValue();
        yield Optional.of(
            new Value(Long.toString(number), number, (double) number, false, List.of()));
      }
      case DOUBLE_VALUE -> {
        double real = value.getDoubleValue();
        boolean whole = real == Math.rint(real) && Math.abs(real) < 1e15;
        yield Optional.of(
            new Value(
                whole ? Long.toString((long) real) : Double.toString(real),
                whole ? (long) real : Views.NO_NUMBER,
                Double.isNaN(real) ? Views.NO_NUMBER : real,
                false,
                List.of()));
      }
      case ARRAY_VALUE -> {
        List<String> texts =
            value.getArrayValue().getValuesList().stream()
                .filter(AnyValue::hasStringValue)
                .map(AnyValue::getStringValue)
                .filter(text -> !text.isEmpty())
                .map(Expected::text)
                .toList();
        yield Optional.of(
            new Value(written(value), Views.NO_NUMBER, Views.NO_NUMBER, false, texts));
      }
      case KVLIST_VALUE ->
          Optional.of(
              new Value(written(value), Views.NO_NUMBER, Views.NO_NUMBER, false, List.of()));
      default -> Optional.empty();
    };
  }

  private static long number(String text) {
    return text.matches("-?\\d{1,18}") ? Long.parseLong(text) : Views.NO_NUMBER;
  }

  private static double decimal(String text) {
    return text.matches("-?\\d+(\\.\\d+)?") ? Double.parseDouble(text) : Views.NO_NUMBER;
  }

  /** As JSON. */
  static String written(AnyValue value) {
    return switch (value.getValueCase()) {
      case STRING_VALUE -> quoted(value.getStringValue());
      case BOOL_VALUE -> Boolean.toString(value.getBoolValue());
      case INT_VALUE -> Long.toString(value.getIntValue());
      case DOUBLE_VALUE -> Double.toString(value.getDoubleValue()).replaceFirst("\\.0$", "");
      case ARRAY_VALUE ->
          value.getArrayValue().getValuesList().stream()
              .map(Expected::written)
              .collect(Collectors.joining(",", "[", "]"));
      case KVLIST_VALUE ->
          value.getKvlistValue().getValuesList().stream()
              .map(pair -> quoted(pair.getKey()) + ":" + written(pair.getValue()))
              .collect(Collectors.joining(",", "{", "}"));
      default -> "null";
    };
  }

  private static String quoted(String text) {
    String escaped =
        text.replace("\\", "\\\\")
            .replace("\"", "\\\"")
            .replace("\n", "\\n")
            .replace("\r", "\\r")
            .replace("\t", "\\t");
    return '"' + escaped.replaceAll("[\\x00-\\x1f\\x7f-\\x9f]", "?") + '"';
  }

  static String text(String text) {
    String cut = text.length() > 1024 ? text.substring(0, 1024) : text;
    return cut.replaceAll("[\\x00-\\x1f\\x7f-\\x9f]", "?");
  }

  private static String content(AnyValue value) {
    return value.getStringValue().replaceAll("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f]", "?");
  }

  private static String word(String text) {
    return text.matches("[A-Za-z0-9_.:/-]{1,100}") ? text : "";
  }

  private static int content(String text) {
    return text.isEmpty() || !word(text).isEmpty() ? 0 : 1;
  }

  private static String hex(ByteString id) {
    return HexFormat.of().formatHex(id.toByteArray());
  }
}
