package dev.probity.gateway.request;

import io.netty.buffer.ByteBuf;

/** Reads a request's body. Reusable; one an event loop. */
public interface RequestReader {
  /** Reads a whole body without consuming it. Never throws for what a client sent. */
  RequestReading read(ByteBuf body);
}
