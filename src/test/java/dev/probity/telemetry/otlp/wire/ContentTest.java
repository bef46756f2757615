package dev.probity.telemetry.otlp.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.probity.telemetry.Signal;
import dev.probity.telemetry.otlp.Attribute;
import dev.probity.telemetry.otlp.OtlpReader;
import dev.probity.telemetry.otlp.Treatment;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Nothing that is content, or not on the list, can be seen through a view. */
class ContentTest {
  private static final long SEED = 42;
  private static final String CANARY = "canary 7f3a, with a blank";
  private static final AnyValue TEXT = AnyValue.newBuilder().setStringValue(CANARY).build();
  private static final AnyValue LIST =
      AnyValue.newBuilder().setArrayValue(ArrayValue.newBuilder().addValues(TEXT)).build();
  private static final AnyValue MAP =
      AnyValue.newBuilder()
          .setKvlistValue(KeyValueList.newBuilder().addValues(pair("k", TEXT)))
          .build();
  private static final AnyValue BYTES =
      AnyValue.newBuilder().setBytesValue(TEXT.getStringValueBytes()).build();
  private static final List<AnyValue> FORMS = List.of(TEXT, LIST, MAP, BYTES);

  @Test
  void contentAndWhatIsNotListed_isOnlyCounted() {
    List<KeyValue> unreadable =
        Stream.concat(names(Treatment.CONTENT, Treatment.DROP), Stream.of("canary", "unknown.name"))
            .flatMap(name -> FORMS.stream().map(form -> pair(name, form)))
            .toList();
    long content = names(Treatment.CONTENT).count() * FORMS.size();
    for (AnyValue body : FORMS) {
      byte[] request = request(unreadable, body, CANARY);
      for (byte[] encoded : List.of(request, json(request))) {
        Views views = Views.of(reader(encoded, request, false), Signal.LOG, encoded);
        assertThat(views.records.toString()).doesNotContain("canary", "7f3a");
        assertThat((Map<?, ?>) views.records.getFirst().get("attributes"))
            .hasToString(counts(unreadable.size() + 2, (int) content + 2));
        assertThat((Map<?, ?>) views.records.getFirst().get("resource"))
            .hasToString(counts(unreadable.size(), (int) content));
      }
    }
  }

  @Test
  void capturedContent_isReadableInEveryForm_andNothingElseIs() {
    List<KeyValue> attributes =
        List.of(
            pair("prompt", TEXT),
            pair("response", LIST),
            pair("tool_input", MAP),
            pair("tool_parameters", BYTES),
            pair("process.owner", TEXT),
            pair("unknown", TEXT));
    byte[] request = request(attributes, TEXT, CANARY);
    for (byte[] encoded : List.of(request, json(request))) {
      Views views = Views.of(reader(encoded, request, true), Signal.LOG, encoded);
      String seen = ((Map<?, ?>) views.records.getFirst().get("attributes")).toString();
      assertThat(seen)
          .contains("PROMPT=Value[text=" + CANARY)
          .contains("RESPONSE=Value[text=[\"" + CANARY + "\"]")
          .contains("TOOL_INPUT=Value[text={\"k\":\"" + CANARY + "\"}")
          .doesNotContain("TOOL_PARAMETERS", "PROCESS_OWNER")
          .contains("dropped=4");
    }
  }

  @Test
  void capturedContent_keepsItsLinesAndIsCutAtItsBound() {
    String text = "line one\n\tline two\r\n" + "é".repeat(100_000);
    byte[] request =
        request(
            List.of(pair("prompt", AnyValue.newBuilder().setStringValue(text).build())), TEXT, "");
    Views views = Views.of(new ProtobufReader(true, SEED), Signal.LOG, request);
    var values = (Map<?, ?>) ((Map<?, ?>) views.records.getFirst().get("attributes")).get("values");
    String prompt = ((Views.Value) values.get(Attribute.PROMPT)).text();
    assertThat(text).startsWith(prompt);
    assertThat(prompt.getBytes(UTF_8).length).isBetween(64 * 1024 - 1, 64 * 1024);
  }

  private static String counts(int dropped, int content) {
    return "{values={}, dropped=" + dropped + ", droppedContent=" + content + "}";
  }

  private static Stream<String> names(Treatment... treatments) {
    return Arrays.stream(Attribute.values())
        .filter(attribute -> List.of(treatments).contains(attribute.treatment()))
        .map(Attribute::wireName);
  }

  private static OtlpReader reader(byte[] encoded, byte[] protobuf, boolean capture) {
    return encoded == protobuf ? new ProtobufReader(capture, SEED) : new JsonReader(capture, SEED);
  }

  private static byte[] request(List<KeyValue> attributes, AnyValue body, String eventName) {
    return ExportLogsServiceRequest.newBuilder()
        .addResourceLogs(
            ResourceLogs.newBuilder()
                .setResource(Resource.newBuilder().addAllAttributes(attributes))
                .addScopeLogs(
                    ScopeLogs.newBuilder()
                        .setScope(InstrumentationScope.newBuilder().addAllAttributes(attributes))
                        .addLogRecords(
                            LogRecord.newBuilder()
                                .addAllAttributes(attributes)
                                .setSeverityText(CANARY)
                                .setBody(body)
                                .setEventName(eventName))))
        .build()
        .toByteArray();
  }

  private static byte[] json(byte[] request) {
    try {
      return JsonFormat.printer()
          .print(ExportLogsServiceRequest.parseFrom(request))
          .getBytes(UTF_8);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  private static KeyValue pair(String key, AnyValue value) {
    return KeyValue.newBuilder().setKey(key).setValue(value).build();
  }
}
