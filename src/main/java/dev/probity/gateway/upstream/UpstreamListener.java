package dev.probity.gateway.upstream;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpResponse;

/**
 * Whoever waits for an upstream's answer. Every call comes on the event loop that asked, in the
 * order below; exactly one of {@link #end}, {@link #broken} and {@link #connectFailed} is the last,
 * unless the listener itself let go of the connection.
 */
public interface UpstreamListener {
  /** A connection is there; send the request. */
  void connected(UpstreamConnection connection);

  /** No connection could be made. */
  void connectFailed(Throwable cause);

  /** The final head (informational ones are swallowed). The headers may be changed. */
  void head(HttpResponse response);

  /** A piece of the body. The listener now owns the buffer. */
  void body(ByteBuf piece);

  /** All that one read of the socket held has been passed on: the time to write and flush. */
  void readComplete();

  /** The answer is whole. The connection is already on its way back to the pool. */
  void end();

  /** The connection died, or sent what is not HTTP, before the answer was whole. */
  void broken(Throwable cause);

  /** The socket's send buffer filled up or emptied. */
  default void writabilityChanged(boolean writable) {}
}
