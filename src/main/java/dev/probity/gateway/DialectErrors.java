package dev.probity.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.probity.gateway.anthropic.MessagesErrors;
import dev.probity.gateway.gemini.GeminiErrors;
import dev.probity.gateway.openai.ChatErrors;
import dev.probity.gateway.openai.ResponsesErrors;
import dev.probity.kernel.ExchangeId;
import dev.probity.kernel.Refusal;
import dev.probity.kernel.Refusal.Reason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Map;

/** Renders refusals as the clients of one wire format expect errors. */
public interface DialectErrors {
  /** The body of an answer that is an error, as JSON. */
  String json(Refusal refusal, ExchangeId id);

  /** What tells a client in the middle of a stream of events that it has failed. */
  String event(Refusal refusal, ExchangeId id);

  static DialectErrors of(Dialect dialect) {
    return switch (dialect) {
      case CHAT -> ChatErrors.INSTANCE;
      case RESPONSES -> ResponsesErrors.INSTANCE;
      case MESSAGES -> MessagesErrors.INSTANCE;
      case GEMINI -> GeminiErrors.INSTANCE;
    };
  }

  /** The body of an answer that is an error. */
  default ByteBuf body(Refusal refusal, ExchangeId id) {
    return Unpooled.wrappedBuffer(json(refusal, id).getBytes(UTF_8));
  }

  /**
   * The last bytes of a stream that has failed. It may have broken off anywhere, so they begin with
   * the end of whatever line and event were open; where none were, that means nothing.
   */
  default ByteBuf frame(Refusal refusal, ExchangeId id) {
    return Unpooled.wrappedBuffer(("\n\n" + event(refusal, id)).getBytes(UTF_8));
  }

  /**
   * Headers that go with the error. The vendors' SDKs repeat whatever has status 408, 409, 429 or
   * 5xx unless told not to.
   */
  default Map<String, String> headers(Refusal refusal) {
    if (isQuota(refusal)) {
      return Map.of("x-should-retry", "false");
    }
    return refusal.reason() == Reason.UNAVAILABLE ? Map.of("retry-after", "1") : Map.of();
  }

  /** Whether what is used up does not come back within seconds, so that trying again is no use. */
  static boolean isQuota(Refusal refusal) {
    return refusal.reason() == Reason.RATE_LIMITED
        && (refusal.code().contains("quota") || refusal.code().contains("budget"));
  }
}
