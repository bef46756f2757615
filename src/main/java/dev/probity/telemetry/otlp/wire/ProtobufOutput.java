package dev.probity.telemetry.otlp.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.probity.telemetry.otlp.OtlpFormatException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Writes protobuf into an array that grows. */
final class ProtobufOutput {
  /** Room for the length of a message that is not known yet: 28 bits in four bytes. */
  private static final int LENGTH_BYTES = 4;

  private static final int LARGEST = (1 << 28) - 1;
  private static final int SMALLEST_ARRAY = 256;
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] bytes = new byte[SMALLEST_ARRAY];
  private int length;

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  /** Begins anew; keeps the array unless it is larger than that. */
  void clear(int mostKept) {
    length = 0;
    if (bytes.length > mostKept) {
      bytes = new byte[SMALLEST_ARRAY];
    }
  }

  void varint(int number, long value) {
    tag(number, ProtobufFields.VARINT);
    rawVarint(value);
  }

  void fixed64(int number, long value) {
    tag(number, ProtobufFields.FIXED_64);
    LONG.set(bytes, length, value);
    length += 8;
  }

  void text(int number, String text) {
    byte[] encoded = text.getBytes(UTF_8);
    bytes(number, encoded, 0, encoded.length);
  }

  void message(int number, ProtobufOutput message) {
    bytes(number, message.bytes, 0, message.length);
  }

  void bytes(int number, byte[] source, int from, int to) {
    tag(number, ProtobufFields.LENGTH_DELIMITED);
    rawVarint(to - from);
    reserve(to - from);
    System.arraycopy(source, from, bytes, length, to - from);
    length += to - from;
  }

  /** Writes UTF-8; half of a character becomes a question mark. Answers where its bytes begin. */
  int text(int number, char[] characters, int from, int to) {
    int mark = begin(number);
    reserve(3L * (to - from));
    for (int i = from; i < to; i++) {
      char c = characters[i];
      if (c < 0x80) {
        bytes[length++] = (byte) c;
      } else if (c < 0x800) {
        bytes[length++] = (byte) (0xC0 | c >> 6);
        bytes[length++] = (byte) (0x80 | c & 0x3F);
      } else if (!Character.isSurrogate(c)) {
        bytes[length++] = (byte) (0xE0 | c >> 12);
        bytes[length++] = (byte) (0x80 | c >> 6 & 0x3F);
        bytes[length++] = (byte) (0x80 | c & 0x3F);
      } else if (i + 1 < to && Character.isSurrogatePair(c, characters[i + 1])) {
        int point = Character.toCodePoint(c, characters[++i]);
        bytes[length++] = (byte) (0xF0 | point >> 18);
        bytes[length++] = (byte) (0x80 | point >> 12 & 0x3F);
        bytes[length++] = (byte) (0x80 | point >> 6 & 0x3F);
        bytes[length++] = (byte) (0x80 | point & 0x3F);
      } else {
        bytes[length++] = '?';
      }
    }
    end(mark);
    return mark;
  }

  /** Begins a message or text whose length is not known yet; answers what to end it with. */
  int begin(int number) {
    tag(number, ProtobufFields.LENGTH_DELIMITED);
    length += LENGTH_BYTES;
    return length;
  }

  void end(int mark) {
    int size = length - mark;
    for (int i = mark - LENGTH_BYTES; i < mark; i++) {
      bytes[i] = (byte) (i < mark - 1 ? size & 0x7F | 0x80 : size);
      size >>>= 7;
    }
  }

  /** Writes a tag, and makes room for a number behind it. */
  private void tag(int number, int type) {
    reserve(20);
    rawVarint(number << 3 | type);
  }

  private void rawVarint(long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[length++] = (byte) (rest & 0x7F | 0x80);
      rest >>>= 7;
    }
    bytes[length++] = (byte) rest;
  }

  private void reserve(long more) {
    if (length + more > bytes.length) {
      if (length + more > LARGEST) {
        throw new OtlpFormatException("The request holds more than " + LARGEST + " bytes.");
      }
      bytes = Arrays.copyOf(bytes, (int) Math.clamp(2L * bytes.length, length + more, LARGEST));
    }
  }
}
