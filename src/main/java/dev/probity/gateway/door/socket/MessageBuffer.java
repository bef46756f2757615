package dev.probity.gateway.door.socket;

import java.util.Arrays;

/** Bytes that are gathered until they are whole. Reusable. */
final class MessageBuffer {
  private static final int FIRST = 4 << 10;
  private static final int KEPT = 64 << 10;

  private byte[] bytes = new byte[FIRST];
  private int size;

  byte[] bytes() {
    return bytes;
  }

  int size() {
    return size;
  }

  void add(byte[] more, int from, int to) {
    int length = to - from;
    if (bytes.length - size < length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, Math.addExact(size, length)));
    }
    System.arraycopy(more, from, bytes, size, length);
    size += length;
  }

  byte[] copy() {
    return Arrays.copyOf(bytes, size);
  }

  void clear() {
    size = 0;
    if (bytes.length > KEPT) {
      bytes = new byte[FIRST];
    }
  }
}
