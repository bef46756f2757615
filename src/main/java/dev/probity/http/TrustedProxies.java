package dev.probity.http;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The operator's own proxies, whose word about a client's address is believed. What anybody else
 * writes into {@code X-Forwarded-For} is not even looked at.
 */
public final class TrustedProxies {
  /** Behind more proxies than this, nobody knows who the client is. */
  private static final int MOST_HOPS = 32;

  private final List<AddressRange> ranges;

  public TrustedProxies(List<AddressRange> ranges) {
    this.ranges = List.copyOf(ranges);
  }

  /**
   * The client's address: that of the connection, or, if that is a trusted proxy's, the last one in
   * the header that is not.
   *
   * @param peer the other end of the connection
   * @param forwardedFor every {@code X-Forwarded-For} header, in the order they came
   * @return empty if a trusted proxy says something that is no address
   */
  public Optional<InetAddress> client(InetAddress peer, List<String> forwardedFor) {
    if (!isTrusted(peer)) {
      return Optional.of(peer);
    }
    List<String> hops = lastHops(forwardedFor);
    InetAddress client = peer;
    for (int i = 0; i < Math.min(hops.size(), MOST_HOPS); i++) {
      Optional<InetAddress> hop = address(hops.get(i));
      if (hop.isEmpty() || !isTrusted(hop.get())) {
        return hop;
      }
      client = hop.get();
    }
    return hops.size() > MOST_HOPS ? Optional.empty() : Optional.of(client);
  }

  private boolean isTrusted(InetAddress address) {
    return ranges.stream().anyMatch(range -> range.contains(address));
  }

  /** The nearest first; one more than are looked at, if there are so many. */
  private static List<String> lastHops(List<String> headers) {
    List<String> hops = new ArrayList<>();
    for (String header : headers.reversed()) {
      int end = header.length();
      while (end >= 0 && hops.size() <= MOST_HOPS) {
        int comma = header.lastIndexOf(',', end - 1);
        hops.add(header.substring(comma + 1, end).strip());
        end = comma;
      }
    }
    return hops;
  }

  /** {@code 192.0.2.1}, {@code 2001:db8::1}, both with or without a port. */
  private static Optional<InetAddress> address(String hop) {
    String text = hop;
    if (text.startsWith("[") && text.indexOf(']') > 0) {
      text = text.substring(1, text.indexOf(']'));
    } else if (text.indexOf(':') > 0 && text.indexOf(':') == text.lastIndexOf(':')) {
      text = text.substring(0, text.indexOf(':'));
    }
    try {
      return Optional.of(AddressRange.literal(text));
    } catch (IllegalArgumentException e) {
      // "unknown" and the like: the address is not to be known.
      return Optional.empty();
    }
  }
}
