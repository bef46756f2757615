package dev.probity.testing;

import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Export requests as Claude Code writes them, and others that nobody should. */
public final class OtlpBodies {
  /** 2026-11-20T12:00:00Z, three hours before {@link FixedClock#START}. */
  public static final long NOW_MILLIS = 1_795_176_000_000L;

  private OtlpBodies() {}

  /** An answered model call. */
  public static LogRecord request(String session, String model, long input, KeyValue... more) {
    return event(
        "api_request",
        NOW_MILLIS,
        concat(
            more,
            text("session.id", session),
            text("model", model),
            number("input_tokens", input),
            number("output_tokens", 20)));
  }

  /** An event with its attributes; a time of 0 is left out. */
  public static LogRecord event(String name, long atMillis, KeyValue... attributes) {
    return LogRecord.newBuilder()
        .setTimeUnixNano(atMillis * 1_000_000)
        .setBody(AnyValue.newBuilder().setStringValue("claude_code." + name))
        .addAllAttributes(List.of(concat(attributes, text("event.name", name))))
        .build();
  }

  public static ExportLogsServiceRequest logs(LogRecord... records) {
    return logs("2.1.329", records);
  }

  public static ExportLogsServiceRequest logs(String version, LogRecord... records) {
    return ExportLogsServiceRequest.newBuilder()
        .addResourceLogs(
            ResourceLogs.newBuilder()
                .setResource(resource(version))
                .addScopeLogs(ScopeLogs.newBuilder().addAllLogRecords(List.of(records))))
        .build();
  }

  public static ExportMetricsServiceRequest tokens(
      String session, long value, AggregationTemporality temporality) {
    Sum sum =
        Sum.newBuilder()
            .setIsMonotonic(true)
            .setAggregationTemporality(temporality)
            .addDataPoints(
                NumberDataPoint.newBuilder()
                    .setStartTimeUnixNano((NOW_MILLIS - 60_000) * 1_000_000)
                    .setTimeUnixNano(NOW_MILLIS * 1_000_000)
                    .setAsDouble(value)
                    .addAttributes(text("session.id", session))
                    .addAttributes(text("type", "input"))
                    .addAttributes(text("model", "claude-opus-5-5")))
            .build();
    return ExportMetricsServiceRequest.newBuilder()
        .addResourceMetrics(
            ResourceMetrics.newBuilder()
                .setResource(resource("2.1.329"))
                .addScopeMetrics(
                    ScopeMetrics.newBuilder()
                        .addMetrics(
                            Metric.newBuilder()
                                .setName("claude_code.token.usage")
                                .setUnit("tokens")
                                .setSum(sum))))
        .build();
  }

  public static ExportTraceServiceRequest spans(String session) {
    return ExportTraceServiceRequest.newBuilder()
        .addResourceSpans(
            ResourceSpans.newBuilder()
                .setResource(resource("2.1.329"))
                .addScopeSpans(
                    ScopeSpans.newBuilder()
                        .addSpans(
                            Span.newBuilder()
                                .setName("claude_code.llm_request")
                                .setStartTimeUnixNano((NOW_MILLIS - 900) * 1_000_000)
                                .setEndTimeUnixNano(NOW_MILLIS * 1_000_000)
                                .addAttributes(text("span.type", "llm_request"))
                                .addAttributes(text("session.id", session))
                                .addAttributes(text("model", "claude-opus-5-5"))
                                .addAttributes(number("input_tokens", 7)))))
        .build();
  }

  private static Resource resource(String version) {
    return Resource.newBuilder()
        .addAttributes(text("service.name", "claude-code"))
        .addAttributes(text("service.version", version))
        .build();
  }

  public static KeyValue text(String name, String value) {
    return KeyValue.newBuilder()
        .setKey(name)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }

  public static KeyValue number(String name, long value) {
    return KeyValue.newBuilder()
        .setKey(name)
        .setValue(AnyValue.newBuilder().setIntValue(value))
        .build();
  }

  public static byte[] gzip(byte[] plain) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  private static KeyValue[] concat(KeyValue[] some, KeyValue... more) {
    KeyValue[] all = Arrays.copyOf(some, some.length + more.length);
    System.arraycopy(more, 0, all, some.length, more.length);
    return all;
  }
}
