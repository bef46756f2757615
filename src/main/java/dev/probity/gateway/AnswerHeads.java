package dev.probity.gateway;

import dev.probity.kernel.ExchangeId;
import dev.probity.kernel.Refusal;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;

/** The heads of answers, and what Probity adds to them. */
final class AnswerHeads {
  private static final AsciiString EXCHANGE = AsciiString.cached("x-probity-exchange");
  private static final AsciiString ROUTE = AsciiString.cached("x-probity-route");
  private static final AsciiString ACCEL_BUFFERING = AsciiString.cached("x-accel-buffering");

  private AnswerHeads() {}

  /** Names the exchange and its trail in short. */
  static void mark(HttpHeaders headers, ExchangeId id, String route) {
    headers.set(EXCHANGE, id.toString());
    headers.set(ROUTE, route);
  }

  static HttpResponse error(Refusal refusal, DialectErrors errors) {
    HttpResponse response =
        new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(refusal.status()));
    response.headers().set(HttpHeaderNames.CONTENT_TYPE, "application/json");
    errors.headers(refusal).forEach((name, value) -> response.headers().set(name, value));
    return response;
  }

  /** Keeps proxies on the way from gathering a stream. */
  static void unbuffered(HttpHeaders headers) {
    headers.set(ACCEL_BUFFERING, "no");
    if (!headers.contains(HttpHeaderNames.CACHE_CONTROL)) {
      headers.set(HttpHeaderNames.CACHE_CONTROL, "no-cache");
    }
  }
}
