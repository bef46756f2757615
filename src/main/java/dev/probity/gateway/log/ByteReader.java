package dev.probity.gateway.log;

import java.nio.charset.StandardCharsets;

/** Reads what {@link ByteWriter} wrote; never beyond the end. */
final class ByteReader {
  private static final int LONGEST_NUMBER = 10;

  private final byte[] bytes;
  private int position;

  ByteReader(byte[] bytes) {
    this.bytes = bytes;
  }

  boolean atEnd() {
    return position == bytes.length;
  }

  int readByte() {
    if (position >= bytes.length) {
      throw new ExchangeFormatException("an encoded exchange ends too early", null);
    }
    return bytes[position++] & 0xff;
  }

  long readNumber() {
    long value = 0;
    for (int i = 0; i < LONGEST_NUMBER; i++) {
      int next = readByte();
      value |= (long) (next & 0x7f) << (7 * i);
      if (next < 0x80) {
        return value;
      }
    }
    throw new ExchangeFormatException("an encoded exchange has an endless number", null);
  }

  String readText() {
    long length = readNumber();
    if (length < 0 || length > bytes.length - position) {
      throw new ExchangeFormatException(
          "an encoded exchange has text of " + length + " bytes, beyond its end", null);
    }
    String text = new String(bytes, position, (int) length, StandardCharsets.UTF_8);
    position += (int) length;
    return text;
  }

  /** The constant with the ordinal that comes next. */
  <E> E readOneOf(E[] constants) {
    int ordinal = readByte();
    if (ordinal >= constants.length) {
      throw new ExchangeFormatException(
          "an encoded exchange has constant " + ordinal + " of " + constants.length, null);
    }
    return constants[ordinal];
  }
}
