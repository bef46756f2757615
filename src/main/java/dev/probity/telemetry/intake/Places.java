package dev.probity.telemetry.intake;

import dev.probity.telemetry.Place;
import java.net.InetAddress;
import java.util.Optional;

/** Tells where an address is, as coarsely as the operator chose. Keeps no address. */
public interface Places {
  /** Empty for private addresses, for those that nobody knows, and where places are off. */
  Optional<Place> placeOf(InetAddress address);
}
