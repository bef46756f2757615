package dev.probity.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpResponse;

/**
 * The client's side of one exchange, whatever HTTP version it speaks. Used on its event loop only.
 * An answer is either {@link #whole}, or {@link #begin}, any number of {@link #piece}s, and {@link
 * #end} or {@link #breakOff}.
 */
public interface Client {
  /**
   * Whether the client takes more bytes now; if not, {@link ModelCall#clientWritable} says when.
   */
  boolean isWritable();

  /** Sends an answer whose body is all there, in one write. */
  void whole(HttpResponse head, ByteBuf body);

  void begin(HttpResponse head);

  /** Queues a piece of the body; {@link #flush} sends what is queued. */
  void piece(ByteBuf bytes);

  void flush();

  /** Ends the body properly and flushes. */
  void end();

  /** Ends it so that the client can tell that something is missing. */
  void breakOff();
}
