package dev.probity.testing;

import dev.probity.gateway.Dialect;
import dev.probity.gateway.Exchange;
import dev.probity.gateway.ExchangeLog;
import dev.probity.gateway.Gateway;
import dev.probity.gateway.GatewayMetrics;
import dev.probity.gateway.GatewaySettings;
import dev.probity.gateway.Snapshot;
import dev.probity.gateway.door.Door;
import dev.probity.gateway.door.DoorRoutes;
import dev.probity.gateway.door.DoorSettings;
import dev.probity.gateway.door.ModelPaths;
import dev.probity.gateway.door.Site;
import dev.probity.gateway.door.socket.ResponseSockets;
import dev.probity.gateway.routing.HealthBoard;
import dev.probity.gateway.routing.ModelSettings;
import dev.probity.gateway.routing.ModelSettings.RouteSettings;
import dev.probity.gateway.routing.Router;
import dev.probity.gateway.state.ResponseMemory;
import dev.probity.gateway.upstream.Deployment;
import dev.probity.gateway.upstream.DeploymentSettings;
import dev.probity.gateway.upstream.UpstreamTransport;
import dev.probity.identity.HeapKeyStore;
import dev.probity.identity.KeyRing;
import dev.probity.identity.Keys;
import dev.probity.kernel.Clock;
import dev.probity.kernel.ExchangeIds;
import dev.probity.kernel.Secret;
import dev.probity.kernel.seal.Sealer;
import dev.probity.pricing.PriceBook;
import dev.probity.pricing.Provider;
import dev.probity.privacy.SafeText;
import dev.probity.server.RoutesAccess;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The gateway alone, on a free port, with a log that is a list: for tests of what passes through
 * it.
 */
public final class GatewayFixture implements AutoCloseable {
  public static final String KEY = "an-owner-key-for-tests-only";

  private final UpstreamTransport transport;
  private final Door door;
  private final int port;
  private final List<Exchange> exchanges;
  private final Keys keys;

  private GatewayFixture(
      UpstreamTransport transport, Door door, int port, List<Exchange> exchanges, Keys keys) {
    this.keys = keys;
    this.transport = transport;
    this.door = door;
    this.port = port;
    this.exchanges = exchanges;
  }

  public static Builder builder() {
    return new Builder();
  }

  public int port() {
    return port;
  }

  /** Keys beside {@link #KEY}, which can be revoked. */
  public Keys keys() {
    return keys;
  }

  public Door door() {
    return door;
  }

  /** Waits until so many exchanges are on record, and returns all. */
  public List<Exchange> exchanges(int count) throws InterruptedException {
    synchronized (exchanges) {
      long end = System.nanoTime() + 20_000_000_000L;
      while (exchanges.size() < count && System.nanoTime() < end) {
        exchanges.wait(50);
      }
    }
    return List.copyOf(exchanges);
  }

  public Exchange exchange() throws InterruptedException {
    return exchanges(1).getFirst();
  }

  @Override
  public void close() {
    door.close();
    transport.close();
  }

  /**
   * Puts a gateway together; each deployment serves the models that begin with its name, or all if
   * it is the only one.
   */
  public static final class Builder {
    private final Map<String, Deployment> deployments = new LinkedHashMap<>();
    private final List<RouteSettings> routes = new ArrayList<>();
    private GatewaySettings settings = GatewaySettings.DEFAULT;
    private Optional<DoorSettings.Tls> tls = Optional.empty();
    private Optional<Path> trust = Optional.empty();
    private boolean room = true;
    private OptionalLong hedgeAfterMillis = OptionalLong.empty();
    private Clock clock = Clock.system();
    private Map<String, Site> sites = Map.of();

    public Builder deployment(String name, Provider kind, URI url) {
      return deployment(name, kind, url, "*", routes.size());
    }

