package dev.probity.telemetry.otlp.wire;

import com.google.protobuf.ByteString;
import dev.probity.telemetry.otlp.Attribute;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogram;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.metrics.v1.Summary;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Export requests of every shape that the definitions allow, by chance. */
final class RandomExports {
  private static final List<String> TEXTS =
      List.of(
          "",
          "claude_code.api_request",
          "chat",
          "two words",
          "12",
          "-345",
          "0.0125",
          "true",
          "false",
          "a\tb\nc\u0000d\u007f\u0085",
          "naïve 敏捷 🦊",
          "\"quoted\\\"",
          "x".repeat(99),
          "y".repeat(100),
          "z".repeat(101),
          "long ".repeat(300),
          "é".repeat(1500));

  private final Random random;

  RandomExports(long seed) {
    random = new Random(seed);
  }

  ExportLogsServiceRequest logs() {
    var request = ExportLogsServiceRequest.newBuilder();
    some(
            3,
            () -> {
              var resource = ResourceLogs.newBuilder();
              if (often()) {
                resource.setResource(resource());
              }
              some(
                      3,
                      () -> {
                        var scope =
                            ScopeLogs.newBuilder().setSchemaUrl("https://example.com/schema");
                        if (often()) {
                          scope.setScope(scope());
                        }
                        some(5, this::log).forEach(scope::addLogRecords);
                        return scope;
                      })
                  .forEach(resource::addScopeLogs);
              return resource;
            })
        .forEach(request::addResourceLogs);
    return request.build();
  }

  ExportTraceServiceRequest spans() {
    var request = ExportTraceServiceRequest.newBuilder();
    some(
            3,
            () -> {
              var resource = ResourceSpans.newBuilder();
              if (often()) {
                resource.setResource(resource());
              }
              some(
                      3,
                      () -> {
                        var scope = ScopeSpans.newBuilder();
                        if (often()) {
                          scope.setScope(scope());
                        }
                        some(5, this::span).forEach(scope::addSpans);
                        return scope;
                      })
                  .forEach(resource::addScopeSpans);
              return resource;
            })
        .forEach(request::addResourceSpans);
    return request.build();
  }

  ExportMetricsServiceRequest metrics() {
    var request = ExportMetricsServiceRequest.newBuilder();
    some(
            3,
            () -> {
              var resource = ResourceMetrics.newBuilder();
              if (often()) {
                resource.setResource(resource());
              }
              some(
                      3,
                      () -> {
                        var scope = ScopeMetrics.newBuilder();
                        if (often()) {
                          scope.setScope(scope());
                        }
                        some(5, this::metric).forEach(scope::addMetrics);
                        return scope;
                      })
                  .forEach(resource::addScopeMetrics);
              return resource;
            })
        .forEach(request::addResourceMetrics);
    return request.build();
  }

  private Resource.Builder resource() {
    return Resource.newBuilder().addAllAttributes(attributes()).setDroppedAttributesCount(3);
  }

  private InstrumentationScope.Builder scope() {
    return InstrumentationScope.newBuilder()
        .setName(text())
        .setVersion(text())
        .addAllAttributes(attributes());
  }

  private LogRecord log() {
    var log = LogRecord.newBuilder().addAllAttributes(attributes());
    if (often()) {
      log.setTimeUnixNano(random.nextLong())
          .setSeverityNumber(SeverityNumber.forNumber(random.nextInt(25)))
          .setSeverityText(text())
          .setBody(value(2))
          .setFlags(random.nextInt())
          .setTraceId(id(16))
          .setSpanId(id(8));
    }
    if (often()) {
      log.setObservedTimeUnixNano(1_795_205_751_196_000_000L).setEventName(text());
    }
    return log.build();
  }

  private Span span() {
    var span = Span.newBuilder().setName(text()).addAllAttributes(attributes());
    if (often()) {
      span.setTraceId(id(16))
          .setSpanId(id(8))
          .setParentSpanId(id(8))
          .setTraceState("a=b")
          .setKind(Span.SpanKind.SPAN_KIND_CLIENT)
          .setStartTimeUnixNano(random.nextLong())
          .setEndTimeUnixNano(random.nextLong())
          .setFlags(257)
          .addEvents(Span.Event.newBuilder().setName("e").addAllAttributes(attributes()))
          .addLinks(Span.Link.newBuilder().setTraceId(id(16)))
          .setStatus(
              Status.newBuilder()
                  .setMessage("why")
                  .setCode(Status.StatusCode.forNumber(random.nextInt(3))));
    }
    return span.build();
  }

  private Metric metric() {
    var metric = Metric.newBuilder().setName(text()).setUnit(text()).setDescription("what");
    AggregationTemporality temporality = AggregationTemporality.forNumber(random.nextInt(3));
    switch (random.nextInt(6)) {
      case 0 -> metric.setGauge(Gauge.newBuilder().addAllDataPoints(some(4, this::number)));
      case 1 ->
          metric.setSum(
              Sum.newBuilder()
                  .addAllDataPoints(some(4, this::number))
                  .setAggregationTemporality(temporality)
                  .setIsMonotonic(random.nextBoolean()));
      case 2 ->
          metric.setHistogram(
              Histogram.newBuilder()
                  .addAllDataPoints(some(4, this::histogram))
                  .setAggregationTemporality(temporality));
      case 3 ->
          metric.setExponentialHistogram(
              ExponentialHistogram.newBuilder()
                  .addAllDataPoints(some(4, this::exponential))
                  .setAggregationTemporality(temporality));
      case 4 -> metric.setSummary(Summary.newBuilder().addAllDataPoints(some(4, this::summary)));
      default -> {}
    }
    return metric.build();
  }

