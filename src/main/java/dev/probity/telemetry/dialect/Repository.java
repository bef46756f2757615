package dev.probity.telemetry.dialect;

import java.util.regex.Pattern;

/** A repository's name without where it is: no host, no credentials, no directory. */
final class Repository {
  private static final String SCHEME = "://";
  private static final String SUFFIX = ".git";
  private static final Pattern QUERY = Pattern.compile("[?#].*");

  private Repository() {}

  /** {@code owner/name}, or the name alone where the owner is not known. */
  static String named(String owner, String name) {
    String clean = Words.identifier(name);
    String of = Words.identifier(owner);
    return clean.isEmpty() || of.isEmpty() ? clean : of + "/" + clean;
  }

  /**
   * The path of a remote's URL, such as {@code owner/name} of {@code
   * https://user:secret@host/owner/name.git} or {@code git@host:owner/name}. Empty for a directory,
   * and for anything that is no URL of a repository.
   */
  static String at(String url) {
    if (url.isEmpty()) {
      return "";
    }
    String rest = QUERY.matcher(Words.bounded(url)).replaceFirst("");
    int scheme = rest.indexOf(SCHEME);
    if (scheme >= 0) {
      rest = rest.startsWith("file") ? "" : afterHost(rest.substring(scheme + SCHEME.length()));
    } else if (rest.indexOf(':') > 1 && rest.indexOf(':') < rest.indexOf('/')) {
      rest = rest.substring(rest.indexOf(':') + 1);
    } else {
      rest = withoutHost(rest);
    }
    rest = Words.without("/", rest);
    if (rest.endsWith("/")) {
      rest = rest.substring(0, rest.length() - 1);
    }
    if (rest.endsWith(SUFFIX)) {
      rest = rest.substring(0, rest.length() - SUFFIX.length());
    }
    return Words.identifier(rest);
  }

  private static String afterHost(String rest) {
    int slash = rest.indexOf('/');
    return slash < 0 ? "" : rest.substring(slash + 1);
  }

  /** Without a scheme: {@code host/owner/name} or {@code owner/name}; a directory is neither. */
  private static String withoutHost(String rest) {
    int slash = rest.indexOf('/');
    if (slash <= 0 || rest.charAt(0) == '.' || rest.charAt(0) == '~') {
      return "";
    }
    return rest.substring(0, slash).indexOf('.') > 0 ? rest.substring(slash + 1) : rest;
  }
}
