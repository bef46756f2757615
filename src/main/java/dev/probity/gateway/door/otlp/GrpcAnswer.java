package dev.probity.gateway.door.otlp;

import dev.probity.telemetry.intake.Outcome.Refused;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;

/** Writes what a unary call is answered with: a message and a status, or a status alone. */
final class GrpcAnswer {
  static final int OK = 0;
  static final int UNIMPLEMENTED = 12;
  static final int UNAVAILABLE = 14;

  private static final AsciiString CONTENT_TYPE = AsciiString.cached("content-type");
  private static final AsciiString GRPC = AsciiString.cached("application/grpc");
  private static final AsciiString ACCEPTED = AsciiString.cached("grpc-accept-encoding");
  private static final AsciiString ENCODINGS = AsciiString.cached("identity,gzip");
  private static final AsciiString STATUS = AsciiString.cached("grpc-status");
  private static final AsciiString MESSAGE = AsciiString.cached("grpc-message");
  private static final AsciiString DETAILS = AsciiString.cached("grpc-status-details-bin");
  private static final AsciiString HTTP_OK = AsciiString.cached("200");

  private GrpcAnswer() {}

  static void message(ChannelHandlerContext ctx, byte[] message) {
    ctx.write(new DefaultHttp2HeadersFrame(head()));
    ByteBuf framed = ctx.alloc().buffer(GrpcMessage.PREFIX_BYTES + message.length);
    framed.writeByte(0).writeInt(message.length).writeBytes(message);
    ctx.write(new DefaultHttp2DataFrame(framed));
    Http2Headers trailers = new DefaultHttp2Headers().set(STATUS, Integer.toString(OK));
    ctx.writeAndFlush(new DefaultHttp2HeadersFrame(trailers, true));
  }

  /**
   * Answers with a refusal.
   *
   * @param ended whether the client has sent everything; if not, it is told to stop
   */
  static void refuse(ChannelHandlerContext ctx, Refused refused, boolean ended) {
    byte[] details = OtlpAnswers.status(refused);
    status(ctx, refused.reason().grpcCode(), refused.message(), details, ended);
  }

  static void status(ChannelHandlerContext ctx, int code, String message, boolean ended) {
    status(ctx, code, message, new byte[0], ended);
  }

  private static void status(
      ChannelHandlerContext ctx, int code, String message, byte[] details, boolean ended) {
    Http2Headers head = head().set(STATUS, Integer.toString(code));
    head.set(MESSAGE, percentEncoded(message));
    if (details.length > 0) {
      head.set(DETAILS, Base64.getEncoder().withoutPadding().encodeToString(details));
    }
    ctx.writeAndFlush(new DefaultHttp2HeadersFrame(head, true));
    if (!ended) {
      ctx.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.NO_ERROR));
    }
  }

  private static Http2Headers head() {
    return new DefaultHttp2Headers()
        .status(HTTP_OK)
        .set(CONTENT_TYPE, GRPC)
        .set(ACCEPTED, ENCODINGS);
  }

  /** The text as {@code grpc-message} carries it: printable ASCII, the rest as {@code %XX}. */
  static String percentEncoded(String text) {
    StringBuilder encoded = new StringBuilder(text.length() + 16);
    for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
      if (each >= ' ' && each <= '~' && each != '%') {
        encoded.append((char) each);
      } else {
        encoded.append('%').append(HexFormat.of().toHexDigits(each).toUpperCase(Locale.ROOT));
      }
    }
    return encoded.toString();
  }
}
