package dev.probity.web.office;

import static dev.probity.http.Permission.ADMINISTER;
import static dev.probity.http.Route.get;

import dev.probity.http.Route;
import dev.probity.kernel.Clock;
import dev.probity.kernel.Feed;
import dev.probity.telemetry.Stored;
import dev.probity.telemetry.office.LiveOffice;
import dev.probity.telemetry.sessions.TelemetryStore;
import dev.probity.web.Pages;
import java.util.List;

/** Every route of the live office with the permission it needs. */
public final class OfficeRoutes {
  private OfficeRoutes() {}

  public static List<Route> of(
      Pages pages, TelemetryStore telemetry, Feed<Stored> reports, Clock clock) {
    LiveOffice office = new LiveOffice(telemetry.sessions(), reports, clock);
    OfficeApi api = new OfficeApi(office, telemetry.people());
    OfficePage page = new OfficePage(pages, office, telemetry.people());
    OfficeStream stream = new OfficeStream(pages, office, telemetry.people(), clock);
    return List.of(
        get("/api/office", ADMINISTER, api::list),
        get("/api/office/replay", ADMINISTER, api::replay),
        get("/office", ADMINISTER, page::show),
        get("/office/live", ADMINISTER, stream::stream));
  }
}
