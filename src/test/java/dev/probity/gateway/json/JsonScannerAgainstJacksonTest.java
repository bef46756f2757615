package dev.probity.gateway.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/** Random documents, most of them damaged: the scanner must judge and read them as Jackson does. */
final class JsonScannerAgainstJacksonTest {
  private static final int DOCUMENTS = 12_000;
  private static final int MAX_DEPTH = 12;
  private static final List<String> NAMES =
      List.of("model", "a", "b", "stream_options", "ephemeral_5m_input_tokens", "é", "");
  private static final JsonFactory JACKSON =
      JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
          .build();
  private static final List<String> WATCHED =
      List.of(
          "model",
          "a.b",
          "a[].b",
          "a[].model",
          "b[][].a",
          "[].model",
          "é.a",
          "stream_options",
          "a.ephemeral_5m_input_tokens",
          "b.b.b",
          "a.b[]");
  private static final JsonPaths PATHS = JsonPaths.of(WATCHED.toArray(String[]::new));

  private final JsonScanner scanner = new JsonScanner(PATHS, MAX_DEPTH);
  private boolean refusedForHalfPair;

  /** Jackson refuses half a surrogate pair in a name, which RFC 8259 allows. */
  private static final Pattern HALF_PAIR_IN_NAME = Pattern.compile("(?i)surrogate");

  @Test
  void verdictAndValues_areJacksons() {
    var random = new Random(20261120);
    int valid = 0;
    for (int i = 0; i < DOCUMENTS; i++) {
      byte[] document = document(random);
      Optional<Map<String, Seen>> reference = reference(document);
      boolean accepted = feed(document, random);
      if (accepted && refusedForHalfPair) {
        continue;
      }
      assertThat(accepted).as(() -> describe(document)).isEqualTo(reference.isPresent());
      if (reference.isPresent()) {
        valid++;
        for (String path : WATCHED) {
          compare(document, path, reference.get().getOrDefault(path, new Seen()));
        }
      }
    }
    assertThat(valid).isBetween(DOCUMENTS / 10, DOCUMENTS * 9 / 10);
  }

  private static String describe(byte[] document) {
    return new String(document, UTF_8) + " " + Arrays.toString(document);
  }

  private boolean feed(byte[] document, Random random) {
    scanner.reset();
    int at = 0;
    int longest = 1 + random.nextInt(1 + random.nextInt(200));
    boolean good = true;
    while (at < document.length) {
      int to = Math.min(document.length, at + random.nextInt(longest + 1));
      good &= scanner.feed(document, at, to);
      at = to;
    }
    return good && scanner.finish();
  }

  private void compare(byte[] document, String path, Seen expected) {
    int index = PATHS.index(path);
    assertThat(scanner.count(index)).as(describe(document) + path).isEqualTo(expected.count);
    assertThat(scanner.isDuplicate(index)).as(path).isEqualTo(expected.duplicate);
    if (expected.count > 0) {
      assertThat(scanner.kind(index)).as(path).isEqualTo(expected.kind);
      assertThat(scanner.text(index)).as(path).isEqualTo(expected.text);
      if (expected.kind == JsonKind.NUMBER && scanner.isInteger(index)) {
        assertThat(scanner.number(index)).as(path).isEqualTo(expected.number);
      }
      String written =
          new String(
              document,
              (int) scanner.start(index),
              (int) (scanner.end(index) - scanner.start(index)),
              UTF_8);
      assertThat(written).isEqualTo(expected.written);
    }
  }

