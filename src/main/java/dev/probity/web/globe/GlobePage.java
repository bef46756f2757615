package dev.probity.web.globe;

import dev.probity.http.Answer;
import dev.probity.http.Call;
import dev.probity.http.Parameters;
import dev.probity.kernel.Clock;
import dev.probity.telemetry.place.Attribution;
import dev.probity.telemetry.place.PlaceSource;
import dev.probity.telemetry.place.Precision;
import dev.probity.telemetry.sessions.TelemetrySums;
import dev.probity.web.Pages;
import dev.probity.web.figures.TimeRange;
import java.util.List;
import java.util.Optional;

/** Where agents are at work. */
public final class GlobePage {
  /** More than this is for the CSV. */
  private static final int MOST_ROWS = 500;

  private final Pages pages;
  private final TelemetrySums sums;
  private final PlaceSource source;
  private final Clock clock;

  GlobePage(Pages pages, TelemetrySums sums, PlaceSource source, Clock clock) {
    this.pages = pages;
    this.sums = sums;
    this.source = source;
    this.clock = clock;
  }

  /**
   * The page's content.
   *
   * @param on whether places are looked up now
   * @param hidden how many further places the CSV has
   * @param files the addresses of what the page's script needs
   */
  public record View(
      boolean on,
      boolean cities,
      TimeRange range,
      List<TimeRange> ranges,
      Metric metric,
      List<PlaceSum> places,
      int hidden,
      String api,
      Optional<Attribution> attribution,
      Files files) {
    public Metric[] metrics() {
      return Metric.values();
    }

    public long countries() {
      return places.stream().map(sum -> sum.place().country()).distinct().count();
    }

    /** A place's share of the largest, 0 to 100. */
    public int share(PlaceSum sum) {
      long largest = metric.of(places.getFirst());
      return largest <= 0 ? 0 : (int) Math.round(100.0 * metric.of(sum) / largest);
    }
  }

  /** Addresses of files. */
  public record Files(String style, String script, String land) {}

  Answer show(Call call) {
    Parameters query = call.query("range", "metric");
    TimeRange range = TimeRange.named(query.oneOf("range", TimeRange.names()).orElse("7d"));
    Metric metric = Metric.named(query.oneOf("metric", Metric.WORDS).orElse("sessions"));
    long from = range.fromMillis(clock.millis());
    long to = range.toMillis(clock.millis());
    List<PlaceSum> places =
        PlaceSum.of(sums.places(call.caller().organization(), from, to), metric);
    List<PlaceSum> shown = places.subList(0, Math.min(places.size(), MOST_ROWS));
    View view =
        new View(
            source.isOn(),
            source.precision() == Precision.CITY,
            range,
            TimeRange.ALL,
            metric,
            shown,
            places.size() - shown.size(),
            "/api/places?from=" + from + "&to=" + to,
            source.attribution(),
            new Files(
                pages.address("globe.css"), pages.address("globe.js"), pages.address("land.json")));
    return pages.page("GlobePage", "Globe", "globe", view);
  }
}
