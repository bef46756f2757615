package dev.probity.server.settings;

import dev.probity.http.AddressRange;
import dev.probity.server.settings.Problems.Place;
import dev.probity.server.settings.Schema.Values;
import dev.probity.server.settings.Type.Many;
import dev.probity.telemetry.place.PlaceSettings;
import dev.probity.telemetry.place.Precision;
import java.nio.file.Path;
import java.util.List;

/** The keys below {@code telemetry} about where reports come from and what they may hold. */
final class PlaceKeys {
  private static final Key<Precision> PLACES =
      Key.of(
          "places",
          Types.choice(Precision.values()),
          "off",
          "Whether the sender's address becomes a country or a city, for the globe. The address"
              + " itself is never kept. Read at the start.");
  private static final Key<Path> FILE =
      Key.optional(
          "places_file",
          new Type.Scalar<>("a path, relative to this file", Path::of),
          "An MMDB database to look in; cities need one. Without it, places: country uses the table"
              + " that is part of Probity. Read at the start.");
  private static final Key<String> ATTRIBUTION =
      Key.optional(
          "places_attribution",
          Types.text("a line of text"),
          "What that database's licence asks to be said on the globe's page. DB-IP's, MaxMind's and"
              + " IP2Location's are known. Read at the start.");
  private static final Key<List<AddressRange>> PROXIES =
      Key.optional(
          "proxies",
          new Many<>(
              new Type.Scalar<>("an address or a range such as 10.0.0.0/8", AddressRange::parse)),
          "Proxies of your own, whose X-Forwarded-For is believed. Read at the start.");
  private static final Key<Boolean> CAPTURE_PROMPTS =
      Key.of(
          "capture_prompts",
          Types.bool(),
          "false",
          "Whether the text of prompts and answers is kept when an agent sends it, redacted first.");

  static final List<Key<?>> ALL = List.of(PLACES, FILE, ATTRIBUTION, PROXIES, CAPTURE_PROMPTS);

  private PlaceKeys() {}

  static PlaceSettings places(Values values) {
    return new PlaceSettings(
        values.get(PLACES), values.optional(FILE), values.optional(ATTRIBUTION));
  }

  static List<AddressRange> proxies(Values values) {
    return values.optional(PROXIES).orElse(List.of());
  }

  static boolean capturePrompts(Values values) {
    return values.get(CAPTURE_PROMPTS);
  }

  /** What is wrong between keys. */
  static void check(PlaceSettings places, Problems problems) {
    if (places.precision() == Precision.CITY && places.file().isEmpty()) {
      problems.add(
          Place.WHOLE_FILE,
          "telemetry: places: city needs a database (expected: places_file: a-city-database.mmdb)");
    }
  }
}
