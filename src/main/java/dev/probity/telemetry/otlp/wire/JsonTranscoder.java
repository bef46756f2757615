package dev.probity.telemetry.otlp.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.probity.telemetry.otlp.OtlpFormatException;
import dev.probity.telemetry.otlp.wire.JsonShape.Member;
import java.math.BigDecimal;
import java.util.Base64;
import java.util.HexFormat;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Writes a JSON message as protobuf. Content is not copied: in its place stands a hash of its
 * bytes, which tells records apart and nobody what they said.
 */
final class JsonTranscoder {
  private static final int LONGEST_NUMBER = 40;
  private static final int LONGEST_ID_DIGITS = 64;
  private static final int VALUE_OF_ATTRIBUTE = 2;
  private static final int BYTES_OF_VALUE = 7;

  private final JsonParser json;
  private final byte[] body;
  private final int offset;
  private final int end;
  private final boolean capture;
  private final long seed;
  private final ProtobufOutput out;

  JsonTranscoder(
      JsonParser json,
      byte[] body,
      int offset,
      int length,
      boolean capture,
      long seed,
      ProtobufOutput out) {
    this.json = json;
    this.body = body;
    this.offset = offset;
    this.end = offset + length;
    this.capture = capture;
    this.seed = seed;
    this.out = out;
  }

  /** Reads the one object that there is. */
  void request(JsonShape shape) {
    json.nextToken();
    members(shape);
    if (json.nextToken() != null) {
      throw malformed("Something stands behind the request");
    }
  }

  private void members(JsonShape shape) {
    expect(JsonToken.START_OBJECT, "An object is expected");
    while (json.nextToken() != JsonToken.END_OBJECT) {
      Member member = shape.member(json.currentName());
      JsonToken token = json.nextToken();
      if (member == null || token == JsonToken.VALUE_NULL) {
        json.skipChildren();
      } else if (token == JsonToken.START_ARRAY && member.mayRepeat()) {
        while (json.nextToken() != JsonToken.END_ARRAY) {
          if (json.currentToken() != JsonToken.VALUE_NULL) {
            value(member);
          }
        }
      } else {
        value(member);
      }
    }
  }

  private void value(Member member) {
    int number = member.number();
    switch (member.kind()) {
      case MESSAGE -> message(number, member.shape());
      case ATTRIBUTE -> attribute(number);
      case TEXT -> text(number);
      case WORD -> word(number);
      case OPAQUE -> opaque(number);
      case BOOLEAN -> out.varint(number, truth() ? 1 : 0);
      case WHOLE -> out.varint(number, whole());
      case FIXED -> out.fixed64(number, whole());
      case DOUBLE -> out.fixed64(number, Double.doubleToRawLongBits(decimal()));
      case ENUM -> out.varint(number, constant(member));
      case HEX -> hex(number);
      case BASE64 -> base64(number);
    }
  }

  private void message(int number, JsonShape shape) {
    int mark = out.begin(number);
    members(shape);
    out.end(mark);
  }

