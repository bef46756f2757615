package dev.probity.web;

import dev.probity.gateway.Exchange;
import dev.probity.gateway.ExchangeQuery;
import dev.probity.gateway.HeapExchanges;
import dev.probity.gateway.catalog.ModelCatalog;
import dev.probity.gateway.repricing.HeapRepricing;
import dev.probity.http.ControlServer;
import dev.probity.identity.FirstStart;
import dev.probity.identity.HeapKeyStore;
import dev.probity.identity.KeyRing;
import dev.probity.identity.Keys;
import dev.probity.identity.SignInLinks;
import dev.probity.kernel.Caller;
import dev.probity.kernel.Feed;
import dev.probity.kernel.KeyId;
import dev.probity.kernel.OrganizationId;
import dev.probity.kernel.Role;
import dev.probity.kernel.Secret;
import dev.probity.pricing.Provider;
import dev.probity.telemetry.SessionReport;
import dev.probity.telemetry.Stored;
import dev.probity.telemetry.place.PlaceSource;
import dev.probity.telemetry.sessions.HeapTelemetry;
import dev.probity.telemetry.sessions.SampleTelemetry;
import dev.probity.telemetry.sessions.SessionRow;
import dev.probity.testing.FixedClock;
import dev.probity.testing.HttpCalls;
import dev.probity.web.health.Intake;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The whole control plane over stores on the heap. */
final class TestPlane implements AutoCloseable {
  static final String OPERATOR = "an-operators-key-of-some-length";

  final FixedClock clock = new FixedClock();
  final HeapExchanges exchanges = new HeapExchanges();
  final HeapRepricing repricing = new HeapRepricing(exchanges);
  final Feed<Exchange> feed = new Feed<>(Exchange::organization);
  final HeapTelemetry telemetry = new HeapTelemetry();
  final Feed<Stored> reports = new Feed<>(Stored::organization);
  final PlaceSource places;
  final KeyRing ring = new KeyRing(Optional.of(new Secret(OPERATOR)));
  final SignInLinks links = new SignInLinks(clock, new SecureRandom());
  final Keys keys;
  final ControlServer server;
  private final SampleLog sample;

  /** Nothing configured, nothing logged. */
  static TestPlane empty() {
    return new TestPlane(List.of(), 0, PlaceSource.OFF);
  }

  /** Some keys and a month of exchanges. */
  static TestPlane full() {
    return new TestPlane(
        List.of("Ada's laptop", "build server", "support chat, production, eu-central"),
        900,
        PlaceSource.OFF);
  }

  /** Nothing but the way in which places are found. */
  public static TestPlane withPlaces(PlaceSource places) {
    return new TestPlane(List.of(), 0, places);
  }

  private TestPlane(List<String> keyNames, int count, PlaceSource places) {
    this.places = places;
    HeapKeyStore store = new HeapKeyStore();
    FirstStart.prepare(store, clock);
    keys = new Keys(store, ring, clock, new SecureRandom());
    List<KeyId> ids = new ArrayList<>();
    for (String name : keyNames) {
      clock.advance(java.time.Duration.ofSeconds(1));
      ids.add(create(name, Role.MEMBER).record().id());
    }
    sample = new SampleLog(clock, ids.isEmpty() ? List.of(KeyId.ENVIRONMENT) : ids);
    sample.exchanges(count, 30).forEach(exchanges::add);
    if (count > 0) {
      SampleTelemetry.fill(telemetry, clock.millis(), ids);
    }
    server =
        ControlPlane.start(
            new ControlPlane.Parts(
                keys,
                ring,
                links,
                exchanges,
                repricing,
                feed,
                telemetry.store(),
                reports,
                places,
                Intake.USUAL,
                count > 0 ? sample : new NoModels(),
                count > 0
                    ? SampleRouting.of(exchanges, clock)
                    : SampleRouting.none(exchanges, clock),
                clock,
                new SecureRandom(),
                "0.1.0-test"));
  }

  Keys.Created create(String name, Role role) {
    return (Keys.Created) keys.create(OrganizationId.FIRST, name, role);
  }

  /** An exchange that ends now: it is in the log, and those who look on are told. */
  Exchange exchangeNow() {
    Exchange exchange = sample.exchange(clock.millis());
    exchanges.add(exchange);
    feed.publish(List.of(exchange));
    return exchange;
  }

  /** An exchange of an agent's session, whose answer had this id. */
  Exchange exchangeOf(String session, String providerRequestId) {
    Exchange made = sample.exchange(clock.millis());
    Exchange exchange =
        new Exchange(
            made.id(),
            made.organization(),
            made.key(),
            made.operation(),
            made.requestedModel(),
            made.resolvedModel(),
            made.provider(),
            made.deployment(),
            made.status(),
            made.outcome(),
            made.error(),
            made.usage(),
            made.usageSource(),
            made.charge(),
            made.latencyMillis(),
            made.ttftMillis(),
            made.stream(),
            made.requestBytes(),
            made.responseBytes(),
            Optional.of(session),
            Optional.of(providerRequestId),
            made.trail());
    exchanges.add(exchange);
    return exchange;
  }

  /** An agent reports a session anew: it is in the store, and those who look on are told. */
  void reportNow(SessionRow session) {
    telemetry.sessions.removeIf(row -> row.ref() == session.ref());
    telemetry.sessions.add(session);
    reports.publish(
        List.of(
            new Stored(
                session.organization(),
                session.key(),
                session.ref(),
                session.person(),
                session.place(),
                new SessionReport(
                    session.facts(), Provider.ANTHROPIC, List.of(), List.of(), List.of()))));
  }

  List<Exchange> newest(int count) {
    return exchanges
        .list(OrganizationId.FIRST, ExchangeQuery.Filter.ALL, count, Optional.empty())
        .items();
  }

  String signInPath() {
    return links.create(new Caller(OrganizationId.FIRST, KeyId.NONE, Role.OWNER));
  }

  /** What the front door adds to every request. */
  Map<String, String> doorHeaders() {
    return Map.of(
        ControlServer.DOOR_HEADER,
        server.doorSecret().reveal(),
        "x-forwarded-host",
        "127.0.0.1:" + server.port(),
        "x-forwarded-proto",
        "http");
  }

  /** Calls through the door without credentials. */
  HttpCalls anonymous() {
    return new HttpCalls(server.port(), doorHeaders());
  }

  /** Calls with the operator's key. */
  HttpCalls owner() {
    return anonymous().with("authorization", "Bearer " + OPERATOR);
  }

  @Override
  public void close() {
    server.close();
  }

  private static final class NoModels implements ModelCatalog {
    @Override
    public List<ModelEntry> models() {
      return List.of();
    }

    @Override
    public Optional<PriceLine> priceOf(Exchange exchange) {
      return Optional.empty();
    }
  }
}
