package dev.probity.web.connect;

import dev.probity.http.Origin;
import dev.probity.web.health.Intake;
import java.util.OptionalInt;

/**
 * Where reports go, as an exporter is told.
 *
 * @param http such as {@code https://ai.example.org:4318}; the front door, where it has no port of
 *     its own
 * @param grpc such as {@code https://ai.example.org:4317}; empty if it is not served
 */
record Collector(String http, String grpc) {
  static Collector of(Origin origin, Intake intake) {
    String scheme = intake.tls() ? "https" : "http";
    String host = withoutPort(origin.host());
    String http = address(scheme, host, intake.httpPort());
    return new Collector(
        http.isEmpty() ? origin.toString() : http, address(scheme, host, intake.grpcPort()));
  }

  private static String address(String scheme, String host, OptionalInt port) {
    return port.isPresent() ? scheme + "://" + host + ":" + port.getAsInt() : "";
  }

  /** Of {@code name:port}, {@code [::1]:port} and the same without a port. */
  static String withoutPort(String host) {
    int colon = host.lastIndexOf(':');
    return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
  }
}
