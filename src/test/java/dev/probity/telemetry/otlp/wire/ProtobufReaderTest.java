package dev.probity.telemetry.otlp.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import dev.probity.telemetry.Signal;
import dev.probity.telemetry.otlp.Attribute;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
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
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProtobufReaderTest {
  private static final int EXPORTS = 300;
  private static final long SEED = 42;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void views_sayWhatTheGeneratedClassesSay(boolean capture) {
    var exports = new RandomExports(1);
    var reader = new ProtobufReader(capture, SEED);
    int records = 0;
    for (int i = 0; i < EXPORTS; i++) {
      var logs = exports.logs();
      var spans = exports.spans();
      var metrics = exports.metrics();
      Views seen = Views.of(reader, Signal.LOG, logs.toByteArray());
      seen.assertSameAs(Expected.logs(logs, capture));
      records += seen.records.size();
      Views.of(reader, Signal.SPAN, spans.toByteArray())
          .assertSameAs(Expected.spans(spans, capture));
      Views.of(reader, Signal.METRIC, metrics.toByteArray())
          .assertSameAs(Expected.points(metrics, capture));
    }
    assertThat(records).isGreaterThan(EXPORTS);
  }

  @Test
  void captures_sayWhatTheGeneratedClassesSay() throws Exception {
    byte[] logs = Captures.read("claude-code-logs.pb");
    byte[] spans = Captures.read("claude-code-traces.pb");
    byte[] metrics = Captures.read("claude-code-metrics.pb");
    for (boolean capture : new boolean[] {false, true}) {
      var reader = new ProtobufReader(capture, SEED);
      Views.of(reader, Signal.LOG, logs)
          .assertSameAs(Expected.logs(ExportLogsServiceRequest.parseFrom(logs), capture));
      Views.of(reader, Signal.SPAN, spans)
          .assertSameAs(Expected.spans(ExportTraceServiceRequest.parseFrom(spans), capture));
      Views.of(reader, Signal.METRIC, metrics)
          .assertSameAs(Expected.points(ExportMetricsServiceRequest.parseFrom(metrics), capture));
    }
  }

  @Test
  void requestWithinOtherBytes_readsTheSame() {
    byte[] body = new RandomExports(2).logs().toByteArray();
    byte[] surrounded = new byte[body.length + 20];
    Arrays.fill(surrounded, (byte) 0xFF);
    System.arraycopy(body, 0, surrounded, 7, body.length);
    var reader = new ProtobufReader(false, SEED);
    var views = new Views();
    reader.read(Signal.LOG, surrounded, 7, body.length, views);
    assertThat(views.records).isEqualTo(Views.of(reader, Signal.LOG, body).records);
  }

  @Test
  void emptyRequest_hasNoRecords() {
    var reader = new ProtobufReader(false, SEED);
    for (Signal signal : Signal.values()) {
      assertThat(Views.of(reader, signal, new byte[0]).records).isEmpty();
    }
  }

  @Test
  void resourceAndScopeBehindTheirRecords_areTheirsAllTheSame() {
    ByteString log = message(2, LogRecord.newBuilder().setSeverityNumberValue(9).build());
    ByteString scope = message(1, InstrumentationScope.newBuilder().setName("late").build());
    ByteString resource =
        message(1, Resource.newBuilder().addAttributes(pair("service.name", "codex")).build());
    ByteString resourceLogs = field(2, log.concat(scope)).concat(resource);

    byte[] body = field(1, resourceLogs).toByteArray();

    Views views = Views.of(new ProtobufReader(false, SEED), Signal.LOG, body);
    assertThat(views.records).hasSize(1);
    assertThat(views.records.getFirst()).containsEntry("scope", "late");
    assertThat(views.records.getFirst().get("resource").toString()).contains("codex");
  }

  @Test
  void invalidUtf8_isReplaced() {
    ByteString invalid = ByteString.copyFrom(new byte[] {'a', (byte) 0xC3, (byte) 0xFF, 'b'});
    ByteString value = field(2, field(1, invalid));
    ByteString attribute = field(6, field(1, ByteString.copyFromUtf8("model")).concat(value));

    Views views = Views.of(new ProtobufReader(false, SEED), Signal.LOG, logsOf(attribute));

    assertThat(values(views)).hasToString(values("a\uFFFD\uFFFDb"));
  }

  @Test
  void lastOfDuplicates_counts() {
    LogRecord log =
        LogRecord.newBuilder()
            .addAttributes(pair("model", "first"))
            .addAttributes(pair("role", "main"))
            .addAttributes(pair("model", "second"))
            .addAttributes(KeyValue.newBuilder().setKey("role"))
            .build();

    Views views = Views.of(new ProtobufReader(false, SEED), Signal.LOG, logs(log));

    assertThat(values(views)).hasToString(values("second"));
  }

  @Test
  void sameBytes_haveTheSameFingerprint_otherBytesOrSeedAnother() {
    LogRecord log = LogRecord.newBuilder().addAttributes(pair("unknown", "a")).build();
    LogRecord other = LogRecord.newBuilder().addAttributes(pair("unknown", "b")).build();
    var reader = new ProtobufReader(false, SEED);
    long first = fingerprint(reader, logs(log));

    assertThat(fingerprint(reader, logs(log))).isEqualTo(first);
    assertThat(fingerprint(reader, logs(other))).isNotEqualTo(first);
    assertThat(fingerprint(new ProtobufReader(false, 1), logs(log))).isNotEqualTo(first);
    assertThat(fingerprint(reader, logs(log, pair("service.name", "a")))).isNotEqualTo(first);
    assertThat(fingerprint(reader, logs(log, pair("a", "1"), pair("b", "2"))))
        .isEqualTo(fingerprint(reader, logs(log, pair("b", "2"), pair("a", "1"))))
        .isNotEqualTo(fingerprint(reader, logs(log, pair("a", "2"), pair("b", "1"))));
  }

  @Test
  void fingerprintsOfManyRecords_areAllDifferent() {
    Set<Long> seen = new HashSet<>();
    var reader = new ProtobufReader(false, SEED);
    var scope = ScopeLogs.newBuilder();
    for (int i = 0; i < 20_000; i++) {
      scope.addLogRecords(LogRecord.newBuilder().setTimeUnixNano(i));
    }
    byte[] body =
        ExportLogsServiceRequest.newBuilder()
            .addResourceLogs(ResourceLogs.newBuilder().addScopeLogs(scope))
            .build()
            .toByteArray();
    seen.addAll(Views.of(reader, Signal.LOG, body).fingerprints);
    assertThat(seen).hasSize(20_000);
  }

  @Test
  void series_isTheSameWhateverTheOrderTimeAndValue() {
    NumberDataPoint point =
        NumberDataPoint.newBuilder()
            .addAttributes(pair("model", "m"))
            .addAttributes(pair("unknown", "u"))
            .build();
    NumberDataPoint later =
        NumberDataPoint.newBuilder()
            .addAttributes(pair("unknown", "u"))
            .addAttributes(pair("model", "m"))
            .setAsInt(7)
            .setTimeUnixNano(5)
            .build();
    NumberDataPoint other =
        NumberDataPoint.newBuilder()
            .addAttributes(pair("model", "m"))
            .addAttributes(pair("unknown", "v"))
            .build();
    NumberDataPoint swapped =
        NumberDataPoint.newBuilder()
            .addAttributes(pair("model", "u"))
            .addAttributes(pair("unknown", "m"))
            .build();

    List<Long> series = series("tokens", point, later, other, swapped);

    assertThat(series.get(0)).isEqualTo(series.get(1));
    assertThat(new HashSet<>(series)).hasSize(3);
    assertThat(series("cost", point)).doesNotContainAnyElementsOf(series);
  }

  private static List<Long> series(String metric, NumberDataPoint... points) {
    byte[] body =
        ExportMetricsServiceRequest.newBuilder()
            .addResourceMetrics(
                ResourceMetrics.newBuilder()
                    .addScopeMetrics(
                        ScopeMetrics.newBuilder()
                            .addMetrics(
                                Metric.newBuilder()
                                    .setName(metric)
                                    .setSum(
                                        Sum.newBuilder()
                                            .setAggregationTemporality(
                                                AggregationTemporality
                                                    .AGGREGATION_TEMPORALITY_DELTA)
                                            .addAllDataPoints(List.of(points))))))
            .build()
            .toByteArray();
    return Views.of(new ProtobufReader(false, SEED), Signal.METRIC, body).series;
  }

  private static long fingerprint(ProtobufReader reader, byte[] body) {
    return Views.of(reader, Signal.LOG, body).fingerprints.getFirst();
  }

  private static Object values(Views views) {
    return ((Map<?, ?>) views.records.getFirst().get("attributes")).get("values");
  }

  private static String values(String model) {
    return Map.of(
            Attribute.MODEL,
            new Views.Value(model, Views.NO_NUMBER, Views.NO_NUMBER, false, List.of()))
        .toString();
  }

  private static KeyValue pair(String key, String value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }

  private static byte[] logs(LogRecord log, KeyValue... resource) {
    return ExportLogsServiceRequest.newBuilder()
        .addResourceLogs(
            ResourceLogs.newBuilder()
                .setResource(Resource.newBuilder().addAllAttributes(List.of(resource)))
                .addScopeLogs(ScopeLogs.newBuilder().addLogRecords(log)))
        .build()
        .toByteArray();
  }

  private static byte[] logsOf(ByteString log) {
    return field(1, field(2, field(2, log))).toByteArray();
  }

  private static ByteString message(int number, MessageLite message) {
    return field(number, message.toByteString());
  }

  private static ByteString field(int number, ByteString value) {
    var out = new ProtobufOutput();
    out.bytes(number, value.toByteArray(), 0, value.size());
    return ByteString.copyFrom(out.toBytes());
  }
}
