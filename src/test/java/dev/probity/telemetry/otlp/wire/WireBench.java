package dev.probity.telemetry.otlp.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import com.sun.management.ThreadMXBean;
import dev.probity.telemetry.Signal;
import dev.probity.telemetry.otlp.Attribute;
import dev.probity.telemetry.otlp.LogRecord;
import dev.probity.telemetry.otlp.MetricPoint;
import dev.probity.telemetry.otlp.OtlpReader;
import dev.probity.telemetry.otlp.RecordHandler;
import dev.probity.telemetry.otlp.Span;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.resource.v1.Resource;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * How much CPU reading a record takes; run by hand: {@code java -cp
 * target/test-classes:target/classes:... dev.probity.telemetry.otlp.wire.WireBench [part of a
 * name]}. Prints the best and the median of several rounds and the bytes allocated per record, of
 * batches as Claude Code sends them: 22 attributes a record, of which 15 are asked for.
 */
final class WireBench implements RecordHandler {
  private static final int ROUNDS = 15;
  private static final long ROUND_NANOS = 200_000_000;
  private static final List<Attribute> TEXTS =
      List.of(
          Attribute.USER_ID,
          Attribute.SESSION_ID,
          Attribute.TERMINAL_TYPE,
          Attribute.EVENT_NAME,
          Attribute.EVENT_TIMESTAMP,
          Attribute.PROMPT_ID,
          Attribute.MODEL,
          Attribute.REQUEST_ID,
          Attribute.SPEED);
  private static final List<Attribute> NUMBERS =
      List.of(
          Attribute.INPUT_TOKENS,
          Attribute.OUTPUT_TOKENS,
          Attribute.CACHE_READ_TOKENS,
          Attribute.CACHE_CREATION_TOKENS,
          Attribute.DURATION_MS);

  private long sink;

  private WireBench() {}

  public static void main(String[] args) throws InvalidProtocolBufferException {
    String only = args.length > 0 ? args[0] : "";
    for (int records : new int[] {20, 500}) {
      ExportLogsServiceRequest request = batch(records);
      byte[] protobuf = request.toByteArray();
      byte[] json =
          JsonFormat.printer().omittingInsignificantWhitespace().print(request).getBytes(UTF_8);
      measure(only, "protobuf, " + records, new ProtobufReader(false, 1), protobuf, records);
      measure(only, "json, " + records, new JsonReader(false, 1), json, records);
    }
  }

  private static ExportLogsServiceRequest batch(int records) {
    var random = new Random(1);
    var scope =
        ScopeLogs.newBuilder()
            .setScope(
                InstrumentationScope.newBuilder()
                    .setName("com.anthropic.claude_code.events")
                    .setVersion("2.1.329"));
    for (int i = 0; i < records; i++) {
      long nanos = 1_795_205_751_196_000_000L + i * 1_000_000L;
      scope.addLogRecords(
          io.opentelemetry.proto.logs.v1.LogRecord.newBuilder()
              .setTimeUnixNano(nanos)
              .setObservedTimeUnixNano(nanos)
              .setBody(AnyValue.newBuilder().setStringValue("claude_code.api_request"))
              .addAllAttributes(attributes(random, i)));
    }
    return ExportLogsServiceRequest.newBuilder()
        .addResourceLogs(
            ResourceLogs.newBuilder()
                .setResource(
                    Resource.newBuilder()
                        .addAttributes(text("host.arch", "amd64"))
                        .addAttributes(text("os.type", "linux"))
                        .addAttributes(text("os.version", "6.18.44"))
                        .addAttributes(text("service.name", "claude-code"))
                        .addAttributes(text("service.version", "2.1.329")))
                .addScopeLogs(scope))
        .build();
  }

  private static List<KeyValue> attributes(Random random, int i) {
    String id = String.format(Locale.ROOT, "req_%024d", random.nextInt(1 << 30));
    return List.of(
        text("user.id", "132ad9be157ff97cccdcb05f931322cef4e0e30f2ea7314ae95bc0ac79ebdb2d"),
        text("session.id", "fa99ec3d-33ce-47d5-a2bc-a753e55d48bd"),
        text("anthropic.provider", "firstParty"),
        number("anthropic.custom_base_url", 1),
        text("terminal.type", "vscode"),
        text("event.name", "api_request"),
        text("event.timestamp", "2026-11-20T20:15:" + i % 60 + "." + random.nextInt(1000) + "Z"),
        number("event.sequence", i),
        text("prompt.id", "d2bb5a31-9f41-4b77-9e3c-" + String.format("%012d", i / 20)),
        text("model", "claude-opus-4-8"),
        number("input_tokens", random.nextInt(5000)),
        number("output_tokens", random.nextInt(5000)),
        number("cache_read_tokens", random.nextInt(100_000)),
        number("cache_creation_tokens", random.nextInt(5000)),
        KeyValue.newBuilder()
            .setKey("cost_usd")
            .setValue(AnyValue.newBuilder().setDoubleValue(random.nextDouble()))
            .build(),
        number("duration_ms", random.nextInt(30_000)),
        text("request_id", id),
        text("client_request_id", id),
        text("speed", "normal"),
        text("query_source", "repl_main_thread"),
        text("effort", "high"),
        text("ttft_ms", "1200"));
  }

  private static KeyValue text(String name, String value) {
    return KeyValue.newBuilder()
        .setKey(name)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }

  private static KeyValue number(String name, long value) {
    return KeyValue.newBuilder()
        .setKey(name)
        .setValue(AnyValue.newBuilder().setIntValue(value))
        .build();
  }

  @Override
  public void log(LogRecord log) {
    var attributes = log.attributes();
    sink += log.fingerprint() + log.timeNanos() + log.bodyWord().length();
    sink += log.resource().attributes().text(Attribute.SERVICE_NAME).length();
    for (Attribute name : TEXTS) {
      sink += attributes.text(name).length();
    }
    for (Attribute name : NUMBERS) {
      sink += attributes.number(name, 0);
    }
    sink += (long) attributes.decimal(Attribute.COST_USD, 0);
  }

  @Override
  public void span(Span span) {
    sink += span.fingerprint();
  }

  @Override
  public void point(MetricPoint point) {
    sink += point.fingerprint();
  }

  private static void measure(
      String only, String name, OtlpReader reader, byte[] body, int records) {
    if (!name.contains(only)) {
      return;
    }
    var handler = new WireBench();
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    double[] each = new double[ROUNDS];
    long allocated = 0;
    for (int round = 0; round < ROUNDS; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      long start = threads.getCurrentThreadCpuTime();
      long read = 0;
      while (threads.getCurrentThreadCpuTime() - start < ROUND_NANOS) {
        for (int i = 0; i < 20; i++) {
          read += reader.read(Signal.LOG, body, 0, body.length, handler);
        }
      }
      each[round] = (double) (threads.getCurrentThreadCpuTime() - start) / read;
      allocated = (threads.getCurrentThreadAllocatedBytes() - before) / read;
    }
    Arrays.sort(each, 3, ROUNDS);
    System.out.println(
        String.format(
            Locale.ROOT,
            "%-16s records  %5d B each  best %7.0f ns  median %7.0f ns  %5d B allocated  (%d)",
            name,
            body.length / records,
            each[3],
            each[(ROUNDS + 3) / 2],
            allocated,
            handler.sink & 1));
  }
}
