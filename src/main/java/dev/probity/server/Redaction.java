package dev.probity.server;

import java.util.regex.Pattern;

/**
 * Masks what looks like a credential. The last defence: nothing that holds one should be logged in
 * the first place. Shape is all it has to go by, so it masks rather too much than too little.
 */
final class Redaction {
  private static final String MASK = "[redacted]";

  /** Vendors' and our own keys, by how they begin. The beginning stays, to tell what it was. */
  private static final Pattern KNOWN_PREFIX =
      Pattern.compile(
          "\\b(pk-|sk-|rk_live_|sk_live_|whsec_|AIza|ya29\\.|gh[opsu]_|github_pat_|xox[abp]-|AKIA)"
              + "[A-Za-z0-9._~+/=-]{4,}");

  private static final Pattern SCHEME =
      Pattern.compile("(?i)\\b(Bearer|Basic)(\\s+)[A-Za-z0-9._~+/=-]{4,}");

  /** {@code key=…}, {@code "api_key": "…"}, {@code x-api-key: …}, {@code token …}. */
  private static final Pattern NAMED =
      Pattern.compile(
          "(?i)((?:key|token|secret|password|passwd|authorization|cookie|credential)"
              + "[\"']?\\s*[=:]\\s*[\"']?)([^\\s\"',;&)}\\]]{4,})");

  /** A long run of key characters, with digits and letters, some way behind such a name. */
  private static final Pattern BLOB_AFTER_NAME =
      Pattern.compile(
          "(?i)((?:key|token|secret|password)[^A-Za-z0-9\\n]{1,8})"
              + "((?=[A-Za-z0-9._~+/=-]*\\d)[A-Za-z0-9._~+/=-]{20,})");

  /** {@code https://user:password@host}. */
  private static final Pattern USER_INFO = Pattern.compile("(://)[^/\\s:@]+:[^/\\s@]+@");

  /** {@code eyJ….….…}. */
  private static final Pattern JSON_WEB_TOKEN =
      Pattern.compile("\\beyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]*)?");

  private Redaction() {}

  static String mask(String text) {
    String masked = JSON_WEB_TOKEN.matcher(text).replaceAll(MASK);
    masked = KNOWN_PREFIX.matcher(masked).replaceAll("$1" + MASK);
    masked = SCHEME.matcher(masked).replaceAll("$1$2" + MASK);
    masked = NAMED.matcher(masked).replaceAll("$1" + MASK);
    masked = BLOB_AFTER_NAME.matcher(masked).replaceAll("$1" + MASK);
    return USER_INFO.matcher(masked).replaceAll("$1" + MASK + "@");
  }
}
