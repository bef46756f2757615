package dev.probity.telemetry.dialect;

import java.util.Locale;

/** Bounds for texts that agents choose: short, of harmless characters, or not at all. */
final class Words {
  static final int LONGEST_TEXT = 200;
  static final int LONGEST_IDENTIFIER = 100;

  private static final int LONGEST_EXTENSION = 10;

  private Words() {}

  /** The text without blanks around it and without control characters, cut to its bound. */
  static String bounded(String text) {
    if (text.length() <= LONGEST_TEXT && isClean(text)) {
      return text;
    }
    StringBuilder clean = new StringBuilder();
    text.strip()
        .codePoints()
        .filter(c -> !Character.isISOControl(c))
        .limit(LONGEST_TEXT)
        .forEach(clean::appendCodePoint);
    return clean.toString();
  }

  /** The text, bounded; empty if it is an email address or a path from the root. */
  static String plain(String text) {
    String bounded = bounded(text);
    return bounded.isEmpty() || isPath(bounded) || isAddress(bounded) ? "" : bounded;
  }

  private static boolean isClean(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isISOControl(text.charAt(i))) {
        return false;
      }
    }
    return text.isEmpty() || (text.charAt(0) > ' ' && text.charAt(text.length() - 1) > ' ');
  }

  /**
   * The text if it is an identifier of at most {@value #LONGEST_IDENTIFIER} characters: letters,
   * digits and {@code _.:/@-}. Otherwise empty: it may be anything that a person wrote. A path from
   * the root and an email address are no identifiers.
   */
  static String identifier(String text) {
    if (text.isEmpty() || text.length() > LONGEST_IDENTIFIER || isPath(text) || isAddress(text)) {
      return "";
    }
    for (int i = 0; i < text.length(); i++) {
      if (!isOfIdentifier(text.charAt(i))) {
        return "";
      }
    }
    return text;
  }

  private static boolean isOfIdentifier(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "_.:/@-".indexOf(c) >= 0;
  }

  static boolean isPath(String text) {
    char first = text.charAt(0);
    return first == '/'
        || first == '\\'
        || first == '.'
        || first == '~'
        || text.contains(":/")
        || text.contains(":\\")
        || text.contains("/../");
  }

  private static boolean isAddress(String text) {
    int at = text.lastIndexOf('@');
    return at > 0 && text.indexOf('.', at) > 0;
  }

  /** The name of an agent from its service's: other characters than an identifier's are dashes. */
  static String agent(String serviceName) {
    StringBuilder clean = new StringBuilder();
    String bounded = plain(serviceName);
    for (int i = 0; i < Math.min(bounded.length(), LONGEST_IDENTIFIER); i++) {
      char c = bounded.charAt(i);
      clean.append(isOfIdentifier(c) ? c : '-');
    }
    String agent = clean.toString();
    // What SDKs say for a service that nobody named.
    return agent.isEmpty() || agent.startsWith("unknown_service") ? "unknown" : agent;
  }

  /** The extension of a path's last part, in lower case; empty if it has none to speak of. */
  static String extension(String path) {
    String name = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    int dot = name.lastIndexOf('.');
    if (dot <= 0 || dot == name.length() - 1 || name.length() - dot - 1 > LONGEST_EXTENSION) {
      return "";
    }
    for (int i = dot + 1; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c > 'z' || !Character.isLetterOrDigit(c)) {
        return "";
      }
    }
    return name.substring(dot + 1).toLowerCase(Locale.ROOT);
  }

  /** The first that is not empty. */
  static String first(String one, String other) {
    return one.isEmpty() ? other : one;
  }

  /** The text without a prefix that it may have. */
  static String without(String prefix, String text) {
    return text.startsWith(prefix) ? text.substring(prefix.length()) : text;
  }
}
