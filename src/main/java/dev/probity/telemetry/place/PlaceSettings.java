package dev.probity.telemetry.place;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What the operator chose about places.
 *
 * @param file an MMDB database to look in; without one, the bundled table of countries
 * @param attribution what the database's licence asks to be said, where it is not known by itself
 */
public record PlaceSettings(
    Precision precision, Optional<Path> file, Optional<String> attribution) {
  /** Nothing is looked up. */
  public static final PlaceSettings OFF =
      new PlaceSettings(Precision.OFF, Optional.empty(), Optional.empty());
}
