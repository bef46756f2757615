package dev.probity.gateway.call;

import dev.probity.gateway.json.RawJson;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/** A request's body, kept until the answer has begun or nobody is left to try. */
final class CallBody {
  static final CallBody NONE = new CallBody(Unpooled.EMPTY_BUFFER, () -> {});

  private final ByteBuf bytes;
  private final Runnable whenReleased;
  private boolean released;
  private @Nullable RawJson json;
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

  /** The object that it is, in an array of its own that may be used until the call is over. */
  RawJson json() {
    RawJson known = json;
    if (known == null) {
      known = trimmed(ByteBufUtil.getBytes(bytes));
      json = known;
    }
    return known;
  }

  /** It was found to be one object when it was read. */
  private static RawJson trimmed(byte[] body) {
    int from = 0;
    while (body[from] != '{') {
      from++;
    }
    int to = body.length;
    while (body[to - 1] != '}') {
      to--;
    }
    return RawJson.of(body, from, to);
  }

  /** Nothing is sent again. */
  void release() {
    if (!released && this != NONE) {
      released = true;
      bytes.release();
      if (json == null) {
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
