package dev.probity.kernel.bytes;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Text in as few bytes as its letters need: four bits for hexadecimal digits, six for letters,
 * digits, dash and underscore, otherwise UTF-8. Ids become a quarter to a half shorter.
 */
final class PackedText {
  private static final int UTF_8 = 0;
  private static final int HEX = 1;
  private static final int WORD = 2;
  private static final int UUID = 3;

  private static final byte[] LETTERS =
      "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_"
          .getBytes(StandardCharsets.ISO_8859_1);
  private static final byte[] VALUES = new byte[128];
  private static final int UUID_LENGTH = 36;
  private static final int UUID_BYTES = 16;

  static {
    Arrays.fill(VALUES, (byte) -1);
    for (int i = 0; i < LETTERS.length; i++) {
      VALUES[LETTERS[i]] = (byte) i;
    }
  }

  private PackedText() {}

  static void write(String text, ByteWriter to) {
    int length = text.length();
    switch (form(text)) {
      case HEX -> {
        to.writeNumber((long) length << 2 | HEX);
        writeHex(text, to);
      }
      case UUID -> {
        to.writeNumber(UUID);
        writeHex(text, to);
      }
      case WORD -> {
        to.writeNumber((long) length << 2 | WORD);
        writeWord(text, to);
      }
      default -> {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        to.writeNumber((long) encoded.length << 2 | UTF_8);
        to.append(encoded, encoded.length);
      }
    }
  }

  static String read(ByteReader from) {
    long head = from.readNumber();
    long length = head >>> 2;
    return switch ((int) head & 3) {
      case HEX -> readHex(checked(length, from.left() * 2L), from);
      case WORD -> readWord(checked(length, from.left() * 8L / 6), from);
      case UUID -> {
        String digits = readHex(2 * UUID_BYTES, from);
        yield digits.substring(0, 8)
            + '-'
            + digits.substring(8, 12)
            + '-'
            + digits.substring(12, 16)
            + '-'
            + digits.substring(16, 20)
            + '-'
            + digits.substring(20);
      }
      default -> {
        int bytes = checked(length, from.left());
        int start = from.skip(bytes);
        yield new String(from.bytes(), start, bytes, StandardCharsets.UTF_8);
      }
    };
  }

  private static int checked(long length, long atMost) {
    if (length < 0 || length > atMost) {
      throw new ByteFormatException("a text of " + length + ", beyond the end");
    }
    return (int) length;
  }

  private static int form(String text) {
    int length = text.length();
    boolean uuid = length == UUID_LENGTH;
    boolean hex = (length & 1) == 0;
    boolean word = true;
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      int value = c < VALUES.length ? VALUES[c] : -1;
      if (value < 0) {
        return UTF_8;
      }
      boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
      uuid &= dash ? c == '-' : value < 16;
      hex &= value < 16;
    }
    return uuid ? UUID : hex ? HEX : WORD;
  }

  /** Two digits a byte; dashes are left out. */
  private static void writeHex(String text, ByteWriter to) {
    int high = -1;
    for (int i = 0; i < text.length(); i++) {
      int value = VALUES[text.charAt(i)];
      if (value < 16 && high < 0) {
        high = value;
      } else if (value < 16) {
        to.writeByte(high << 4 | value);
        high = -1;
      }
    }
  }

  private static String readHex(int length, ByteReader from) {
    if ((length & 1) != 0) {
      throw new ByteFormatException("an odd number of digits: " + length);
    }
    byte[] letters = new byte[length];
    int at = from.skip(length / 2);
    byte[] bytes = from.bytes();
    for (int i = 0; i < length; i += 2, at++) {
      letters[i] = LETTERS[bytes[at] >> 4 & 15];
      letters[i + 1] = LETTERS[bytes[at] & 15];
    }
    return new String(letters, StandardCharsets.ISO_8859_1);
  }

  private static void writeWord(String text, ByteWriter to) {
    int bits = 0;
    int count = 0;
    for (int i = 0; i < text.length(); i++) {
      bits = bits << 6 | VALUES[text.charAt(i)];
      count += 6;
      if (count >= 8) {
        count -= 8;
        to.writeByte(bits >> count);
      }
    }
    if (count > 0) {
      to.writeByte(bits << (8 - count));
    }
  }

  private static String readWord(int length, ByteReader from) {
    byte[] letters = new byte[length];
    int at = from.skip((int) ((length * 6L + 7) / 8));
    byte[] bytes = from.bytes();
    int bits = 0;
    int count = 0;
    for (int i = 0; i < length; i++) {
      if (count < 6) {
        bits = bits << 8 | bytes[at++] & 0xff;
        count += 8;
      }
      count -= 6;
      letters[i] = LETTERS[bits >> count & 63];
    }
    return new String(letters, StandardCharsets.ISO_8859_1);
  }
}
