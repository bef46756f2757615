package dev.probity.telemetry.place;

import dev.probity.http.AddressRange;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/** Tells addresses of the open internet from those that say nothing about where somebody is. */
final class PublicAddresses {
  /** Private, shared, for documents, for tests and reserved, by IANA's registries. */
  private static final List<AddressRange> OTHERS =
      Stream.of(
              "0.0.0.0/8",
              "10.0.0.0/8",
              "100.64.0.0/10",
              "127.0.0.0/8",
              "169.254.0.0/16",
              "172.16.0.0/12",
              "192.0.0.0/24",
              "192.0.2.0/24",
              "192.168.0.0/16",
              "198.18.0.0/15",
              "198.51.100.0/24",
              "203.0.113.0/24",
              "224.0.0.0/3",
              "::/8",
              "100::/64",
              "2001:db8::/32",
              "3fff::/20",
              "fc00::/7",
              "fe80::/10",
              "fec0::/10",
              "ff00::/8")
          .map(AddressRange::parse)
          .toList();

  private PublicAddresses() {}

  static boolean contain(InetAddress address) {
    return OTHERS.stream().noneMatch(range -> range.contains(address));
  }
}
