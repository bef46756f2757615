package dev.probity.gateway.door;

import io.netty.buffer.ByteBuf;

/** Whoever serves one request of a connection. All calls come on the connection's loop. */
public interface Serving {
  /** A piece of the request's body; the callee owns it. */
  void bodyPiece(ByteBuf piece);

  /** The request's body is whole. */
  void bodyEnd();

  /** The connection is gone. Nothing can be written any more. */
  void clientGone();

  /** The client's socket takes bytes again, or no more for now. */
  void clientWritable(boolean writable);

  /**
   * Whether the client is waited for (then its silence is a fault), rather than the other way
   * round.
   */
  boolean awaitsBody();

  /** The client was silent for too long in the middle of its body. */
  void bodyTimedOut();
}
