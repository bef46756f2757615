package dev.probity.gateway.call;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

/** A request's body, kept until the answer has begun or nobody is left to try. */
final class CallBody {
  static final CallBody NONE = new CallBody(Unpooled.EMPTY_BUFFER, () -> {});

  private final ByteBuf bytes;
  private final Runnable whenReleased;
  private boolean released;
  private boolean copied;
  private boolean closed;

  /**
   * @param bytes owned from here on
   * @param whenReleased runs once, when the memory is free again
   */
  CallBody(ByteBuf bytes, Runnable whenReleased) {
    this.bytes = bytes;
    this.whenReleased = whenReleased;
  }

  ByteBuf bytes() {
    return bytes;
  }

  /** A copy that may be used until the call is over. */
  byte[] copy() {
    copied = true;
    return ByteBufUtil.getBytes(bytes);
  }

  /** Nothing is sent again. */
  void release() {
    if (!released && this != NONE) {
      released = true;
      bytes.release();
      if (!copied) {
        close();
      }
    }
  }

  /** The call is over. */
  void close() {
    if (this == NONE) {
      return;
    }
    if (!released) {
      released = true;
      bytes.release();
    }
    if (!closed) {
      closed = true;
      whenReleased.run();
    }
  }
}
