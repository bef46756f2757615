package dev.probity.privacy.redaction;

import java.net.InetAddress;
import java.util.Optional;

/** Addresses of machines, and of wallets. */
final class Machines implements Detector {
  private static final int LONGEST_IPV6 = 45;
  private static final int ETHEREUM_DIGITS = 40;

  @Override
  public Optional<Finding> find(CharSequence text, int at) {
    char c = text.charAt(at);
    if (!Scan.isHex(c) && c != ':' || !Scan.begins(text, at)) {
      return Optional.empty();
    }
    Optional<Finding> found =
        Scan.isDigit(c) ? ipv4(text, at).or(() -> ethereum(text, at)) : Optional.empty();
    return found.or(() -> mac(text, at)).or(() -> ipv6(text, at));
  }

  private static Optional<Finding> ipv4(CharSequence text, int at) {
    char before = Scan.at(text, at - 1);
    // Chrome/120.0.0.0 is a version.
    boolean version = before == '/' && Scan.isAlphanumeric(Scan.at(text, at - 2));
    if (before == '.' || before == '-' || version) {
      return Optional.empty();
    }
    int index = at;
    int[] parts = new int[4];
    for (int part = 0; part < 4; part++) {
      if (part > 0 && Scan.at(text, index++) != '.') {
        return Optional.empty();
      }
      int end = Scan.run(text, index, 4, Scan::isDigit);
      if (end == index || end - index > 3 || end - index > 1 && text.charAt(index) == '0') {
        return Optional.empty();
      }
      parts[part] = Integer.parseInt(text.subSequence(index, end).toString());
      if (parts[part] > 255) {
        return Optional.empty();
      }
      index = end;
    }
    boolean goesOn =
        !Scan.ends(text, index)
            || (Scan.at(text, index) == '.' || Scan.at(text, index) == '-')
                && Scan.isAlphanumeric(Scan.at(text, index + 1));
    // Loopback, "this network", masks and broadcast name no machine.
    boolean nobody = parts[0] == 127 || parts[0] == 0 || parts[0] == 255;
    return goesOn || nobody ? Optional.empty() : Optional.of(new Finding(Kind.IPV4, at, index));
  }

  private static Optional<Finding> mac(CharSequence text, int at) {
    char separator = Scan.at(text, at + 2);
    if (separator != ':' && separator != '-') {
      return Optional.empty();
    }
    for (int pair = 0; pair < 6; pair++) {
      int index = at + 3 * pair;
      if (!Scan.isHex(Scan.at(text, index))
          || !Scan.isHex(Scan.at(text, index + 1))
          || pair < 5 && Scan.at(text, index + 2) != separator) {
        return Optional.empty();
      }
    }
    int end = at + 17;
    boolean goesOn =
        !Scan.ends(text, end)
            || Scan.at(text, end) == separator && Scan.isHex(Scan.at(text, end + 1));
    return goesOn || Scan.at(text, at - 1) == separator
        ? Optional.empty()
        : Optional.of(new Finding(Kind.MAC, at, end));
  }

  private static Optional<Finding> ipv6(CharSequence text, int at) {
    char beforeColon = Scan.at(text, at - 2);
    if (Scan.at(text, at - 1) == ':' && (Scan.isHex(beforeColon) || beforeColon == ':')) {
      return Optional.empty();
    }
    int end = Scan.run(text, at, LONGEST_IPV6 + 1, c -> Scan.isHex(c) || c == ':' || c == '.');
    while (end > at && (text.charAt(end - 1) == '.' || endsWithOneColon(text, end))) {
      end--;
    }
    if (end - at > LONGEST_IPV6 || !Scan.ends(text, end)) {
      return Optional.empty();
    }
    String candidate = text.subSequence(at, end).toString();
    long colons = candidate.chars().filter(c -> c == ':').count();
    long digits = candidate.chars().filter(Scan::isDigit).count();
    // Times have two colons, and scopes of code no digits.
    boolean likely = colons >= 2 && digits >= 2 && candidate.length() >= 6;
    return likely && (colons == 7 || candidate.contains("::")) && isAddress(candidate)
        ? Optional.of(new Finding(Kind.IPV6, at, end))
        : Optional.empty();
  }

  private static boolean endsWithOneColon(CharSequence text, int end) {
    return text.charAt(end - 1) == ':' && Scan.at(text, end - 2) != ':';
  }

  private static boolean isAddress(String candidate) {
    try {
      return !InetAddress.ofLiteral(candidate).isLoopbackAddress();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static Optional<Finding> ethereum(CharSequence text, int at) {
    if (!Scan.startsWith(text, at, "0x")) {
      return Optional.empty();
    }
    int end = Scan.run(text, at + 2, ETHEREUM_DIGITS + 1, Scan::isHex);
    return end - at - 2 == ETHEREUM_DIGITS && Scan.ends(text, end)
        ? Optional.of(new Finding(Kind.CRYPTO_ADDRESS, at, end))
        : Optional.empty();
  }
}