  /** The key usually stands first, so that a value which may not be read is not even decoded. */
  private void attribute(int number) {
    expect(JsonToken.START_OBJECT, "An attribute is expected");
    boolean readable = true;
    int mark = out.begin(number);
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      JsonToken token = json.nextToken();
      if (token == JsonToken.VALUE_NULL) {
        continue;
      }
      switch (name) {
        case "key" -> {
          int from = text(1);
          readable =
              AttributeReader.isReadable(
                  AttributeTable.find(out.bytes(), from, out.length()), capture);
        }
        case "value" -> {
          if (readable) {
            message(VALUE_OF_ATTRIBUTE, JsonShape.VALUE);
          } else {
            int valueMark = out.begin(VALUE_OF_ATTRIBUTE);
            opaque(BYTES_OF_VALUE);
            out.end(valueMark);
          }
        }
        default -> json.skipChildren();
      }
    }
    out.end(mark);
  }

  /** Answers where its bytes begin. */
  private int text(int number) {
    expect(JsonToken.VALUE_STRING, "A text is expected");
    char[] characters = json.getStringCharacters();
    int from = json.getStringOffset();
    return out.text(number, characters, from, from + json.getStringLength());
  }

  private void word(int number) {
    expect(JsonToken.VALUE_STRING, "A text is expected");
    int from = tokenStart() + 1;
    int to = stringEnd(from);
    if (Body.isWord(body, from, to)) {
      out.bytes(number, body, from, to);
    } else if (from < to) {
      hash(number, from, to);
    }
  }

  /** Where the text ends that begins there; what is wrong with it, the parser will say. */
  private int stringEnd(int from) {
    int to = from;
    while (to < end && body[to] != '"') {
      to += body[to] == '\\' ? 2 : 1;
    }
    return Math.min(to, end);
  }

  /** Skips the current value without decoding it. */
  private void opaque(int number) {
    int from = tokenStart();
    boolean present = false;
    int depth = 0;
    for (JsonToken token = json.currentToken(); ; token = json.nextToken()) {
      depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
      present |= isSomething(token);
      if (depth == 0) {
        break;
      }
    }
    if (present) {
      int to =
          json.currentToken() == JsonToken.VALUE_STRING
              ? stringEnd(from + 1)
              : offset + (int) json.currentLocation().getByteOffset();
      hash(number, from, to);
    }
  }

  /** Whether a token says that a value is more than nothing, an empty text or list, or a mask. */
  private boolean isSomething(JsonToken token) {
    return switch (token) {
      case VALUE_STRING -> {
        int first = tokenStart() + 1;
        yield first < end && body[first] != '"' && !Body.isMask(body, first, stringEnd(first));
      }
      case START_OBJECT -> json.streamReadContext().getParent().inArray();
      case VALUE_TRUE, VALUE_FALSE, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> true;
      default -> false;
    };
  }

  /** Writes a hash as what can't be taken for a word. */
  private void hash(int number, int from, int to) {
    int mark = out.begin(number);
    out.fixed64(1, XxHash64.hash(body, from, to, seed));
    out.end(mark);
  }

  private boolean truth() {
    return switch (json.currentToken()) {
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_STRING -> json.getString().equalsIgnoreCase("true");
      default -> throw malformed("A boolean is expected");
    };
  }

  private long whole() {
    JsonToken token = json.currentToken();
    if (token == JsonToken.VALUE_NUMBER_INT
        && json.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
      return json.getLongValue();
    }
    if (token == null || !token.isScalarValue() || json.getStringLength() > LONGEST_NUMBER) {
      throw malformed("A whole number is expected");
    }
    String text = json.getString();
    try {
      return text.startsWith("-") ? Long.parseLong(text) : Long.parseUnsignedLong(text);
    } catch (NumberFormatException e) {
      return wholeOfFraction(text);
    }
  }

  /** Some write large numbers with an exponent, and whole ones with a fraction of zero. */
  private long wholeOfFraction(String text) {
    try {
      var number = new BigDecimal(text);
      if (Math.abs((long) number.scale()) <= LONGEST_NUMBER) {
        return number.longValueExact();
      }
    } catch (ArithmeticException | NumberFormatException _) {
      // Said below, as of a number that is written too long.
    }
    throw malformed("A whole number is expected");
  }

  private double decimal() {
    JsonToken token = json.currentToken();
    if (token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT) {
      return json.getDoubleValue();
    }
    if (token != JsonToken.VALUE_STRING || json.getStringLength() > LONGEST_NUMBER) {
      throw malformed("A number is expected");
    }
    try {
      return Double.parseDouble(json.getString());
    } catch (NumberFormatException e) {
      throw malformed("A number is expected");
    }
  }

  /** A name that is not known is taken for the constant of number 0. */
  private long constant(Member member) {
    if (json.currentToken() == JsonToken.VALUE_STRING && !json.getString().matches("\\d+")) {
      return member.names().getOrDefault(json.getString(), 0);
    }
    return whole();
  }

  /** An id that is not in hexadecimal is left out, because nothing else depends on it. */
  private void hex(int number) {
    expect(JsonToken.VALUE_STRING, "An id in hexadecimal is expected");
    int length = json.getStringLength();
    String text = length % 2 == 0 && length <= LONGEST_ID_DIGITS ? json.getString() : "-";
    if (text.chars().allMatch(HexFormat::isHexDigit)) {
      byte[] id = HexFormat.of().parseHex(text);
      out.bytes(number, id, 0, id.length);
    }
  }

  private void base64(int number) {
    expect(JsonToken.VALUE_STRING, "Bytes in base64 are expected");
    try {
      byte[] bytes = Base64.getDecoder().decode(json.getString().getBytes(UTF_8));
      out.bytes(number, bytes, 0, bytes.length);
    } catch (IllegalArgumentException e) {
      throw malformed("Bytes in base64 are expected");
    }
  }

  private void expect(JsonToken token, String what) {
    if (json.currentToken() != token) {
      throw malformed(what);
    }
  }

  private int tokenStart() {
    return offset + (int) json.currentTokenLocation().getByteOffset();
  }

  private OtlpFormatException malformed(String what) {
    return new OtlpFormatException(
        what + " at byte " + json.currentTokenLocation().getByteOffset());
  }
}
