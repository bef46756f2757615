package dev.probity.gateway.door.socket;

import dev.probity.gateway.state.StateFacts;
import io.netty.buffer.ByteBuf;

/**
 * A message that asks for a response, waiting for its turn.
 *
 * @param message on the heap; owned by whoever holds this
 */
record Create(ByteBuf message, StateFacts facts) {}
