package dev.probity.telemetry.place;

import dev.probity.telemetry.intake.Places;
import java.io.IOException;
import java.util.Optional;

/**
 * What finds places, and what pages have to say about it.
 *
 * @param attribution what the database's licence asks to be said beside what it found
 */
public record PlaceSource(Places places, Precision precision, Optional<Attribution> attribution) {
  /** Finds nothing. */
  public static final PlaceSource OFF =
      new PlaceSource(address -> Optional.empty(), Precision.OFF, Optional.empty());

  /**
   * Opens what the operator chose. Nothing is loaded where places are off.
   *
   * @throws IOException if the database can't be read; the message is for the operator
   */
  public static PlaceSource open(PlaceSettings settings) throws IOException {
    if (settings.precision() == Precision.OFF) {
      return OFF;
    }
    Countries countries = Countries.read();
    Optional<Attribution> own = settings.attribution().map(text -> new Attribution(text, ""));
    if (settings.file().isEmpty()) {
      return new PlaceSource(
          new BundledPlaces(CountryRanges.bundled(), countries),
          Precision.COUNTRY,
          own.or(() -> Optional.of(Attribution.BUNDLED)));
    }
    MmdbPlaces places = new MmdbPlaces(settings.file().get(), settings.precision(), countries);
    return new PlaceSource(
        places, settings.precision(), own.or(() -> Attribution.ofDatabase(places.names())));
  }

  public boolean isOn() {
    return precision != Precision.OFF;
  }
}
