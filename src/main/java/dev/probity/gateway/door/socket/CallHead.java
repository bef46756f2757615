package dev.probity.gateway.door.socket;

import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;

/** The head that a message has as a request of its own: the handshake's, without the handshake. */
final class CallHead {
  private static final String BETA = "openai-beta";

  /** What the beta that stands for sockets is called; the date after it changes. */
  private static final String SOCKETS = "responses_websockets";

  private CallHead() {}

  static HttpRequest of(HttpRequest handshake) {
    HttpHeaders headers = handshake.headers().copy();
    for (String name : List.copyOf(headers.names())) {
      if (name.regionMatches(true, 0, "sec-websocket-", 0, 14)) {
        headers.remove(name);
      }
    }
    headers.remove(HttpHeaderNames.UPGRADE);
    headers.remove(HttpHeaderNames.CONNECTION);
    headers.remove(HttpHeaderNames.ORIGIN);
    String beta = headers.get(BETA);
    if (beta != null) {
      List<String> others =
          List.of(beta.split(",")).stream()
              .map(String::strip)
              .filter(each -> !each.startsWith(SOCKETS) && !each.isEmpty())
              .toList();
      headers.remove(BETA);
      if (!others.isEmpty()) {
        headers.set(BETA, String.join(",", others));
      }
    }
    headers.set(HttpHeaderNames.CONTENT_TYPE, "application/json");
    headers.set(HttpHeaderNames.ACCEPT, "text/event-stream");
    return new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, handshake.uri(), headers);
  }
}
