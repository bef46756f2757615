package dev.probity.web;

import static dev.probity.http.Permission.ADMINISTER;
import static dev.probity.http.Permission.ANYONE;
import static dev.probity.http.Route.delete;
import static dev.probity.http.Route.get;
import static dev.probity.http.Route.post;

import dev.probity.gateway.catalog.ModelsApi;
import dev.probity.gateway.log.ExchangesApi;
import dev.probity.http.Route;
import dev.probity.identity.KeysApi;
import dev.probity.identity.SignInApi;
import dev.probity.web.overview.OverviewPage;
import java.util.List;

/** Every route of the control plane with the permission it needs. */
final class ControlRoutes {
  private ControlRoutes() {}

  static List<Route> api(
      KeysApi keys, SignInApi signIn, ExchangesApi exchanges, ModelsApi models, OpenApi openApi) {
    return List.of(
        get("/api/keys", ADMINISTER, keys::list),
        post("/api/keys", ADMINISTER, keys::create),
        delete("/api/keys/{id}", ADMINISTER, keys::revoke),
        get("/api/exchanges", ADMINISTER, exchanges::list),
        get("/api/exchanges/{id}", ADMINISTER, exchanges::find),
        get("/api/models", ADMINISTER, models::list),
        post("/api/sign-in-links", ADMINISTER, signIn::create),
        get("/api/openapi.json", ANYONE, openApi::show));
  }

  static List<Route> pages(
      OverviewPage overview,
      ExchangesPage exchanges,
      LiveExchanges live,
      ExchangePage exchange,
      ModelsPage models,
      KeysPage keys,
      SignInPage signIn) {
    return List.of(
        get("/", ADMINISTER, overview::show),
        get("/exchanges", ADMINISTER, exchanges::show),
        get("/exchanges/live", ADMINISTER, live::stream),
        get("/exchanges/{id}", ADMINISTER, exchange::show),
        get("/models", ADMINISTER, models::show),
        get("/keys", ADMINISTER, keys::show),
        post("/keys", ADMINISTER, keys::create),
        get("/keys/{id}/revoke", ADMINISTER, keys::askToRevoke),
        post("/keys/{id}/revoke", ADMINISTER, keys::revoke),
        get("/sign-in", ANYONE, signIn::show),
        get("/sign-in/{token}", ANYONE, signIn::redeem),
        post("/sign-out", ANYONE, signIn::signOut));
  }
}
