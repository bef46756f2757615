package dev.probity.http;

import java.net.InetAddress;

/**
 * Neighbouring addresses: those whose first bits are the same.
 *
 * @param address any of them
 * @param prefix how many bits are the same
 */
public record AddressRange(InetAddress address, int prefix) {
  public AddressRange {
    if (prefix < 0 || prefix > address.getAddress().length * Byte.SIZE) {
      throw new IllegalArgumentException(
          "prefix: " + prefix + " (expected: at most the address's bits)");
    }
  }

  /**
   * Reads {@code 10.0.0.0/8}, {@code 2001:db8::/32} or a single address.
   *
   * @throws IllegalArgumentException if it is neither; nothing is ever asked of a name server
   */
  public static AddressRange parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      InetAddress address = literal(text);
      return new AddressRange(address, address.getAddress().length * Byte.SIZE);
    }
    return new AddressRange(
        literal(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
  }

  /** An address written in numbers, without a zone. */
  static InetAddress literal(String text) {
    if (text.indexOf('%') >= 0) {
      throw new IllegalArgumentException("an address with a zone");
    }
    if (text.indexOf(':') < 0 && text.chars().filter(c -> c == '.').count() != 3) {
      // Old shorthands such as 10.1 mean something else than they look like.
      throw new IllegalArgumentException("an address of less or more than four numbers");
    }
    return InetAddress.ofLiteral(text);
  }

  /** Whether the address is one of them. One of the other family never is. */
  public boolean contains(InetAddress other) {
    byte[] mine = address.getAddress();
    byte[] theirs = other.getAddress();
    if (mine.length != theirs.length) {
      return false;
    }
    int whole = prefix / Byte.SIZE;
    for (int i = 0; i < whole; i++) {
      if (mine[i] != theirs[i]) {
        return false;
      }
    }
    int rest = prefix % Byte.SIZE;
    return rest == 0 || ((mine[whole] ^ theirs[whole]) & 0xff) >> (Byte.SIZE - rest) == 0;
  }

  /** As it is written: {@code 10.0.0.0/8}. */
  @Override
  public String toString() {
    return address.getHostAddress() + "/" + prefix;
  }
}
