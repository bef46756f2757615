package dev.probity.gateway.call;

import dev.probity.gateway.DialectErrors;
import dev.probity.kernel.ExchangeId;
import dev.probity.kernel.Refusal;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import java.util.List;
import java.util.OptionalLong;

/** The heads of answers, and what Probity adds to them. */
final class AnswerHeads {
  private static final AsciiString EXCHANGE = AsciiString.cached("x-probity-exchange");
  private static final AsciiString ROUTE = AsciiString.cached("x-probity-route");
  private static final AsciiString DEGRADED = AsciiString.cached("x-probity-degraded");
  private static final AsciiString ACCEL_BUFFERING = AsciiString.cached("x-accel-buffering");

  private AnswerHeads() {}

  /** Names the exchange and its trail in short. */
  static void mark(HttpHeaders headers, ExchangeId id, String route) {
    headers.set(EXCHANGE, id.toString());
    headers.set(ROUTE, route);
  }

  /** Says what was lost in translation. */
  static void degraded(HttpHeaders headers, List<String> words) {
    if (!words.isEmpty()) {
      headers.set(DEGRADED, String.join(", ", words));
    }
  }

  /** Says how long to wait, in whole seconds. */
  static void retryAfter(HttpHeaders headers, OptionalLong millis) {
    if (millis.isPresent()) {
      headers.set(HttpHeaderNames.RETRY_AFTER, (millis.getAsLong() + 999) / 1000);
    }
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
