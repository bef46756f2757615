package dev.probity.gateway.log;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes numbers and text compactly into an array that grows. */
final class ByteWriter {
  private static final int FIRST_BYTES = 2 << 10;
  private static final int LONGEST_NUMBER = 10;

  private byte[] bytes = new byte[FIRST_BYTES];
  private int length;

  /** What was written is the first {@link #length} bytes; valid until the next write. */
  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  /** Begins anew; an array that grew beyond this is let go. */
  void clear(int keepBytes) {
    if (bytes.length > keepBytes) {
      bytes = new byte[FIRST_BYTES];
    }
    length = 0;
  }

  void writeByte(int value) {
    room(1);
    bytes[length++] = (byte) value;
  }

  /** Seven bits a byte, lowest first; small numbers are short, negative ones take ten bytes. */
  void writeNumber(long value) {
    room(LONGEST_NUMBER);
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      bytes[length++] = (byte) (rest & 0x7f | 0x80);
      rest >>>= 7;
    }
    bytes[length++] = (byte) rest;
  }

  /** The length in bytes, then UTF-8. */
  void writeText(String text) {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    writeNumber(encoded.length);
    room(encoded.length);
    System.arraycopy(encoded, 0, bytes, length, encoded.length);
    length += encoded.length;
  }

  private void room(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
    }
  }
}
