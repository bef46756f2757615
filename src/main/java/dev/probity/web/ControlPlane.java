package dev.probity.web;

import static dev.probity.http.Permission.ADMINISTER;
import static dev.probity.http.Route.get;
import static dev.probity.http.Route.post;

import dev.probity.gateway.Exchange;
import dev.probity.gateway.ExchangeQuery;
import dev.probity.gateway.catalog.ModelCatalog;
import dev.probity.gateway.catalog.ModelsApi;
import dev.probity.gateway.log.ExchangesApi;
import dev.probity.gateway.log.RoutingApi;
import dev.probity.gateway.repricing.ExchangeRepricing;
import dev.probity.gateway.repricing.RepricingApi;
import dev.probity.gateway.routing.status.RoutingStatus;
import dev.probity.http.ControlServer;
import dev.probity.http.Route;
import dev.probity.identity.Credentials;
import dev.probity.identity.KeyRing;
import dev.probity.identity.Keys;
import dev.probity.identity.KeysApi;
import dev.probity.identity.Sessions;
import dev.probity.identity.SignInApi;
import dev.probity.identity.SignInLinks;
import dev.probity.kernel.Clock;
import dev.probity.kernel.Feed;
import dev.probity.telemetry.Stored;
import dev.probity.telemetry.place.PlaceSource;
import dev.probity.telemetry.sessions.TelemetryStore;
import dev.probity.web.globe.GlobeRoutes;
import dev.probity.web.health.Intake;
import dev.probity.web.office.OfficeRoutes;
import dev.probity.web.overview.OverviewPage;
import dev.probity.web.routing.RoutingPage;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** The control plane: pages and JSON API, put together. */
public final class ControlPlane {
  private ControlPlane() {}

  /**
   * What the control plane shows and changes.
   *
   * @param repricing charges the request log again
   * @param telemetry what agents reported
   * @param reports tells of what they are reporting now
   * @param places how it is found where they are sent from
   * @param intake how reports are taken in
   * @param routing how the deployments are
   * @param random a secure source
   * @param version the product's
   */
  public record Parts(
      Keys keys,
      KeyRing keyRing,
      SignInLinks signInLinks,
      ExchangeQuery exchanges,
      ExchangeRepricing repricing,
      Feed<Exchange> feed,
      TelemetryStore telemetry,
      Feed<Stored> reports,
      PlaceSource places,
      Intake intake,
      ModelCatalog catalog,
      RoutingStatus routing,
      Clock clock,
      RandomGenerator random,
      String version) {}

  /** Starts serving on a free port of the loopback address, behind the front door. */
  public static ControlServer start(Parts parts) {
    Sessions sessions = new Sessions(parts.clock, parts.random);
    Pages pages = new Pages(parts.version);
    SignInPage signIn = new SignInPage(pages, parts.signInLinks, sessions);
    return ControlServer.start(
        routes(parts, pages, signIn),
        new Credentials(parts.keyRing, sessions),
        new ErrorPage(pages, signIn),
        parts.random);
  }

  private static List<Route> routes(Parts parts, Pages pages, SignInPage signIn) {
    ExchangesPage exchanges =
        new ExchangesPage(pages, parts.exchanges, parts.catalog, parts.keys, parts.clock);
    List<Route> routes = new ArrayList<>();
    routes.addAll(
        ControlRoutes.api(
            new KeysApi(parts.keys),
            new SignInApi(parts.signInLinks, parts.clock),
            new ExchangesApi(parts.exchanges),
            new ModelsApi(parts.catalog),
            new OpenApi(parts.version)));
    routes.addAll(
        ControlRoutes.pages(
            new OverviewPage(pages, parts.exchanges, parts.telemetry, parts.keys, parts.clock),
            exchanges,
            new LiveExchanges(pages, exchanges, parts.feed, parts.keys, parts.clock),
            new ExchangePage(pages, parts.exchanges, parts.catalog, parts.keys),
            new ModelsPage(pages, parts.catalog),
            new KeysPage(pages, parts.keys),
            signIn));
    routes.addAll(
        GlobeRoutes.all(pages, parts.telemetry.sums(), parts.reports, parts.places, parts.clock));
    routes.addAll(TelemetryRoutes.of(parts, pages));
    routes.add(post("/api/reprice", ADMINISTER, new RepricingApi(parts.repricing)::reprice));
    routes.add(get("/api/routing", ADMINISTER, new RoutingApi(parts.routing)::show));
    routes.add(
        get("/routing", ADMINISTER, new RoutingPage(pages, parts.routing, parts.clock)::show));
    routes.addAll(OfficeRoutes.of(pages, parts.telemetry, parts.reports, parts.clock));
    routes.add(pages.files());
    return routes;
  }
}
