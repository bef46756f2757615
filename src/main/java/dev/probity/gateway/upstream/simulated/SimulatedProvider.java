package dev.probity.gateway.upstream.simulated;

import dev.probity.gateway.upstream.simulated.script.Fault;
import dev.probity.gateway.upstream.simulated.script.Faults;
import dev.probity.gateway.upstream.simulated.script.Ids;
import dev.probity.gateway.upstream.simulated.script.Rejection;
import dev.probity.kernel.Clock;
import dev.probity.kernel.Secret;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http1.Http1Config;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * A provider that needs no account: an HTTP server on a free loopback port, inside this process,
 * which answers at the vendors' own paths in the vendors' own formats. Its answers depend on the
 * request alone; {@code script.Directives} has the language in which a prompt can say what the
 * model shall do, and {@link Fault} lists what the header {@code x-simulate} can make go wrong.
 *
 * <p>Other users of the machine can reach the port, so it serves only requests that carry {@link
 * #secret()} in {@link #SECRET_HEADER}, or where a vendor takes its key: so it can stand in for any
 * of them.
 */
public final class SimulatedProvider implements AutoCloseable {
  /** The header that holds {@link #secret()}. */
  public static final String SECRET_HEADER = "x-probity-simulated";

  /** The header that asks for faults: {@code key=value;key=value}. */
  public static final String FAULTS_HEADER = "x-simulate";

  /** The largest request body; a larger one is answered with 413. */
  public static final int MAX_BODY_BYTES = 64 << 20;

  private final WebServer server;
  private final Pause pause;
  private final Secret secret;

  private SimulatedProvider(WebServer server, Pause pause, Secret secret) {
    this.server = server;
    this.pause = pause;
    this.secret = secret;
  }

  /** Starts a provider that works as well as it can. */
  public static SimulatedProvider start(Clock clock, RandomGenerator random) {
    return start(clock, random, "");
  }

  /**
   * Starts a provider.
   *
   * @param random for the secret and for ids: a secure one
   * @param faults for every answer that does not ask for others, as in {@link #FAULTS_HEADER}
   * @throws IllegalArgumentException if the faults are none that there are
   */
  public static SimulatedProvider start(Clock clock, RandomGenerator random, String faults) {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    Secret secret = new Secret(HexFormat.of().formatHex(bytes));
    Ids ids = new Ids(random.nextLong());
    Pause pause = new Pause();
    Origin origin =
        new Origin(
            secret,
            new Endpoints(clock, ids),
            ids,
            new RequestCount(clock),
            defaults(faults),
            pause);
    WebServer server =
        WebServer.builder()
            .bindAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .shutdownHook(false)
            .featuresDiscoverServices(false)
            .protocolsDiscoverServices(false)
            // A fault puts garbage in the head; nothing else there comes from a request.
            .addProtocol(Http1Config.builder().validateResponseHeaders(false).build())
            .shutdownGracePeriod(Duration.ofMillis(100))
            .connectionOptions(options -> options.tcpNoDelay(true))
            .routing(routing -> routing.any(origin))
            .build()
            .start();
    return new SimulatedProvider(server, pause, secret);
  }

  /** Where it listens, such as {@code http://127.0.0.1:40123}, without a path. */
  public URI baseUrl() {
    return URI.create("http://127.0.0.1:" + server.port());
  }

  /** What {@link #SECRET_HEADER} must hold. */
  public Secret secret() {
    return secret;
  }

  /** Stops at once; answers that are under way break off. */
  @Override
  public void close() {
    pause.close();
    server.stop();
  }

  private static Faults defaults(String faults) {
    try {
      return Faults.parse(faults);
    } catch (Rejection unknown) {
      throw new IllegalArgumentException(unknown.message(), unknown);
    }
  }
}
