/**
 * From an address to a country or a city, by a table on this machine, and only if the operator
 * switched it on. An address is looked up and forgotten: it is neither stored nor logged. Start at
 * {@link dev.probity.telemetry.place.PlaceSource}.
 */
@NullMarked
package dev.probity.telemetry.place;

import org.jspecify.annotations.NullMarked;
