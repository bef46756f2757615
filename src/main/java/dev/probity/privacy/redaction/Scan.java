package dev.probity.privacy.redaction;

import java.util.function.IntPredicate;

/** Steps over text. Positions outside of it hold {@link #NOTHING}. */
final class Scan {
  static final char NOTHING = '\0';

  private Scan() {}

  static char at(CharSequence text, int index) {
    return index >= 0 && index < text.length() ? text.charAt(index) : NOTHING;
  }

  /** The end of the stretch from a position on whose characters fit. */
  static int run(CharSequence text, int from, int longest, IntPredicate fits) {
    int end = Math.min(text.length(), from + longest);
    int index = from;
    while (index < end && fits.test(text.charAt(index))) {
      index++;
    }
    return index;
  }

  static boolean startsWith(CharSequence text, int at, String prefix) {
    if (at < 0 || at + prefix.length() > text.length()) {
      return false;
    }
    for (int i = 0; i < prefix.length(); i++) {
      if (text.charAt(at + i) != prefix.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** The same, whatever the text's case; the prefix is in lower case. */
  static boolean startsWithAnyCase(CharSequence text, int at, String prefix) {
    if (at < 0 || at + prefix.length() > text.length()) {
      return false;
    }
    for (int i = 0; i < prefix.length(); i++) {
      if (lower(text.charAt(at + i)) != prefix.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
  }

  static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  static boolean isHex(int c) {
    return isDigit(c) || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
  }

  static boolean isUpper(int c) {
    return c >= 'A' && c <= 'Z';
  }

  static boolean isAlphanumeric(int c) {
    return isDigit(c) || isUpper(c) || c >= 'a' && c <= 'z';
  }

  /** Letters, digits, underscore and dash: URL-safe Base64, and most tokens. */
  static boolean isWord(int c) {
    return isAlphanumeric(c) || c == '_' || c == '-';
  }

  /** Whether a word may begin here: no letter, digit or underscore stands before. */
  static boolean begins(CharSequence text, int at) {
    char before = at(text, at - 1);
    return !isAlphanumeric(before) && before != '_';
  }

  /** Whether a word that went up to here has ended. */
  static boolean ends(CharSequence text, int at) {
    char next = at(text, at);
    return !isAlphanumeric(next) && next != '_';
  }
}
