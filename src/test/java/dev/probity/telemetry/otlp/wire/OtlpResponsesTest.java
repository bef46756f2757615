package dev.probity.telemetry.otlp.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.util.JsonFormat;
import dev.probity.telemetry.Signal;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsPartialSuccess;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class OtlpResponsesTest {
  @ParameterizedTest
  @EnumSource
  void wholeSuccess_saysNothing(Signal signal) {
    assertThat(OtlpResponses.success(signal, Encoding.PROTOBUF, 0, "")).isEmpty();
    assertThat(OtlpResponses.success(signal, Encoding.JSON, 0, "")).asString().isEqualTo("{}");
  }

  @ParameterizedTest
  @CsvSource({"0,why 敏捷 \"so\"", "3,''", "9000000000,too old"})
  void partialSuccess_isWhatTheGeneratedClassesRead(long rejected, String message)
      throws Exception {
    var logs =
        ExportLogsServiceResponse.newBuilder()
            .setPartialSuccess(
                ExportLogsPartialSuccess.newBuilder()
                    .setRejectedLogRecords(rejected)
                    .setErrorMessage(message))
            .build();
    var spans =
        ExportTraceServiceResponse.newBuilder()
            .setPartialSuccess(
                ExportTracePartialSuccess.newBuilder()
                    .setRejectedSpans(rejected)
                    .setErrorMessage(message))
            .build();
    var points =
        ExportMetricsServiceResponse.newBuilder()
            .setPartialSuccess(
                ExportMetricsPartialSuccess.newBuilder()
                    .setRejectedDataPoints(rejected)
                    .setErrorMessage(message))
            .build();

    assertThat(OtlpResponses.success(Signal.LOG, Encoding.PROTOBUF, rejected, message))
        .isEqualTo(logs.toByteArray());
    assertThat(OtlpResponses.success(Signal.SPAN, Encoding.PROTOBUF, rejected, message))
        .isEqualTo(spans.toByteArray());
    assertThat(OtlpResponses.success(Signal.METRIC, Encoding.PROTOBUF, rejected, message))
        .isEqualTo(points.toByteArray());

    var readLogs = ExportLogsServiceResponse.newBuilder();
    JsonFormat.parser().merge(json(Signal.LOG, rejected, message), readLogs);
    assertThat(readLogs.build()).isEqualTo(logs);
    var readSpans = ExportTraceServiceResponse.newBuilder();
    JsonFormat.parser().merge(json(Signal.SPAN, rejected, message), readSpans);
    assertThat(readSpans.build()).isEqualTo(spans);
    var readPoints = ExportMetricsServiceResponse.newBuilder();
    JsonFormat.parser().merge(json(Signal.METRIC, rejected, message), readPoints);
    assertThat(readPoints.build()).isEqualTo(points);
  }

  private static String json(Signal signal, long rejected, String message) {
    return new String(OtlpResponses.success(signal, Encoding.JSON, rejected, message), UTF_8);
  }

  @Test
  void status_hasCodeAndMessage() throws Exception {
    var fields =
        UnknownFieldSet.parseFrom(OtlpResponses.status(Encoding.PROTOBUF, 3, "no such thing"));
    assertThat(fields.getField(1).getVarintList()).containsExactly(3L);
    assertThat(fields.getField(2).getLengthDelimitedList())
        .extracting(bytes -> bytes.toStringUtf8())
        .containsExactly("no such thing");
    assertThat(OtlpResponses.status(Encoding.JSON, 16, "say \"who\""))
        .asString(UTF_8)
        .isEqualTo("{\"code\":16,\"message\":\"say \\\"who\\\"\"}");
  }

  @Test
  void statusWithRetry_saysWhenToTryAgain() throws Exception {
    var status = UnknownFieldSet.parseFrom(OtlpResponses.statusWithRetry(8, "later", 61_250));
    assertThat(status.getField(1).getVarintList()).containsExactly(8L);
    Any detail = Any.parseFrom(status.getField(3).getLengthDelimitedList().getFirst());
    assertThat(detail.getTypeUrl()).isEqualTo("type.googleapis.com/google.rpc.RetryInfo");
    var retry = UnknownFieldSet.parseFrom(detail.getValue());
    assertThat(Duration.parseFrom(retry.getField(1).getLengthDelimitedList().getFirst()))
        .isEqualTo(Duration.newBuilder().setSeconds(61).setNanos(250_000_000).build());
  }
}
