package dev.probity.telemetry.place;

import dev.probity.telemetry.Place;
import dev.probity.telemetry.intake.Places;
import java.net.InetAddress;
import java.util.Optional;

/** Countries by the table that is part of the product. */
final class BundledPlaces implements Places {
  private final CountryRanges ranges;
  private final Countries countries;

  BundledPlaces(CountryRanges ranges, Countries countries) {
    this.ranges = ranges;
    this.countries = countries;
  }

  @Override
  public Optional<Place> placeOf(InetAddress address) {
    return PublicAddresses.contain(address)
        ? ranges.countryOf(address).flatMap(countries::middle)
        : Optional.empty();
  }
}
