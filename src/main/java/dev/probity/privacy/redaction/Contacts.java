package dev.probity.privacy.redaction;

import java.util.Optional;
import java.util.OptionalInt;

/** Email addresses, telephone numbers and the names of home folders. */
final class Contacts implements Detector {
  private static final int LONGEST_LOCAL = 64;
  private static final int LONGEST_DOMAIN = 255;
  private static final int LONGEST_PHONE = 32;
  private static final int FEWEST_DIGITS = 8;
  private static final int MOST_DIGITS = 15;

  @Override
  public Optional<Finding> find(CharSequence text, int at) {
    char c = text.charAt(at);
    if (c == '/' || c == '\\') {
      return homeFolder(text, at);
    }
    Optional<Finding> email = email(text, at);
    if (email.isPresent()) {
      return email;
    }
    if (c == '+') {
      return international(text, at);
    }
    return c == '(' || Scan.isDigit(c) ? northAmerican(text, at) : Optional.empty();
  }

  private static Optional<Finding> email(CharSequence text, int at) {
    if (!isLocal(text.charAt(at)) || isLocal(Scan.at(text, at - 1))) {
      return Optional.empty();
    }
    int sign = Scan.run(text, at, LONGEST_LOCAL, Contacts::isLocal);
    if (Scan.at(text, sign) != '@' || Scan.startsWith(text, at, "git@")) {
      return Optional.empty();
    }
    int end = Scan.run(text, sign + 1, LONGEST_DOMAIN, Contacts::isDomain);
    while (end > sign && !isLetterOrDigit(text.charAt(end - 1))) {
      end--;
    }
    int dot = end;
    while (dot > sign && text.charAt(dot - 1) != '.') {
      dot--;
    }
    boolean domain = dot > sign + 2 && end - dot >= 2 && Character.isLetter(text.charAt(dot));
    return domain ? Optional.of(new Finding(Kind.EMAIL, at, end)) : Optional.empty();
  }

  private static Optional<Finding> international(CharSequence text, int at) {
    char before = Scan.at(text, at - 1);
    char first = Scan.at(text, at + 1);
    if (isLetterOrDigit(before) || before == '+' || first < '1' || first > '9') {
      return Optional.empty();
    }
    return digits(text, at + 1, FEWEST_DIGITS, MOST_DIGITS).stream()
        .mapToObj(end -> new Finding(Kind.PHONE, at, end))
        .findFirst();
  }

  /** {@code (212) 555-0187}, {@code 212-555-0187}, {@code 212.555.0187}. */
  private static Optional<Finding> northAmerican(CharSequence text, int at) {
    char before = Scan.at(text, at - 1);
    if (isLetterOrDigit(before) || before == '-' || before == '.' || before == '_') {
      return Optional.empty();
    }
    boolean inBrackets = text.charAt(at) == '(';
    int area = inBrackets ? at + 1 : at;
    int index = group(text, area, 3);
    if (index < 0 || text.charAt(area) < '2') {
      return Optional.empty();
    }
    if (inBrackets) {
      if (Scan.at(text, index) != ')') {
        return Optional.empty();
      }
      index = Scan.run(text, index + 1, 1, c -> c == ' ' || c == '-');
    } else if (isSeparator(Scan.at(text, index))) {
      index++;
    } else {
      return Optional.empty();
    }
    int exchange = index;
    index = group(text, exchange, 3);
    if (index < 0 || text.charAt(exchange) < '2' || !isSeparator(Scan.at(text, index))) {
      return Optional.empty();
    }
    int end = group(text, index + 1, 4);
    return end > 0 && Scan.ends(text, end)
        ? Optional.of(new Finding(Kind.PHONE, at, end))
        : Optional.empty();
  }

  private static int group(CharSequence text, int from, int size) {
    return Scan.run(text, from, size, Scan::isDigit) == from + size ? from + size : -1;
  }

  private static boolean isSeparator(char c) {
    return c == '-' || c == '.' || c == ' ';
  }

  /** The end of so many digits with blanks, dots, dashes, slashes and brackets among them. */
  private static OptionalInt digits(CharSequence text, int from, int fewest, int most) {
    int count = 0;
    int end = from;
    int limit = Math.min(text.length(), from + LONGEST_PHONE);
    for (int index = from; index < limit; index++) {
      char c = text.charAt(index);
      if (Scan.isDigit(c)) {
        count++;
        end = index + 1;
      } else if (" .-/()\u00a0".indexOf(c) < 0 || index - end >= 2) {
        break;
      }
    }
    return count >= fewest && count <= most && !isLetterOrDigit(Scan.at(text, end))
        ? OptionalInt.of(end)
        : OptionalInt.empty();
  }

  /** {@code /home/ada}, {@code /Users/ada}, {@code C:\Users\ada}: the last word. */
  private static Optional<Finding> homeFolder(CharSequence text, int at) {
    for (String folder : new String[] {"/home/", "/users/", "\\users\\", "\\\\users\\\\"}) {
      if (Scan.startsWithAnyCase(text, at, folder) && beginsPath(text, at)) {
        int start = at + folder.length();
        int end = Scan.run(text, start, LONGEST_LOCAL, c -> Scan.isWord(c) || c == '.');
        while (end > start && text.charAt(end - 1) == '.') {
          end--;
        }
        if (end > start) {
          return Optional.of(new Finding(Kind.HOME_FOLDER, start, end));
        }
      }
    }
    return Optional.empty();
  }

  private static boolean beginsPath(CharSequence text, int at) {
    char before = Scan.at(text, at - 1);
    return text.charAt(at) == '\\'
        ? before == ':'
        : !isLetterOrDigit(before) && "-_./".indexOf(before) < 0
            || before == '/' && Scan.startsWithAnyCase(text, at - "file://".length(), "file://");
  }

  private static boolean isLocal(int c) {
    return isLetterOrDigit(c) || "._%+-".indexOf(c) >= 0;
  }

  private static boolean isDomain(int c) {
    return isLetterOrDigit(c) || c == '.' || c == '-';
  }

  private static boolean isLetterOrDigit(int c) {
    return Scan.isAlphanumeric(c) || c >= 128 && Character.isLetterOrDigit(c);
  }
}
