package dev.probity.gateway.json;

import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.FastThreadLocal;

/**
 * Brings the bytes of buffers, wherever they are, before something that reads arrays: in place if
 * there is an array, by way of a small one of the thread's otherwise.
 */
public final class ByteFeed {
  private static final int PIECE_BYTES = 16 << 10;
  private static final FastThreadLocal<byte[]> PIECES =
      new FastThreadLocal<>() {
        @Override
        protected byte[] initialValue() {
          return new byte[PIECE_BYTES];
        }
      };

  private ByteFeed() {}

  /** Takes bytes; called several times for a buffer. */
  @FunctionalInterface
  public interface Sink {
    /**
     * Takes {@code bytes[from, to)}, which are only valid during the call. Must not feed itself.
     */
    void accept(byte[] bytes, int from, int to);
  }

  /** Shows {@code sink} the readable bytes of {@code buffer}, whose indexes stay as they are. */
  public static void feed(ByteBuf buffer, Sink sink) {
    int from = buffer.readerIndex();
    int to = buffer.writerIndex();
    if (buffer.hasArray()) {
      int offset = buffer.arrayOffset();
      sink.accept(buffer.array(), offset + from, offset + to);
      return;
    }
    byte[] piece = PIECES.get();
    while (from < to) {
      int size = Math.min(PIECE_BYTES, to - from);
      buffer.getBytes(from, piece, 0, size);
      sink.accept(piece, 0, size);
      from += size;
    }
  }
}
