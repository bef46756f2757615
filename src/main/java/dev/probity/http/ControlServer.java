package dev.probity.http;

import dev.probity.kernel.Secret;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.random.RandomGenerator;

/**
 * The control plane's HTTP server. It listens on the loopback address and serves only what the
 * front door hands on, which proves itself by a secret of this process.
 */
public final class ControlServer implements AutoCloseable {
  /** The header in which the front door shows {@link #doorSecret}. */
  public static final String DOOR_HEADER = "x-probity-door";

  private static final int CONNECTIONS = 2_048;
  private static final int HEAD_BYTES = 64 << 10;

  /**
   * The library announces its starts and stops; held, because a logger nobody holds is forgotten.
   */
  private static final Logger LIBRARY_LOG = Logger.getLogger("io.helidon");

  private final WebServer server;
  private final Secret doorSecret;
  private final List<Route> routes;

  private ControlServer(WebServer server, Secret doorSecret, List<Route> routes) {
    this.server = server;
    this.doorSecret = doorSecret;
    this.routes = List.copyOf(routes);
  }

  /**
   * Starts serving on a free port of 127.0.0.1.
   *
   * @param routes everything it serves; two routes of one method and path are an error
   * @param random a secure source: it makes the door's secret
   */
  public static ControlServer start(
      List<Route> routes,
      Authenticator authenticator,
      ErrorRenderer errors,
      RandomGenerator random) {
    LIBRARY_LOG.setLevel(Level.WARNING);
    Secret doorSecret = new Secret(Tokens.create(random));
    Dispatcher dispatcher =
        new Dispatcher(new RouteTable(routes), new Gate(authenticator), errors, doorSecret, random);
    WebServer server =
        WebServer.builder()
            .address(InetAddress.getLoopbackAddress())
            .port(0)
            .shutdownHook(false)
            .featuresDiscoverServices(false)
            .maxTcpConnections(CONNECTIONS)
            .maxInMemoryEntity(Dispatcher.BODY_BYTES)
            .shutdownGracePeriod(Duration.ofSeconds(1))
            .addProtocol(
                io.helidon.webserver.http1.Http1Config.builder()
                    .maxHeadersSize(HEAD_BYTES)
                    .maxPrologueLength(HEAD_BYTES)
                    .build())
            .routing((HttpRouting.Builder routing) -> routing.any(dispatcher::handle))
            .build()
            .start();
    return new ControlServer(server, doorSecret, routes);
  }

  /** Everything it serves. */
  public List<Route> routes() {
    return routes;
  }

  public int port() {
    return server.port();
  }

  /** What the front door sends in {@link #DOOR_HEADER}; nobody else may know it. */
  public Secret doorSecret() {
    return doorSecret;
  }

  @Override
  public void close() {
    server.stop();
  }
}
