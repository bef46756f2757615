package dev.probity.web;

import static dev.probity.http.Permission.ADMINISTER;
import static dev.probity.http.Route.get;
import static dev.probity.http.Route.post;

import dev.probity.gateway.log.UsageApi;
import dev.probity.http.Route;
import dev.probity.web.connect.ConnectPage;
import dev.probity.web.health.HealthApi;
import dev.probity.web.health.HealthPage;
import dev.probity.web.sessions.LiveSessions;
import dev.probity.web.sessions.PeopleApi;
import dev.probity.web.sessions.SessionPage;
import dev.probity.web.sessions.SessionsApi;
import dev.probity.web.sessions.SessionsPage;
import dev.probity.web.sessions.TelemetryUsageApi;
import java.util.List;

/** The routes of what agents report, with the permission they need. */
final class TelemetryRoutes {
  private TelemetryRoutes() {}

  static List<Route> of(ControlPlane.Parts parts, Pages pages) {
    SessionsApi sessionsApi = new SessionsApi(parts.telemetry(), parts.exchanges());
    TelemetryUsageApi usage =
        new TelemetryUsageApi(parts.telemetry(), new UsageApi(parts.exchanges()), parts.clock());
    SessionsPage sessions = new SessionsPage(pages, parts.telemetry(), parts.clock());
    SessionPage session =
        new SessionPage(pages, parts.telemetry(), parts.exchanges(), parts.keys());
    LiveSessions live =
        new LiveSessions(pages, sessions, parts.telemetry(), parts.reports(), parts.clock());
    HealthPage health =
        new HealthPage(pages, parts.telemetry(), parts.intake(), parts.keys(), parts.clock());
    ConnectPage connect = new ConnectPage(pages, parts.catalog(), parts.keys(), parts.intake());
    return List.of(
        get("/api/sessions", ADMINISTER, sessionsApi::list),
        get("/api/sessions/{id}", ADMINISTER, sessionsApi::find),
        get("/api/usage", ADMINISTER, usage::sum),
        get(
            "/api/telemetry/health",
            ADMINISTER,
            new HealthApi(parts.telemetry(), parts.intake(), parts.clock())::show),
        get("/api/people", ADMINISTER, new PeopleApi(parts.telemetry().people())::list),
        get("/sessions", ADMINISTER, sessions::show),
        get("/sessions/live", ADMINISTER, live::rows),
        get("/sessions/{id}", ADMINISTER, session::show),
        get("/telemetry", ADMINISTER, health::show),
        get("/telemetry/live", ADMINISTER, live::reports),
        get("/connect", ADMINISTER, connect::show),
        post("/connect", ADMINISTER, connect::create));
  }
}
