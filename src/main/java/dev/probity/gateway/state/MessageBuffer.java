package dev.probity.gateway.state;

import java.util.Arrays;

/** Bytes that are gathered until they are whole. Reusable. */
public final class MessageBuffer {
  private static final int FIRST = 4 << 10;
  private static final int KEPT = 64 << 10;

  private byte[] bytes = new byte[FIRST];
  private int size;

  /** The array itself; what is after {@link #size} means nothing. */
  public byte[] bytes() {
    return bytes;
  }

  public int size() {
    return size;
  }

  public void add(byte[] more, int from, int to) {
    int length = to - from;
    if (bytes.length - size < length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, Math.addExact(size, length)));
    }
    System.arraycopy(more, from, bytes, size, length);
    size += length;
  }

  public byte[] copy() {
    return Arrays.copyOf(bytes, size);
  }

  public void clear() {
    size = 0;
    if (bytes.length > KEPT) {
      bytes = new byte[FIRST];
    }
  }
}
