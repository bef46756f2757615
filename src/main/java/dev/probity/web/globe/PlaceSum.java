package dev.probity.web.globe;

import dev.probity.telemetry.Place;
import dev.probity.telemetry.place.Countries;
import dev.probity.telemetry.sessions.Figure;
import dev.probity.telemetry.sessions.Figures;
import dev.probity.telemetry.sessions.PlaceRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** What went on at one place, whichever agent it was. Templates call these. */
public record PlaceSum(
    Place place, SortedSet<String> agents, long lastSeenMillis, Figures figures) {
  private static final double TENTHS = 10;

  /** Adds up the rows of each place; the one with the most of a metric comes first. */
  static List<PlaceSum> of(List<PlaceRow> rows, Metric metric) {
    Map<Place, PlaceSum> sums = new LinkedHashMap<>();
    for (PlaceRow row : rows) {
      sums.merge(row.place(), of(row), PlaceSum::plus);
    }
    List<PlaceSum> sorted = new ArrayList<>(sums.values());
    sorted.sort(
        Comparator.comparingLong(metric::of)
            .thenComparingLong(PlaceSum::lastSeenMillis)
            .reversed()
            .thenComparing(PlaceSum::label));
    return sorted;
  }

  private static PlaceSum of(PlaceRow row) {
    return new PlaceSum(
        row.place(), new TreeSet<>(List.of(row.agent())), row.lastSeenMillis(), row.figures());
  }

  private PlaceSum plus(PlaceSum other) {
    SortedSet<String> both = new TreeSet<>(agents);
    both.addAll(other.agents);
    return new PlaceSum(
        place, both, Math.max(lastSeenMillis, other.lastSeenMillis), figures.plus(other.figures));
  }

  /** The city, or the country where that is all that is known. */
  public String label() {
    return label(place);
  }

  static String label(Place place) {
    return place.city().isEmpty() ? Countries.name(place.country()) : place.city();
  }

  /** The country of a city; empty for a country. */
  public String country() {
    return place.city().isEmpty() ? "" : Countries.name(place.country());
  }

  /** The same for the same place, here and in the news. */
  public String id() {
    return id(place);
  }

  static String id(Place place) {
    return place.country() + "/" + place.city();
  }

  /** In degrees. */
  public double latitude() {
    return degrees(place.latitude());
  }

  public double longitude() {
    return degrees(place.longitude());
  }

  static double degrees(int tenths) {
    return tenths / TENTHS;
  }

  public long sessions() {
    return figures.get(Figure.SESSIONS);
  }

  public long tokens() {
    return figures.usage().total();
  }

  public long chargeNanoUsd() {
    return figures.get(Figure.CHARGE_NANO_USD);
  }

  public String agentNames() {
    return String.join(", ", agents);
  }
}
