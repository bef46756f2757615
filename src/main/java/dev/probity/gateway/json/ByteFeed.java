package dev.probity.gateway.json;

import io.netty.buffer.ByteBuf;

/**
 * Brings the bytes of buffers, wherever they are, before something that reads arrays: in place if
 * there is an array, by way of a small one otherwise. One an event loop or reader.
 */
public final class ByteFeed {
  private static final int PIECE_BYTES = 16 << 10;
  private static final byte[] NONE = {};

  private byte[] piece = NONE;

  /** Takes bytes; called several times for a buffer. */
  @FunctionalInterface
  public interface Sink {
    /** Takes {@code bytes[from, to)}, which are only valid during the call. */
    void accept(byte[] bytes, int from, int to);
  }

  /** Shows {@code sink} the readable bytes of {@code buffer}, whose indexes stay as they are. */
  public void feed(ByteBuf buffer, Sink sink) {
    int from = buffer.readerIndex();
    int length = buffer.readableBytes();
    if (buffer.hasArray()) {
      int start = buffer.arrayOffset() + from;
      sink.accept(buffer.array(), start, start + length);
      return;
    }
    grow(length);
    int to = from + length;
    while (from < to) {
      int size = Math.min(piece.length, to - from);
      buffer.getBytes(from, piece, 0, size);
      sink.accept(piece, 0, size);
      from += size;
    }
  }

  private void grow(int wanted) {
    if (piece.length < wanted && piece.length < PIECE_BYTES) {
      int size = Integer.highestOneBit(Math.max(1024, wanted) * 2 - 1);
      piece = new byte[Math.min(PIECE_BYTES, size)];
    }
  }
}
