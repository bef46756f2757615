package dev.probity.telemetry.otlp.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.probity.telemetry.Signal;
import dev.probity.telemetry.otlp.OtlpFormatException;
import dev.probity.telemetry.otlp.OtlpReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MalformedTest {
  private static final long SEED = 42;
  private static final int FLIPS = 3_000;

  /** A request of one log record, whose bytes are given in hexadecimal. */
  private static byte[] log(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
    for (int number : new int[] {2, 2, 1}) {
      var out = new ProtobufOutput();
      out.bytes(number, bytes, 0, bytes.length);
      bytes = out.toBytes();
    }
    return bytes;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "09 00 00 00 | a fixed number that ends early",
        "10 80 80 | a varint that ends early",
        "10 80 80 80 80 80 80 80 80 80 80 01 | a varint of eleven bytes",
        "32 05 0a | a length beyond the end",
        "32 ff ff ff ff 0f | a length beyond 31 bits",
        "32 ff ff ff ff ff ff ff ff ff 01 | a negative length",
        "08 01 | a time that is a varint",
        "0d 01 00 00 00 | a time of four bytes",
        "12 01 09 | a severity that is a text",
        "28 01 | a body that is a number",
        "30 01 | an attribute that is a number",
        "32 02 08 01 | a key that is a number",
        "32 09 0a 05 6d 6f 64 65 6c 10 01 | a value that is a number",
        "32 0b 0a 05 6d 6f 64 65 6c 12 02 08 01 | a text that is a number",
        "0b 0c | a group",
        "0e | wire type 6",
        "0f | wire type 7",
        "00 01 | field number 0",
        "f2 ff ff ff ff 01 00 | a tag beyond 32 bits",
      })
  void malformedLogs_areRefusedWithTheirPlace(String hex, String what) {
    assertThatThrownBy(() -> read(new ProtobufReader(false, SEED), Signal.LOG, log(hex)))
        .as(what)
        .isInstanceOf(OtlpFormatException.class)
        .message()
        .matches(".* at byte \\d+");
  }

  @Test
  void place_countsFromTheBeginningOfTheRequest() {
    byte[] body = log("10 01 0f");
    byte[] later = new byte[body.length + 50];
    System.arraycopy(body, 0, later, 50, body.length);
    assertThatThrownBy(() ->
            new ProtobufReader(false, SEED).read(Signal.LOG, later, 50, body.length, new Views()))
        .isInstanceOf(OtlpFormatException.class)
        .hasMessageEndingWith("at byte " + (body.length - 1));
  }

  @Test
  void unknownFields_arePassedOver() {
    byte[] body =
        log("f8 07 05 f9 07 00 00 00 00 00 00 00 00 fa 07 02 ff ff fd 07 00 00 00 00 10 09");
    Views views = Views.of(new ProtobufReader(false, SEED), Signal.LOG, body);
    assertThat(views.records.getFirst()).containsEntry("severity", 9);
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 6})
  void nestedValues_areReadToABoundAndRefusedBeyond(int number) {
    var reader = new ProtobufReader(true, SEED);
    assertThat(Views.of(reader, Signal.LOG, nested("prompt", number, Nested.DEEPEST)).records)
        .hasSize(1);
    for (String name : List.of("prompt", "model")) {
      for (int depth : new int[] {Nested.DEEPEST + 1, 2000}) {
        assertThatThrownBy(() -> read(reader, Signal.LOG, nested(name, number, depth)))
            .isInstanceOf(OtlpFormatException.class)
            .hasMessageContaining("nested deeper than " + Nested.DEEPEST);
      }
    }
    assertThat(Views.of(reader, Signal.LOG, nested("unknown", number, 2000)).records).hasSize(1);
  }

  private static byte[] nested(String name, int number, int depth) {
    byte[] value = HexFormat.of().parseHex("1801");
    for (int i = 0; i < depth; i++) {
      var list = new ProtobufOutput();
      if (number == Nested.MAP) {
        var pair = new ProtobufOutput();
        pair.bytes(2, value, 0, value.length);
        list.message(1, pair);
      } else {
        list.bytes(1, value, 0, value.length);
      }
      var any = new ProtobufOutput();
      any.message(number, list);
      value = any.toBytes();
    }
    var pair = new ProtobufOutput();
    pair.text(1, name);
    pair.bytes(2, value, 0, value.length);
    var log = new ProtobufOutput();
    log.message(6, pair);
    return log(HexFormat.of().formatHex(log.toBytes()));
  }

  @ParameterizedTest
  @CsvSource({
    "LOG,claude-code-logs.pb",
    "SPAN,claude-code-traces.pb",
    "METRIC,claude-code-metrics.pb",
    "LOG,claude-code-logs.json",
    "METRIC,claude-code-metrics.json",
  })
  void truncatedCaptures_areReadOrRefused(Signal signal, String name) {
    byte[] body = Captures.read(name);
    OtlpReader reader = reader(name);
    int refused = 0;
    for (int length = 0; length < body.length; length++) {
      refused += refuses(reader, signal, Arrays.copyOf(body, length)) ? 1 : 0;
    }
    assertThat(refused).isGreaterThan(body.length - 10);
    assertThat(refuses(reader, signal, body)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "LOG,claude-code-logs.pb",
    "SPAN,claude-code-traces.pb",
    "METRIC,claude-code-metrics.pb",
    "LOG,claude-code-logs.json",
    "METRIC,claude-code-metrics.json",
  })
  void damagedCaptures_areReadOrRefused(Signal signal, String name) {
    byte[] body = Captures.read(name);
    OtlpReader reader = reader(name);
    var random = new Random(6);
    int refused = 0;
    for (int i = 0; i < FLIPS; i++) {
      byte[] damaged = body.clone();
      for (int flips = random.nextInt(4); flips >= 0; flips--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      refused += refuses(reader, signal, damaged) ? 1 : 0;
    }
    assertThat(refused).isBetween(FLIPS / 100, FLIPS);
  }

  @Test
  void anyBytes_areReadOrRefused() {
    var random = new Random(7);
    List<OtlpReader> readers = List.of(new ProtobufReader(true, SEED), new JsonReader(true, SEED));
    int refused = 0;
    for (int i = 0; i < FLIPS; i++) {
      byte[] body = new byte[random.nextInt(100)];
      random.nextBytes(body);
      if (body.length > 2 && random.nextBoolean()) {
        body[0] = '\n';
        body[1] = (byte) (body.length - 2);
      }
      Signal signal = Signal.values()[random.nextInt(3)];
      refused += refuses(readers.get(i % 2), signal, body) ? 1 : 0;
    }
    assertThat(refused).isGreaterThan(FLIPS / 2);
  }

  /** The errors of all the faults that chance finds, beside a text that must not be in any. */
  @Test
  void errors_sayNothingOfTheContent() {
    byte[] body =
        new String(Captures.read("claude-code-logs.json"), UTF_8)
            .replace("firstParty", "canary7")
            .getBytes(UTF_8);
    var random = new Random(8);
    List<String> messages = new ArrayList<>();
    for (int i = 0; i < FLIPS / 4; i++) {
      byte[] damaged = body.clone();
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      try {
        read(new JsonReader(true, SEED), Signal.LOG, damaged);
      } catch (OtlpFormatException e) {
        messages.add(e.toString() + e.getCause());
      }
    }
    assertThat(messages).isNotEmpty().noneMatch(message -> message.contains("canary"));
    assertThat(messages).allMatch(message -> message.length() < 150);
  }

  private static OtlpReader reader(String name) {
    return name.endsWith(".pb") ? new ProtobufReader(true, SEED) : new JsonReader(true, SEED);
  }

  private static boolean refuses(OtlpReader reader, Signal signal, byte[] body) {
    try {
      read(reader, signal, body);
      return false;
    } catch (OtlpFormatException e) {
      return true;
    }
  }

  private static void read(OtlpReader reader, Signal signal, byte[] body) {
    reader.read(signal, body, 0, body.length, new Views());
  }
}
