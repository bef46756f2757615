package dev.probity.gateway.door;

import dev.probity.gateway.upstream.Origin;
import dev.probity.kernel.Secret;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/**
 * The control plane's server as the door reaches it.
 *
 * @param secret what shows the control plane that a request came through the door
 */
public record ControlOrigin(Origin origin, Secret secret) {

  /**
   * Turns a client's headers into those of a request to the control plane. What a client claims
   * about proxies is not believed.
   */
  void prepare(HttpHeaders headers, SocketAddress client, boolean tls) {
    String host = headers.get(HttpHeaderNames.HOST, "");
    for (String name :
        new String[] {
          "connection", "keep-alive", "upgrade", "te", "expect", "forwarded", "x-real-ip"
        }) {
      headers.remove(name);
    }
    headers.set(
        "x-forwarded-for",
        client instanceof InetSocketAddress ip ? ip.getAddress().getHostAddress() : "");
    headers.set("x-forwarded-proto", tls ? "https" : "http");
    headers.set("x-forwarded-host", host);
    headers.set("x-probity-door", secret.reveal());
    headers.set(HttpHeaderNames.HOST, origin.hostHeader());
  }

  static void cleanAnswer(HttpHeaders headers) {
    headers.remove(HttpHeaderNames.CONNECTION);
    headers.remove("keep-alive");
    headers.remove(HttpHeaderNames.TRANSFER_ENCODING);
  }
}
