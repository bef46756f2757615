package dev.probity.telemetry;

/**
 * Where a session is, as coarse as it is useful: a city or a country.
 *
 * @param country two-letter code, ISO 3166-1
 * @param city empty if only the country is known
 * @param latitude of the city (or the country's middle), in tenths of a degree
 * @param longitude likewise
 */
public record Place(String country, String city, int latitude, int longitude) {}
