package dev.probity.web.globe;

import static dev.probity.http.Permission.ADMINISTER;
import static dev.probity.http.Route.get;

import dev.probity.http.Route;
import dev.probity.kernel.Clock;
import dev.probity.kernel.Feed;
import dev.probity.telemetry.Stored;
import dev.probity.telemetry.place.PlaceSource;
import dev.probity.telemetry.sessions.TelemetrySums;
import dev.probity.web.Pages;
import java.util.List;

/** The routes of the globe, its news, and the API behind it. */
public final class GlobeRoutes {
  private GlobeRoutes() {}

  /**
   * All of them.
   *
   * @param reports tells what is happening now
   * @param source how places are found, for what the page has to say about it
   */
  public static List<Route> all(
      Pages pages, TelemetrySums sums, Feed<Stored> reports, PlaceSource source, Clock clock) {
    return List.of(
        get("/globe", ADMINISTER, new GlobePage(pages, sums, source, clock)::show),
        get("/globe/live", ADMINISTER, new LivePlaces(reports, clock)::stream),
        get("/api/places", ADMINISTER, new PlacesApi(sums, clock)::list));
  }
}
