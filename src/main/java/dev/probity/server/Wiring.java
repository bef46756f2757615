package dev.probity.server;

import dev.probity.gateway.Gateway;
import dev.probity.gateway.GatewayMetrics;
import dev.probity.gateway.Snapshot;
import dev.probity.gateway.catalog.ConfiguredModels;
import dev.probity.gateway.door.ControlOrigin;
import dev.probity.gateway.door.Door;
import dev.probity.gateway.door.DoorRoutes;
import dev.probity.gateway.door.ModelListPage;
import dev.probity.gateway.log.JournalExchangeLog;
import dev.probity.gateway.routing.HealthBoard;
import dev.probity.gateway.routing.Router;
import dev.probity.gateway.routing.status.LiveRouting;
import dev.probity.gateway.state.ResponseMemory;
import dev.probity.gateway.upstream.Deployment;
import dev.probity.gateway.upstream.DeploymentSettings;
import dev.probity.gateway.upstream.HealthChecks;
import dev.probity.gateway.upstream.Origin;
import dev.probity.gateway.upstream.UpstreamTransport;
import dev.probity.gateway.upstream.simulated.SimulatedProvider;
import dev.probity.http.ControlServer;
import dev.probity.identity.FirstStart;
import dev.probity.identity.KeyRing;
import dev.probity.identity.Keys;
import dev.probity.identity.SignInLinks;
import dev.probity.journal.JournalDrain;
import dev.probity.kernel.Caller;
import dev.probity.kernel.Clock;
import dev.probity.kernel.ExchangeIds;
import dev.probity.kernel.KeyId;
import dev.probity.kernel.OrganizationId;
import dev.probity.kernel.Role;
import dev.probity.kernel.Secret;
import dev.probity.kernel.seal.Sealer;
import dev.probity.pricing.PriceBook;
import dev.probity.pricing.Provider;
import dev.probity.privacy.SafeText;
import dev.probity.privacy.redaction.Redactor;
import dev.probity.server.settings.Settings;
import dev.probity.storage.relational.SqlKeyStore;
import dev.probity.storage.relational.SqlOrganizationStore;
import dev.probity.telemetry.PersonalValues;
import dev.probity.telemetry.dialect.Dialects;
import dev.probity.telemetry.intake.Capture;
import dev.probity.telemetry.intake.RedactedCapture;
import dev.probity.telemetry.place.PlaceSource;
import dev.probity.web.ControlPlane;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Puts everything together, by hand and in one place. Things start in the order in which they stand
 * here, and end in the reverse order.
 */
final class Wiring implements AutoCloseable {
  private static final long DRAIN_MILLIS = 20_000;

  private final Running running = new Running();
  private final HealthBoard health;
  private final Clock clock;
  private final RandomGenerator random;
  private final Stores stores;
  private final KeyRing keyRing;
  private final Keys keys;
  private final SignInLinks signInLinks;
  private final PlaceSource places;
  private final SimulatedProvider simulated;
  private final Gateway gateway;
  private final JournalDrain drain;
  private final CompletableFuture<ControlServer> control = new CompletableFuture<>();
  private final Reporting reporting;
  private final Reporting.Ports reportPorts;
  private final int port;
  private final boolean firstStart;

  /**
   * Starts everything.
   *
   * @param data the data folder; made on first use
   * @param random must be fit for cryptography
   * @throws IOException if a port is taken or a file can't be read
   */
  static Wiring start(
      Settings settings, Path data, Environment environment, Clock clock, RandomGenerator random)
      throws IOException {
    return new Wiring(settings, data, environment, clock, random);
  }