  private NumberDataPoint number() {
    var point =
        NumberDataPoint.newBuilder()
            .addAllAttributes(attributes())
            .setStartTimeUnixNano(random.nextLong())
            .setTimeUnixNano(random.nextLong())
            .setFlags(random.nextInt(8) == 0 ? 1 : 0);
    switch (random.nextInt(3)) {
      case 0 -> point.setAsInt(random.nextLong());
      case 1 -> point.setAsDouble(real());
      default -> {}
    }
    return point.build();
  }

  private HistogramDataPoint histogram() {
    var point =
        HistogramDataPoint.newBuilder()
            .addAllAttributes(attributes())
            .setStartTimeUnixNano(random.nextLong())
            .setTimeUnixNano(random.nextLong())
            .setCount(random.nextInt(100))
            .addAllBucketCounts(List.of(1L, 2L, 3L))
            .addAllExplicitBounds(List.of(0.5, 1.5))
            .setMin(1)
            .setMax(2);
    return (often() ? point.setSum(real()) : point).build();
  }

  private ExponentialHistogramDataPoint exponential() {
    return ExponentialHistogramDataPoint.newBuilder()
        .addAllAttributes(attributes())
        .setTimeUnixNano(random.nextLong())
        .setCount(random.nextInt(100))
        .setSum(real())
        .setScale(-3)
        .setZeroCount(4)
        .setPositive(
            ExponentialHistogramDataPoint.Buckets.newBuilder().setOffset(-1).addBucketCounts(300))
        .build();
  }

  private SummaryDataPoint summary() {
    return SummaryDataPoint.newBuilder()
        .addAllAttributes(attributes())
        .setTimeUnixNano(random.nextLong())
        .setCount(random.nextInt(100))
        .setSum(real())
        .addQuantileValues(
            SummaryDataPoint.ValueAtQuantile.newBuilder().setQuantile(0.5).setValue(3))
        .build();
  }

  private List<KeyValue> attributes() {
    return some(12, () -> KeyValue.newBuilder().setKey(name()).setValue(value(3)).build());
  }

  private String name() {
    Attribute[] all = Attribute.values();
    return switch (random.nextInt(8)) {
      case 0 -> "unknown." + random.nextInt(100);
      case 1 -> all[random.nextInt(all.length)].wireName() + "x";
      case 2 -> "";
      default -> all[random.nextInt(all.length)].wireName();
    };
  }

  private AnyValue value(int depth) {
    var value = AnyValue.newBuilder();
    return switch (random.nextInt(depth > 0 ? 12 : 8)) {
      case 0 -> value.setBoolValue(random.nextBoolean()).build();
      case 1 -> value.setIntValue(random.nextLong() >> random.nextInt(64)).build();
      case 2 -> value.setDoubleValue(real()).build();
      case 3 -> value.build();
      case 8 -> value.setBytesValue(id(5)).build();
      case 9, 10 ->
          value
              .setArrayValue(ArrayValue.newBuilder().addAllValues(some(3, () -> nested(depth - 1))))
              .build();
      case 11 ->
          value
              .setKvlistValue(
                  KeyValueList.newBuilder()
                      .addAllValues(
                          some(
                              3,
                              () ->
                                  KeyValue.newBuilder()
                                      .setKey("k" + random.nextInt(9))
                                      .setValue(nested(depth - 1))
                                      .build())))
              .build();
      default -> value.setStringValue(text()).build();
    };
  }

  /** Without the long texts, so that the whole is not cut. */
  private AnyValue nested(int depth) {
    AnyValue value = value(depth);
    return value.getSerializedSize() > 150 || value.hasBytesValue()
        ? AnyValue.newBuilder().setStringValue("short").build()
        : value;
  }

  private String text() {
    return TEXTS.get(random.nextInt(TEXTS.size()));
  }

  private double real() {
    return switch (random.nextInt(6)) {
      case 0 -> Double.NaN;
      case 1 -> Double.POSITIVE_INFINITY;
      case 2 -> random.nextInt(1_000_000);
      case 3 -> -random.nextInt(1_000_000) / 1000.0;
      default -> random.nextDouble();
    };
  }

  private ByteString id(int length) {
    byte[] bytes = new byte[random.nextInt(4) == 0 ? 0 : length];
    random.nextBytes(bytes);
    return ByteString.copyFrom(bytes);
  }

  private boolean often() {
    return random.nextInt(4) != 0;
  }

  private <T> List<T> some(int most, Supplier<T> one) {
    return Stream.generate(one).limit(random.nextInt(most + 1)).toList();
  }
}
