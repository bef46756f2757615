package dev.probity.gateway.translate.gemini;

import java.util.Locale;

/** Google takes the names of members in camel and in snake case. */
final class Spelling {
  private Spelling() {}

  /** The name in camel case, as Google writes it. */
  static String camel(String name) {
    if (name.indexOf('_') < 0) {
      return name;
    }
    StringBuilder out = new StringBuilder(name.length());
    for (String word : name.split("_", -1)) {
      if (out.isEmpty() || word.isEmpty()) {
        out.append(word);
      } else {
        out.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
      }
    }
    return out.toString();
  }
}
