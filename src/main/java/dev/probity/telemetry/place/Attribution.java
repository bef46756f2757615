package dev.probity.telemetry.place;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a database's licence asks to be said on pages that show what it knows.
 *
 * @param link where it leads; empty if nowhere
 */
public record Attribution(String text, String link) {
  static final Attribution BUNDLED =
      new Attribution(
          "Countries of addresses: geo-whois-asn-country, with data of the NRO",
          "https://www.nro.net/");

  private static final Map<String, Attribution> KNOWN =
      Map.of(
          "dbip",
          new Attribution("IP Geolocation by DB-IP", "https://db-ip.com"),
          "geolite2",
          new Attribution(
              "This product includes GeoLite2 data created by MaxMind", "https://www.maxmind.com"),
          "ip2location",
          new Attribution(
              "This site or product includes IP2Location LITE data",
              "https://lite.ip2location.com"),
          "geo-whois-asn",
          BUNDLED);

  /**
   * What is known to be asked for.
   *
   * @param names the database's type and its file's name: repacked ones often lose the type
   */
  static Optional<Attribution> ofDatabase(List<String> names) {
    return names.stream()
        .map(name -> name.toLowerCase(Locale.ROOT).replace("db-ip", "dbip"))
        .flatMap(name -> KNOWN.keySet().stream().filter(name::contains))
        .findFirst()
        .map(KNOWN::get);
  }
}
