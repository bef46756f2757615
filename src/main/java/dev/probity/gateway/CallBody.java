package dev.probity.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** A request's body, kept until the answer has begun or nobody is left to try. */
final class CallBody {
  static final CallBody NONE = new CallBody(Unpooled.EMPTY_BUFFER, () -> {});

  private final ByteBuf bytes;
  private final Runnable whenReleased;
  private boolean released;

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

  void release() {
    if (!released && this != NONE) {
      released = true;
      bytes.release();
      whenReleased.run();
    }
  }
}
