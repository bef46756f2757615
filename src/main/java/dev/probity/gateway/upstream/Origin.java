package dev.probity.gateway.upstream;

import java.net.URI;

/** Where to connect: connections are pooled by this. */
public record Origin(String host, int port, boolean tls) {
  public static Origin of(URI url) {
    boolean tls = "https".equalsIgnoreCase(url.getScheme());
    int port = url.getPort() > 0 ? url.getPort() : tls ? 443 : 80;
    String host = url.getHost();
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    return new Origin(host, port, tls);
  }

  /** The {@code Host} header: the port is left out where it is the scheme's own. */
  public String hostHeader() {
    String name = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    return port == (tls ? 443 : 80) ? name : name + ":" + port;
  }
}