    /** Deployments are tried in the order of their priorities. */
    public Builder deployment(String name, Provider kind, URI url, String model, int priority) {
      return deployment(name, kind, url, model, priority, DeploymentSettings.usualDialects(kind));
    }

    private Builder deployment(
        String name, Provider kind, URI url, String model, int priority, List<Dialect> dialects) {
      deployments.put(
          name,
          Deployment.of(
              new DeploymentSettings(
                  name,
                  kind,
                  url,
                  Optional.of(new Secret("provider-key-of-" + name)),
                  Optional.empty(),
                  dialects)));
      routes.add(new RouteSettings(name, model, 1, priority));
      return this;
    }

    /** One that speaks a single dialect, so that clients of the others are translated. */
    public Builder deployment(String name, Provider kind, URI url, Dialect dialect) {
      return deployment(name, kind, url, "*", routes.size(), List.of(dialect));
    }

    public Builder settings(GatewaySettings changed) {
      settings = changed;
      return this;
    }

    public Builder tls(DoorSettings.Tls files) {
      tls = Optional.of(files);
      return this;
    }

    /** Certificates to trust for upstreams. */
    public Builder trust(Path pem) {
      trust = Optional.of(pem);
      return this;
    }

    /** Paths that others serve. */
    public Builder sites(Map<String, Site> byPath) {
      sites = byPath;
      return this;
    }

    public Builder clock(Clock other) {
      clock = other;
      return this;
    }

    /** A second deployment is asked beside a slow one. */
    public Builder hedgeAfter(long millis) {
      hedgeAfterMillis = OptionalLong.of(millis);
      return this;
    }

    public Builder logFull() {
      room = false;
      return this;
    }

    public GatewayFixture start() throws IOException {
      List<Exchange> exchanges = new CopyOnWriteArrayList<>();
      UpstreamTransport transport = UpstreamTransport.start(2, trust);
      KeyRing ring = new KeyRing(Optional.of(new Secret(KEY)));
      Keys keys = new Keys(new HeapKeyStore(), ring, clock, new Random(2));
      Gateway gateway =
          new Gateway(
              ring,
              log(exchanges),
              new ExchangeIds(clock, 0),
              clock,
              new Random(1),
              new SafeText(new byte[32]),
              new GatewayMetrics(new SimpleMeterRegistry(), clock),
              new Sealer(new byte[Sealer.KEY_BYTES], new Random(3)),
              new Snapshot(
                  settings,
                  new Router(List.of(model()), deployments, new HealthBoard()),
                  PriceBook.shipped(List.of())));
      ResponseMemory memory = new ResponseMemory(clock);
      Door door =
          new Door(
              gateway,
              transport,
              clock,
              new DoorRoutes(
                  paths(),
                  Map.of("/v1/responses", new ResponseSockets()),
                  sites,
                  Map.of(
                      "/health/live",
                      (headers, uri) -> new DoorRoutes.Text(200, "text/plain", "ok")),
                  (headers, uri) -> new DoorRoutes.Text(200, "application/json", "{}"),
                  Optional::empty,
                  memory));
      int port = door.open(new DoorSettings("127.0.0.1", 0, tls));
      return new GatewayFixture(transport, door, port, exchanges, keys);
    }

    private ModelSettings model() {
      ModelSettings usual = new ModelSettings("*", routes);
      return new ModelSettings(
          usual.name(),
          usual.aliases(),
          usual.policy(),
          usual.affinity(),
          routes,
          hedgeAfterMillis);
    }

    private ExchangeLog log(List<Exchange> exchanges) {
      return new ExchangeLog() {
        @Override
        public boolean hasRoom() {
          return room;
        }

        @Override
        public void append(Exchange exchange) {
          synchronized (exchanges) {
            exchanges.add(exchange);
            exchanges.notifyAll();
          }
        }
      };
    }

    private static ModelPaths paths() {
      return new ModelPaths(RoutesAccess.modelPaths(), List.of("/openai", "/anthropic", "/genai"));
    }
  }
}
