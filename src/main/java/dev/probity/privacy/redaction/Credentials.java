package dev.probity.privacy.redaction;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Keys in PEM form, web tokens, credentials in headers and in addresses. */
final class Credentials implements Detector {
  private static final String DASHES = "-----";
  private static final int LONGEST_LABEL = 48;
  private static final int LONGEST_KEY = 32_768;
  private static final int LONGEST_PART = 8_192;
  private static final int LONGEST_USER = 512;
  private static final int SHORTEST_PART = 8;
  private static final int SURELY_RANDOM = 24;
  private static final List<String> STORES =
      List.of(
          "postgres",
          "postgresql",
          "mysql",
          "mariadb",
          "mongodb",
          "srv",
          "redis",
          "rediss",
          "amqp",
          "amqps",
          "mssql",
          "sqlserver",
          "clickhouse",
          "nats",
          "kafka");

  @Override
  public Optional<Finding> find(CharSequence text, int at) {
    return switch (text.charAt(at)) {
      case '-' -> privateKey(text, at);
      case 'e' -> webToken(text, at);
      case 'B', 'b' -> authorization(text, at);
      case ':' -> inAddress(text, at);
      default -> telegram(text, at);
    };
  }

  /** Up to its end, or as long as it looks like one: half a key is too much, too. */
  private static Optional<Finding> privateKey(CharSequence text, int at) {
    if (Scan.at(text, at - 1) == '-' || !Scan.startsWith(text, at, DASHES + "BEGIN ")) {
      return Optional.empty();
    }
    int label = at + DASHES.length() + "BEGIN ".length();
    int labelEnd = Scan.run(text, label, LONGEST_LABEL, c -> Scan.isUpper(c) || c == ' ');
    String name = text.subSequence(label, labelEnd).toString();
    if (!name.contains("PRIVATE KEY") || !Scan.startsWith(text, labelEnd, DASHES)) {
      return Optional.empty();
    }
    int end = Scan.run(text, labelEnd + DASHES.length(), LONGEST_KEY, Credentials::isArmour);
    String closing = DASHES + "END " + name + DASHES;
    if (Scan.startsWith(text, end, closing)) {
      end += closing.length();
    }
    return Optional.of(new Finding(Kind.PRIVATE_KEY, at, end));
  }

  /** Base64, lines (also as they are written in JSON), headers and their punctuation. */
  private static boolean isArmour(int c) {
    return Scan.isAlphanumeric(c) || "+/=\r\n\t \\:,.\"".indexOf(c) >= 0;
  }

  private static Optional<Finding> webToken(CharSequence text, int at) {
    if (!Scan.startsWith(text, at, "eyJ") || Scan.isWord(Scan.at(text, at - 1))) {
      return Optional.empty();
    }
    int end = at;
    for (int part = 0; part < 3; part++) {
      int start = part == 0 ? at : end + 1;
      if (part > 0 && Scan.at(text, end) != '.') {
        return Optional.empty();
      }
      end = Scan.run(text, start, LONGEST_PART, Scan::isWord);
      // The last part, the signature, may be missing.
      if (end - start < SHORTEST_PART && part < 2) {
        return Optional.empty();
      }
    }
    return Optional.of(new Finding(Kind.JWT, at, end));
  }

  private static Optional<Finding> authorization(CharSequence text, int at) {
    boolean bearer = Scan.startsWithAnyCase(text, at, "bearer ");
    if (!bearer && !Scan.startsWithAnyCase(text, at, "basic ") || !Scan.begins(text, at)) {
      return Optional.empty();
    }
    int start = at + (bearer ? "bearer " : "basic ").length();
    int end = Scan.run(text, start, LONGEST_PART, c -> Scan.isWord(c) || "+/=.~".indexOf(c) >= 0);
    if (end > start && text.charAt(end - 1) == '.') {
      end--;
    }
    boolean found =
        bearer
            ? end - start >= SHORTEST_PART
                && (hasDigit(text, start, end) || end - start >= SURELY_RANDOM)
            : isUserAndPassword(text.subSequence(start, Math.min(end, start + LONGEST_USER)));
    return found ? Optional.of(new Finding(Kind.AUTHORIZATION, start, end)) : Optional.empty();
  }

  private static boolean isUserAndPassword(CharSequence base64) {
    try {
      byte[] decoded = Base64.getDecoder().decode(base64.toString());
      return new String(decoded, StandardCharsets.ISO_8859_1).indexOf(':') > 0;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** {@code scheme://user:password@host}. */
  private static Optional<Finding> inAddress(CharSequence text, int at) {
    if (!Scan.startsWith(text, at, "://") || !Scan.isAlphanumeric(Scan.at(text, at - 1))) {
      return Optional.empty();
    }
    int start = at + "://".length();
    int end = Scan.run(text, start, LONGEST_USER, Credentials::isUserInfo);
    // A password may have the sign in it, too.
    while (end > start && Scan.at(text, end) != '@') {
      end--;
    }
    if (end == start) {
      return Optional.empty();
    }
    CharSequence user = text.subSequence(start, end);
    boolean withPassword = user.chars().anyMatch(c -> c == ':');
    // What is in brackets was redacted before, or is to be filled in.
    boolean placeholder = "[{$<".indexOf(user.charAt(0)) >= 0;
    if (!withPassword && end - start < SURELY_RANDOM || placeholder) {
      return Optional.empty();
    }
    int scheme = at;
    while (scheme > at - 12 && Scan.isAlphanumeric(Scan.at(text, scheme - 1))) {
      scheme--;
    }
    boolean store = STORES.contains(text.subSequence(scheme, at).toString());
    return Optional.of(
        new Finding(store ? Kind.CONNECTION_STRING : Kind.URL_CREDENTIALS, start, end));
  }

  private static boolean isUserInfo(int c) {
    return c > ' ' && c != '/' && "\"'<>`\\".indexOf(c) < 0;
  }

  /** Eight to ten digits, a colon, and 35 characters. */
  private static Optional<Finding> telegram(CharSequence text, int at) {
    if (!Scan.isDigit(text.charAt(at)) || Scan.isDigit(Scan.at(text, at - 1))) {
      return Optional.empty();
    }
    int colon = Scan.run(text, at, 11, Scan::isDigit);
    if (colon - at < 8 || Scan.at(text, colon) != ':') {
      return Optional.empty();
    }
    int end = Scan.run(text, colon + 1, 36, Scan::isWord);
    return end - colon - 1 == 35
        ? Optional.of(new Finding(Kind.TELEGRAM_TOKEN, at, end))
        : Optional.empty();
  }

  private static boolean hasDigit(CharSequence text, int from, int to) {
    return text.subSequence(from, to).chars().anyMatch(Scan::isDigit);
  }
}
