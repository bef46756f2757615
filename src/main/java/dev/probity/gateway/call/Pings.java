package dev.probity.gateway.call;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.probity.gateway.Dialect;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Optional;

/** Signs of life for streams of a provider that sends none. */
final class Pings {
  /** How long a client hears nothing before it gets one. */
  static final long QUIET_NANOS = 15_000_000_000L;

  private static final byte[] MESSAGES =
      "event: ping\ndata: {\"type\":\"ping\"}\n\n".getBytes(US_ASCII);
  private static final byte[] COMMENT = ": ping\n\n".getBytes(US_ASCII);

  private Pings() {}

  /** One for a client; none for Google's, some of whose clients take every event for an answer. */
  static Optional<ByteBuf> in(Dialect dialect) {
    return switch (dialect) {
      case MESSAGES -> Optional.of(Unpooled.wrappedBuffer(MESSAGES));
      case CHAT, RESPONSES -> Optional.of(Unpooled.wrappedBuffer(COMMENT));
      case GEMINI -> Optional.empty();
    };
  }
}
