/**
 * Responses over a WebSocket. START AT {@link ResponseSockets}: a handshake makes of a connection a
 * {@link SocketConnection}, whose messages become ordinary model calls, one at a time in each lane,
 * and whose answers' events become messages.
 */
@NullMarked
package dev.probity.gateway.door.socket;

import org.jspecify.annotations.NullMarked;