  private Wiring(
      Settings settings, Path data, Environment environment, Clock clock, RandomGenerator random)
      throws IOException {
    this.clock = clock;
    this.random = random;
    this.health = new HealthBoard(clock, random.nextLong(), random.nextLong());
    try {
      // What waits for nothing starts at once, beside the stores.
      UpstreamTransport transport =
          running.closing(
              UpstreamTransport.start(
                  Runtime.getRuntime().availableProcessors(), environment.trustedCertificates()));
      CompletableFuture<SimulatedProvider> simulation =
          beside(() -> SimulatedProvider.start(clock, random));
      CompletableFuture<PriceBook> prices = beside(() -> PriceBook.shipped(settings.prices()));
      keyRing = new KeyRing(environment.adminKey());
      stores = stores(settings, data, environment);

      FirstStart.prepare(new SqlOrganizationStore(stores.control()), clock);
      SqlKeyStore keyStore = new SqlKeyStore(stores.control());
      firstStart = keyStore.list(OrganizationId.FIRST, 1, Optional.empty()).items().isEmpty();
      keys = new Keys(keyStore, keyRing, clock, random);
      signInLinks = new SignInLinks(clock, random);

      places = PlaceSource.open(settings.telemetry().places());
      simulated = running.closing(simulation.join());
      PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
      gateway = gateway(settings, prices.join(), registry);
      drain = stores.begin(running);
      ConfiguredModels models = new ConfiguredModels(gateway::snapshot, clock);
      reporting = reporting(settings, registry);
      Door door = running.closing(new Door(gateway, transport, clock, routes(models, registry)));
      Metrics.register(registry, drain, door);
      port = door.open(settings.door());
      reportPorts = reporting.listen(door, settings);
      running.closing(
          new HealthChecks(
              transport,
              clock,
              () -> gateway.snapshot().router().deployments().values(),
              (deployment, good, what) -> health.checked(deployment.name(), good, what)));

      control.complete(running.closing(controlPlane(settings, models)));
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  private static <T> CompletableFuture<T> beside(Supplier<T> start) {
    return CompletableFuture.supplyAsync(start, Thread::startVirtualThread);
  }

  private Stores stores(Settings settings, Path data, Environment environment) {
    return Stores.open(
        settings, data, environment, clock, random, running, new KeyHolders(keyRing), this::prices);
  }

  private Gateway gateway(Settings settings, PriceBook prices, MeterRegistry registry) {
    return new Gateway(
        keyRing,
        new JournalExchangeLog(stores.journal()),
        new ExchangeIds(clock, 0),
        clock,
        random,
        new SafeText(stores.master().derive("safe text", 32)),
        new GatewayMetrics(registry, clock),
        new Sealer(stores.master().derive("compaction", Sealer.KEY_BYTES), random),
        snapshot(settings, prices));
  }

  private Reporting reporting(Settings settings, MeterRegistry registry) {
    return new Reporting(
        settings,
        stores,
        keyRing,
        gateway,
        Dialects.all(new PersonalValues(stores.master()))::of,
        places.places(),
        new KeyHolders(keyRing),
        capture(settings),
        clock,
        registry);
  }

  /** There is one organization, so the operator's word is its administrator's. */
  private static Optional<Capture> capture(Settings settings) {
    return settings.telemetry().capturePrompts()
        ? Optional.of(new RedactedCapture(_ -> true, new Redactor()::redact))
        : Optional.empty();
  }

  private ControlServer controlPlane(Settings settings, ConfiguredModels models) {
    return ControlPlane.start(
        new ControlPlane.Parts(
            keys,
            keyRing,
            signInLinks,
            stores.exchanges(),
            stores.repricing(),
            stores.feed(),
            stores.telemetry().store(),
            stores.reports(),
            places,
            IntakeFacts.of(settings, reportPorts, reporting),
            models,
            new LiveRouting(gateway::snapshot, stores.exchanges(), clock),
            clock,
            random,
            Version.text()));
  }

  private DoorRoutes routes(ConfiguredModels models, PrometheusMeterRegistry registry) {
    HealthPages health = new HealthPages(() -> control.isDone());
    return new DoorRoutes(
        Routes.modelPaths(),
        Routes.upgrades(),
        reporting.sites(),
        Map.of(
            "/health/live", health.live(),
            "/health/ready", health.ready(),
            "/metrics",
                (headers, uri) ->
                    new DoorRoutes.Text(
                        200, "text/plain; version=0.0.4; charset=utf-8", registry.scrape())),
        new ModelListPage(gateway, models),
        this::controlOrigin,
        new ResponseMemory(clock));
  }

  private Optional<ControlOrigin> controlOrigin() {
    @Nullable ControlServer server = control.getNow(null);
    return server == null
        ? Optional.empty()
        : Optional.of(
            new ControlOrigin(new Origin("127.0.0.1", server.port(), false), server.doorSecret()));
  }

  private Snapshot snapshot(Settings settings, PriceBook prices) {
    Map<String, Deployment> deployments = new LinkedHashMap<>();
    for (DeploymentSettings each : settings.deployments()) {
      deployments.put(each.name(), Deployment.of(simulated(each)));
    }
    return new Snapshot(
        settings.gateway(), new Router(settings.models(), deployments, health), prices);
  }

  /** The simulated provider is where this process started it. */
  private DeploymentSettings simulated(DeploymentSettings settings) {
    return settings.kind() == Provider.SIMULATED
        ? new DeploymentSettings(
            settings.name(),
            settings.kind(),
            simulated.baseUrl(),
            Optional.of(simulated.secret()),
            Optional.empty(),
            settings.dialects(),
            settings.breaker(),
            Optional.empty())
        : settings;
  }

  /** Takes up changed settings without dropping a connection. */
  void reload(Settings settings) {
    gateway.reload(snapshot(settings, PriceBook.shipped(settings.prices())));
  }

  /** Those in force now. */
  private PriceBook prices() {
    return gateway.snapshot().prices();
  }

  int port() {
    return port;
  }

  /** Where agents report. */
  Reporting.Ports reportPorts() {
    return reportPorts;
  }

  /** Whether this data folder is new. */
  boolean isFirstStart() {
    return firstStart;
  }

  /** Issues the key that a new installation starts with. */
  Optional<Secret> firstKey() {
    return keys.create(OrganizationId.FIRST, "first key", Role.OWNER)
            instanceof Keys.Created created
        ? Optional.of(created.key())
        : Optional.empty();
  }

  /** A link that signs its first user in as the owner. */
  URI signInLink(String base) {
    return URI.create(
        base + signInLinks.create(new Caller(OrganizationId.FIRST, KeyId.NONE, Role.OWNER)));
  }

  /** Waits until every exchange so far can be asked for. */
  boolean awaitStored() throws InterruptedException {
    return drain.awaitDrained(DRAIN_MILLIS);
  }

  @Override
  public void close() {
    running.close();
  }
}