  /** What Jackson sees at the watched paths; empty if it refuses the document. */
  private Optional<Map<String, Seen>> reference(byte[] document) {
    refusedForHalfPair = false;
    String text;
    try {
      text =
          UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(document))
              .toString();
    } catch (CharacterCodingException notUtf8) {
      return Optional.empty();
    }
    var walk = new Walk(text);
    try (JsonParser parser =
        JACKSON.createParser(tools.jackson.core.ObjectReadContext.empty(), text)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        return Optional.empty();
      }
      walk.value(parser, "");
      return parser.nextToken() == null ? Optional.of(walk.seen) : Optional.empty();
    } catch (JacksonException malformed) {
      refusedForHalfPair = HALF_PAIR_IN_NAME.matcher(malformed.getMessage()).find();
      return Optional.empty();
    }
  }

  private static final class Seen {
    int count;
    boolean duplicate;
    JsonKind kind = JsonKind.ABSENT;
    String text = "";
    long number;
    String written = "";
  }

  private static final class Walk {
    private final String source;
    private final Map<String, Seen> seen = new HashMap<>();

    Walk(String source) {
      this.source = source;
    }

    void value(JsonParser parser, String path) {
      Seen here = seen.computeIfAbsent(path, ignored -> new Seen());
      here.count++;
      here.text = "";
      int start = (int) parser.currentTokenLocation().getCharOffset();
      JsonToken token = parser.currentToken();
      switch (token) {
        case START_OBJECT -> {
          here.kind = JsonKind.OBJECT;
          Set<String> names = new HashSet<>();
          while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName().isEmpty() ? "(empty)" : parser.currentName();
            String below = path.isEmpty() ? name : path + "." + name;
            parser.nextToken();
            value(parser, below);
            seen.get(below).duplicate |= !names.add(name);
          }
        }
        case START_ARRAY -> {
          here.kind = JsonKind.ARRAY;
          while (parser.nextToken() != JsonToken.END_ARRAY) {
            value(parser, path + "[]");
          }
        }
        case VALUE_STRING -> {
          here.kind = JsonKind.STRING;
          here.text = replaceLone(parser.getString());
        }
        case VALUE_NUMBER_INT -> {
          here.kind = JsonKind.NUMBER;
          var value = parser.getBigIntegerValue();
          here.number =
              value.bitLength() < 64 ? value.longValue() : value.signum() * Long.MAX_VALUE;
        }
        case VALUE_NUMBER_FLOAT -> here.kind = JsonKind.NUMBER;
        case VALUE_TRUE -> here.kind = JsonKind.TRUE;
        case VALUE_FALSE -> here.kind = JsonKind.FALSE;
        default -> here.kind = JsonKind.NULL;
      }
      if (token.isScalarValue() && token != JsonToken.VALUE_STRING) {
        here.written = parser.getString();
      } else {
        parser.finishToken();
        here.written = source.substring(start, (int) parser.currentLocation().getCharOffset());
      }
    }

    private static String replaceLone(String text) {
      return text.codePoints()
          .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
          .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
          .toString();
    }
  }

  private static byte[] document(Random random) {
    var out = new StringBuilder();
    write(out, random, 0);
    byte[] bytes = out.toString().getBytes(UTF_8);
    int damages = random.nextInt(3);
    for (int i = 0; i < damages && bytes.length > 0; i++) {
      bytes = damage(bytes, random);
    }
    return bytes;
  }

  private static byte[] damage(byte[] bytes, Random random) {
    int at = random.nextInt(bytes.length);
    byte[] changed = bytes.clone();
    String marks = "{}[]\",:\\ue-+.0123456789tfn \n\t";
    switch (random.nextInt(6)) {
      case 0 -> changed[at] = (byte) random.nextInt(256);
      case 1 -> changed[at] = (byte) marks.charAt(random.nextInt(marks.length()));
      case 2 -> changed = Arrays.copyOf(bytes, at);
      case 3 -> {
        changed = new byte[bytes.length - 1];
        System.arraycopy(bytes, 0, changed, 0, at);
        System.arraycopy(bytes, at + 1, changed, at, changed.length - at);
      }
      case 4 -> {
        int from = random.nextInt(bytes.length);
        int length = random.nextInt(Math.min(20, bytes.length - Math.max(at, from)));
        System.arraycopy(bytes, from, changed, at, length);
      }
      default -> {
        changed = new byte[bytes.length + 1];
        System.arraycopy(bytes, 0, changed, 0, at);
        changed[at] = (byte) marks.charAt(random.nextInt(marks.length()));
        System.arraycopy(bytes, at, changed, at + 1, bytes.length - at);
      }
    }
    boolean mark = changed.length > 1 && (changed[0] & 0xFF) >= 0xEF;
    return mark ? bytes : changed;
  }

  private static void write(StringBuilder out, Random random, int depth) {
    space(out, random);
    int kind = depth == 0 ? random.nextInt(3) : random.nextInt(depth > 9 ? 8 : 11);
    switch (kind) {
      case 0, 1, 8 -> members(out, random, depth);
      case 2, 9, 10 -> elements(out, random, depth);
      case 3 -> out.append(random.nextBoolean() ? "true" : "false");
      case 4 -> out.append("null");
      case 5 -> number(out, random);
      default -> string(out, random);
    }
    space(out, random);
  }

  private static void members(StringBuilder out, Random random, int depth) {
    out.append('{');
    int size = random.nextInt(5);
    for (int i = 0; i < size; i++) {
      out.append(i == 0 ? "" : ",");
      space(out, random);
      if (random.nextInt(8) == 0) {
        string(out, random);
      } else {
        name(out, random);
      }
      space(out, random);
      out.append(':');
      write(out, random, depth + 1);
    }
    out.append('}');
  }

  private static void elements(StringBuilder out, Random random, int depth) {
    out.append('[');
    int size = random.nextInt(4);
    for (int i = 0; i < size; i++) {
      out.append(i == 0 ? "" : ",");
      write(out, random, depth + 1);
    }
    out.append(']');
  }

  private static void name(StringBuilder out, Random random) {
    out.append('"');
    for (char c : NAMES.get(random.nextInt(NAMES.size())).toCharArray()) {
      if (random.nextInt(12) == 0) {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }

  private static void number(StringBuilder out, Random random) {
    switch (random.nextInt(4)) {
      case 0 -> out.append(random.nextLong());
      case 1 -> out.append(random.nextInt(100));
      case 2 -> out.append(random.nextLong()).append(random.nextInt(1_000_000));
      default ->
          out.append(random.nextInt(2) == 0 ? "-" : "")
              .append(random.nextInt(50))
              .append(
                  random.nextBoolean() ? "." + (random.nextLong() >>> random.nextInt(1, 64)) : "")
              .append(random.nextBoolean() ? "e-7" : "E+12");
    }
  }

  private static void string(StringBuilder out, Random random) {
    out.append('"');
    int length = random.nextInt(1 + random.nextInt(60));
    var escapes =
        new ArrayDeque<>(
            List.of("\\n", "\\\"", "\\\\", "\\/", "\\u00e9", "\\ud83d\\ude00", "\\udc00"));
    for (int i = 0; i < length; i++) {
      switch (random.nextInt(14)) {
        case 0 -> {
          escapes.addLast(escapes.removeFirst());
          out.append(escapes.getFirst());
        }
        case 1 -> out.appendCodePoint(0x80 + random.nextInt(0x700));
        case 2 -> out.appendCodePoint(0x800 + random.nextInt(0x5000));
        case 3 -> out.appendCodePoint(0x10000 + random.nextInt(0xFFFFF));
        default -> out.append((char) ('a' + random.nextInt(26)));
      }
    }
    out.append('"');
  }

  private static void space(StringBuilder out, Random random) {
    if (random.nextInt(6) == 0) {
      out.append(" \t\n\r".charAt(random.nextInt(4)));
    }
  }
}
