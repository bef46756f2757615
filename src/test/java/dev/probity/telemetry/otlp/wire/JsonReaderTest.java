package dev.probity.telemetry.otlp.wire;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import dev.probity.telemetry.Signal;
import dev.probity.telemetry.otlp.Attribute;
import dev.probity.telemetry.otlp.OtlpFormatException;
import dev.probity.telemetry.otlp.wire.Views.Value;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class JsonReaderTest {
  private static final int EXPORTS = 300;
  private static final long SEED = 42;
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final Pattern IDS =
      Pattern.compile("\"(trace_?[iI]d|span_?[iI]d|parent_?[sS]pan_?[iI]d)\": *\"([^\"]*)\"");

  @ParameterizedTest
  @CsvSource({"false,false", "true,false", "false,true"})
  void views_sayWhatTheGeneratedClassesSay(boolean capture, boolean originalNames) {
    var exports = new RandomExports(3);
    var reader = new JsonReader(capture, SEED);
    int records = 0;
    for (int i = 0; i < EXPORTS; i++) {
      var logs = exports.logs();
      var spans = exports.spans();
      var metrics = exports.metrics();
      Views seen = Views.of(reader, Signal.LOG, json(logs, originalNames));
      seen.assertSameAs(Expected.logs(logs, capture));
      records += seen.records.size();
      Views.of(reader, Signal.SPAN, json(spans, originalNames))
          .assertSameAs(Expected.spans(spans, capture));
      Views.of(reader, Signal.METRIC, json(metrics, originalNames))
          .assertSameAs(Expected.points(metrics, capture));
    }
    assertThat(records).isGreaterThan(EXPORTS);
  }

  @Test
  void membersInAnyOrder_sayTheSame() {
    var exports = new RandomExports(4);
    var random = new Random(5);
    var reader = new JsonReader(false, SEED);
    for (int i = 0; i < EXPORTS; i++) {
      var metrics = exports.metrics();
      JsonNode shuffled = shuffled(MAPPER.readTree(json(metrics, false)), random);
      Views.of(reader, Signal.METRIC, MAPPER.writeValueAsBytes(shuffled))
          .assertSameAs(Expected.points(metrics, false));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "LOG,claude-code-logs",
    "LOG,claude-code-logs-everything-on",
    "LOG,codex-logs",
    "LOG,gemini-logs",
    "SPAN,claude-code-traces",
    "SPAN,gemini-traces",
    "METRIC,claude-code-metrics",
    "METRIC,gemini-metrics",
  })
  void captures_sayWhatTheGeneratedClassesSay(Signal signal, String name) throws Exception {
    byte[] body = Captures.read(name + ".json");
    var parser = JsonFormat.parser().ignoringUnknownFields();
    String json = idsInBase64(new String(body, UTF_8));
    for (boolean capture : new boolean[] {false, true}) {
      Views seen = Views.of(new JsonReader(capture, SEED), signal, body);
      assertThat(seen.records).hasSizeGreaterThan(4);
      switch (signal) {
        case LOG -> {
          var request = ExportLogsServiceRequest.newBuilder();
          parser.merge(json, request);
          seen.assertSameAs(Expected.logs(request.build(), capture));
        }
        case SPAN -> {
          var request = ExportTraceServiceRequest.newBuilder();
          parser.merge(json, request);
          seen.assertSameAs(Expected.spans(request.build(), capture));
        }
        case METRIC -> {
          var request = ExportMetricsServiceRequest.newBuilder();
          parser.merge(json, request);
          seen.assertSameAs(Expected.points(request.build(), capture));
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"LOG,claude-code-logs", "METRIC,claude-code-metrics"})
  void capturesOfEqualRuns_agreeInBothEncodings(Signal signal, String name) {
    Views protobuf = Views.of(new ProtobufReader(false, SEED), signal, Captures.read(name + ".pb"));
    Views json = Views.of(new JsonReader(false, SEED), signal, Captures.read(name + ".json"));
    assertThat(shape(json)).isNotEmpty().isEqualTo(shape(protobuf));
  }

  /** What is the same in two runs that did the same: names, attributes, and what is counted. */
  private static List<String> shape(Views views) {
    return views.records.stream()
        .map(record -> {
          var attributes = (Map<?, ?>) record.get("attributes");
          var resource = (Map<?, ?>) record.get("resource");
          return record.get("scope")
              + " "
              + record.getOrDefault("body", record.get("name"))
              + " "
              + ((Map<?, ?>) attributes.get("values")).keySet()
              + attributes.get("dropped")
              + ((Map<?, ?>) resource.get("values")).keySet()
              + resource.get("dropped");
        })
        .sorted()
        .toList();
  }

  @Test
  void sameText_hasTheSameFingerprints_otherContentOthers() {
    var reader = new JsonReader(false, SEED);
    byte[] body = Captures.read("gemini-logs.json");
    assertThat(Views.of(reader, Signal.LOG, body).fingerprints)
        .doesNotHaveDuplicates()
        .isEqualTo(Views.of(new JsonReader(false, SEED), Signal.LOG, body).fingerprints)
        .doesNotContainAnyElementsOf(
            Views.of(new JsonReader(false, 1), Signal.LOG, body).fingerprints);

    List<Long> fingerprints =
        List.of("one", "two").stream()
            .flatMap(text ->
                List.of("prompt", "unknown", "model").stream()
                    .map(name ->
                        Views.of(reader, Signal.LOG, log(attribute(name, text)))
                            .fingerprints
                            .getFirst()))
            .toList();
    assertThat(fingerprints).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"intValue\":12} | 12 | 12 | 12",
        "{\"intValue\":\"12\"} | 12 | 12 | 12",
        "{\"int_value\":12.0} | 12 | 12 | 12",
        "{\"intValue\":-9223372036854775808}"
            + " | -9223372036854775808 | -9223372036854775808 | -9.223372036854775808E18",
        "{\"doubleValue\":3} | 3 | 3 | 3",
        "{\"doubleValue\":\"0.5\"} | 0.5 | -77 | 0.5",
        "{\"doubleValue\":\"NaN\"} | NaN | -77 | -77",
        "{\"doubleValue\":\"Infinity\"} | Infinity | -77 | Infinity",
        "{\"doubleValue\":\"-Infinity\"} | -Infinity | -77 | -Infinity",
        "{\"doubleValue\":1e300} | 1.0E300 | -77 | 1.0E300",
        "{\"stringValue\":\"0.25\",\"unknown\":{\"a\":[1,{}]}} | 0.25 | -77 | 0.25",
        "{\"stringValue\":\"12.0\"} | 12.0 | 12 | 12",
        "{\"stringValue\":\"1d\"} | 1d | -77 | -77",
        "{\"stringValue\":\"9223372036854775807\"}"
            + " | 9223372036854775807 | 9223372036854775807 | 9.223372036854775807E18",
      })
  void numbers_areReadFromWhateverTheyAreWrittenAs(
      String value, String text, long number, double decimal) {
    byte[] body = log("{\"key\":\"model\",\"value\":" + value + "}");
    Views views = Views.of(new JsonReader(false, SEED), Signal.LOG, body);
    assertThat(values(views))
        .isEqualTo(Map.of(Attribute.MODEL, new Value(text, number, decimal, false, List.of())));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"key\":\"model\",\"value\":{}}",
        "{\"key\":\"model\",\"value\":null}",
        "{\"key\":\"model\"}",
        "{\"key\":\"model\",\"value\":{\"stringValue\":\"\"}}",
        "{\"key\":\"model\",\"value\":{\"stringValue\":null}}",
        "{\"key\":\"model\",\"value\":{\"arrayValue\":{}}}",
        "{\"key\":\"model\",\"value\":{\"arrayValue\":{\"values\":[]}}}",
        "{\"key\":\"prompt\",\"value\":{}}",
        "{\"key\":\"prompt\",\"value\":{\"stringValue\":\"\"}}",
        "null"
      })
  void valuesThatAreNone_areAbsent(String attribute) {
    Views views = Views.of(new JsonReader(false, SEED), Signal.LOG, log(attribute));
    assertThat(values(views)).isEqualTo(Map.of());
    assertThat(((Map<?, ?>) views.records.getFirst().get("attributes")).get("dropped"))
        .isEqualTo(0);
  }

  @Test
  void enumsTimesAndIds_areReadFromNumbersAndNames() {
    String[] logs = {
      "\"severityNumber\":9,\"timeUnixNano\":1795205751196000000,\"traceId\":\"0AFF\"",
      "\"severityNumber\":\"9\",\"timeUnixNano\":\"1795205751196000000\",\"traceId\":\"0aff\"",
      "\"severity_number\":\"SEVERITY_NUMBER_INFO\",\"time_unix_nano\":1.795205751196e18,"
          + "\"trace_id\":\"0aFf\""
    };
    for (String log : logs) {
      Views views = Views.of(new JsonReader(false, SEED), Signal.LOG, record(log));
      assertThat(views.records.getFirst())
          .containsEntry("severity", 9)
          .containsEntry("time", 1_795_205_751_196_000_000L)
          .containsEntry("trace", "0aff");
    }
    Views odd =
        Views.of(
            new JsonReader(false, SEED),
            Signal.LOG,
            record(
                "\"severityNumber\":\"SHOUTING\",\"traceId\":\"abc\",\"spanId\":\"zz\","
                    + "\"timeUnixNano\":18446744073709551615"));
    assertThat(odd.records.getFirst())
        .containsEntry("severity", 0)
        .containsEntry("trace", "")
        .containsEntry("span", "")
        .containsEntry("time", -1L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "[]",
        "1",
        "\"a\"",
        "{",
        "{\"resourceLogs\":[}",
        "{\"resourceLogs\":[{}]} x",
        "{} {}",
        "{\"resourceLogs\":5}",
        "{\"resourceLogs\":[[]]}",
        "{\"resourceLogs\":[{\"resource\":[1]}]}",
        "{\"resourceLogs\":[{\"resource\":{\"attributes\":[\"secret\"]}}]}",
        "{\"resourceLogs\":[{\"resource\":{\"attributes\":[{\"key\":7}]}}]}",
        "{\"resourceLogs\":[{\"resource\":{\"attributes\":[{\"key\":\"model\",\"value\":"
            + "{\"intValue\":\"secret\"}}]}}]}",
        "{\"resourceLogs\":[{\"resource\":{\"attributes\":[{\"key\":\"model\",\"value\":"
            + "{\"intValue\":1.5}}]}}]}",
        "{\"resourceLogs\":[{\"resource\":{\"attributes\":[{\"key\":\"model\",\"value\":"
            + "{\"doubleValue\":1e999999999999999999999999}}]}}]}"
            + "x",
        "{\"resourceLogs\":[{\"resource\":{\"attributes\":[{\"key\":\"model\",\"value\":"
            + "{\"intValue\":99999999999999999999}}]}}]}",
        "{\"resourceLogs\":[{\"resource\":{\"attributes\":[{\"key\":\"model\",\"value\":"
            + "{\"bytesValue\":\"secret!\"}}]}}]}",
        "{\"resourceLogs\":[{\"resource\":{\"attributes\":[{\"key\":\"model\",\"value\":"
            + "{\"stringValue\":\"secret\\u12\"}}]}}]}",
        "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"timeUnixNano\":{}}]}]}]}",
        "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"eventName\":5}]}]}]}"
      })
  void whatIsNoRequest_isRefusedWithoutRepeatingIt(String body) {
    assertThatThrownBy(
            () -> Views.of(new JsonReader(false, SEED), Signal.LOG, body.getBytes(UTF_8)))
        .isInstanceOf(OtlpFormatException.class)
        .hasNoCause()
        .message()
        .contains(" at byte ")
        .doesNotContain("secret");
  }

  @Test
  void otherCharacterSets_areRefused() {
    assertThatThrownBy(
            () -> Views.of(new JsonReader(false, SEED), Signal.LOG, "{}".getBytes(UTF_16LE)))
        .isInstanceOf(OtlpFormatException.class);
  }

  @Test
  void valuesNestedTooDeep_areRefused() {
    String deep = "{\"arrayValue\":{\"values\":[".repeat(5000) + "]}}".repeat(5000);
    for (String name : List.of("model", "prompt", "unknown")) {
      byte[] body = log("{\"key\":\"" + name + "\",\"value\":" + deep + "}");
      assertThatThrownBy(() -> Views.of(new JsonReader(false, SEED), Signal.LOG, body))
          .isInstanceOf(OtlpFormatException.class);
    }
  }

  private static byte[] json(Message request, boolean originalNames) {
    try {
      var printer = JsonFormat.printer();
      String json = (originalNames ? printer.preservingProtoFieldNames() : printer).print(request);
      return IDS.matcher(json)
          .replaceAll(id ->
              "\""
                  + id.group(1)
                  + "\": \""
                  + HexFormat.of().formatHex(Base64.getDecoder().decode(id.group(2)))
                  + "\"")
          .getBytes(UTF_8);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  private static String idsInBase64(String json) {
    return IDS.matcher(json)
        .replaceAll(id ->
            "\""
                + id.group(1)
                + "\": \""
                + Base64.getEncoder().encodeToString(HexFormat.of().parseHex(id.group(2)))
                + "\"");
  }

  private static JsonNode shuffled(JsonNode node, Random random) {
    return switch (node) {
      case ObjectNode object -> {
        var names = new java.util.ArrayList<>(object.propertyNames());
        java.util.Collections.shuffle(names, random);
        ObjectNode result = MAPPER.createObjectNode();
        names.forEach(name -> result.set(name, shuffled(object.get(name), random)));
        yield result;
      }
      case ArrayNode array -> {
        ArrayNode result = MAPPER.createArrayNode();
        array.forEach(element -> result.add(shuffled(element, random)));
        yield result;
      }
      default -> node;
    };
  }

  private static Object values(Views views) {
    return ((Map<?, ?>) views.records.getFirst().get("attributes")).get("values");
  }

  private static String attribute(String name, String text) {
    return "{\"key\":\"" + name + "\",\"value\":{\"stringValue\":\"" + text + "\"}}";
  }

  private static byte[] log(String attribute) {
    return record("\"attributes\":[" + attribute + "]");
  }

  private static byte[] record(String members) {
    return ("{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{" + members + "}]}]}]}")
        .getBytes(UTF_8);
  }
}
