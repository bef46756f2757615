package dev.probity.gateway.door;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.nio.charset.StandardCharsets;

/** Errors for requests that never became one of a known format. */
final class DoorErrors {
  private DoorErrors() {}

  static String json(String code, String message) {
    return "{\"error\":{\"code\":\"" + code + "\",\"message\":\"" + message + "\"}}";
  }

  /** A head that is no HTTP, or too long. */
  static void malformed(Answer answer, Throwable cause) {
    answer.closeAfter();
    if (cause instanceof TooLongHttpHeaderException) {
      answer.plain(
          431,
          "application/json",
          json("headers_too_large", "The request's headers are too large."));
    } else if (cause instanceof TooLongHttpLineException) {
      answer.plain(
          414, "application/json", json("uri_too_long", "The request's target is too long."));
    } else {
      answer.plain(400, "application/json", json("bad_request", "The request is not valid HTTP."));
    }
  }

  /**
   * A head that did not arrive in time: there is no request to answer, so this is written as it is.
   */
  static void slowHead(ChannelHandlerContext ctx) {
    String body = json("request_timeout", "The request's head did not arrive in time.");
    String text =
        "HTTP/1.1 408 Request Timeout\r\ncontent-type: application/json\r\nconnection: close\r\ncontent-length: "
            + body.length()
            + "\r\n\r\n"
            + body;
    // From the codec's own place, past its encoder (which knows of no request) but through TLS.
    ChannelHandlerContext codec = ctx.pipeline().context(HttpServerCodec.class);
    if (codec != null) {
      codec.writeAndFlush(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
    }
  }
}
