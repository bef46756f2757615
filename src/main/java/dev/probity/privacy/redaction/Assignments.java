package dev.probity.privacy.redaction;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Values that are given to something whose name says that they are secret. */
final class Assignments implements Detector {
  private static final int LONGEST_NAME = 64;
  private static final int LONGEST_VALUE = 512;
  private static final int LONGEST_GAP = 4;
  private static final int SHORTEST_QUOTED = 4;
  private static final int SHORTEST_BARE = 5;
  private static final int AWS_SECRET_LENGTH = 40;

  private static final List<String> PASSWORDS =
      List.of("password", "passwd", "passphrase", "pwd", "passwort", "dbpass", "userpass");
  private static final List<String> STORE_KEYS =
      List.of("accountkey", "sharedaccesskey", "sharedaccesssignature");
  private static final List<String> SECRETS =
      List.of(
          "secret",
          "token",
          "apikey",
          "accesskey",
          "secretkey",
          "privatekey",
          "authkey",
          "encryptionkey",
          "signingkey",
          "masterkey",
          "credential",
          "credentials",
          "clientsecret");

  /** What stands where a secret would, and is none. */
  private static final Set<String> NO_SECRETS =
      Set.of(
          "null",
          "none",
          "nil",
          "true",
          "false",
          "undefined",
          "string",
          "text",
          "password",
          "secret",
          "token",
          "changeme",
          "example",
          "required",
          "optional",
          "hidden",
          "redacted",
          "your_key",
          "your-key",
          "bearer",
          "basic",
          "value",
          "varchar",
          "test",
          "str",
          "number");

  private final Detector moreParticular;

  /**
   * @param moreParticular what would say more of a value than that it is a secret
   */
  Assignments(Detector moreParticular) {
    this.moreParticular = moreParticular;
  }

  @Override
  public Optional<Finding> find(CharSequence text, int at) {
    if (!isNamePart(text.charAt(at)) || isNamePart(Scan.at(text, at - 1))) {
      return Optional.empty();
    }
    int nameEnd = Scan.run(text, at, LONGEST_NAME, Assignments::isNamePart);
    Optional<Kind> named = named(text.subSequence(at, nameEnd));
    if (named.isEmpty()) {
      return Optional.empty();
    }
    int index = nameEnd;
    if (isQuote(Scan.at(text, index))) {
      index++;
    }
    int operator = gap(text, index);
    char sign = Scan.at(text, operator);
    if (sign != '=' && sign != ':') {
      return Optional.empty();
    }
    int signEnd = operator + 1;
    char after = Scan.at(text, signEnd);
    if (after == '=' && sign == ':' || after == '>' && sign == '=') {
      signEnd++;
    } else if (after == '=' || after == ':') {
      // A comparison, or a scope.
      return Optional.empty();
    }
    int value = gap(text, signEnd);
    boolean likeCode = sign == '=' && (operator > index || value > signEnd);
    return value(text, value, likeCode)
        .filter(found -> moreParticular.find(text, found.from()).isEmpty())
        .map(found ->
            new Finding(refined(named.get(), text, at, nameEnd, found), found.from(), found.to()));
  }

  /**
   * A name made of the words that announce a secret; its case, dashes and underscores don't count.
   */
  private static Optional<Kind> named(CharSequence name) {
    String plain = name.toString().toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
    if (STORE_KEYS.stream().anyMatch(plain::endsWith)) {
      return Optional.of(Kind.CONNECTION_STRING);
    }
    if (PASSWORDS.stream().anyMatch(plain::endsWith)) {
      return Optional.of(Kind.PASSWORD);
    }
    return SECRETS.stream().anyMatch(plain::endsWith) ? Optional.of(Kind.SECRET) : Optional.empty();
  }

  private static Kind refined(Kind kind, CharSequence text, int at, int nameEnd, Finding value) {
    String name = text.subSequence(at, nameEnd).toString().toLowerCase(Locale.ROOT);
    return kind == Kind.SECRET
            && name.contains("aws")
            && value.to() - value.from() == AWS_SECRET_LENGTH
        ? Kind.AWS_SECRET_KEY
        : kind;
  }

  private static Optional<Finding> value(CharSequence text, int from, boolean likeCode) {
    char quote = Scan.at(text, from);
    if (isQuote(quote)) {
      int start = from + 1;
      int end = Scan.run(text, start, LONGEST_VALUE, c -> c != quote && c != '\n' && c != '\r');
      boolean whole = Scan.at(text, end) == quote || end - start == LONGEST_VALUE;
      return whole && end - start >= SHORTEST_QUOTED && isSecret(text, start, end)
          ? Optional.of(new Finding(Kind.SECRET, start, end))
          : Optional.empty();
    }
    int end = Scan.run(text, from, LONGEST_VALUE, Assignments::isBare);
    return end - from >= SHORTEST_BARE
            && Scan.at(text, end) != '('
            && isSecret(text, from, end)
            && looksRandom(text, from, end, likeCode)
        ? Optional.of(new Finding(Kind.SECRET, from, end))
        : Optional.empty();
  }

  private static boolean isSecret(CharSequence text, int from, int to) {
    char first = text.charAt(from);
    if (first == '[' || first == '<' || first == '{' || first == '$' || first == '%') {
      // To be filled in, or redacted before.
      return false;
    }
    String value = text.subSequence(from, to).toString();
    return !NO_SECRETS.contains(value.toLowerCase(Locale.ROOT))
        && value.chars().anyMatch(c -> c != '*' && c != 'x' && c != '.' && c != '-')
        && value.chars().filter(c -> c == ' ').count() <= 3;
  }

  /** Words of code and prose stand there too; passwords have more than letters in them. */
  private static boolean looksRandom(CharSequence text, int from, int to, boolean likeCode) {
    boolean digit = false;
    boolean letter = false;
    boolean sign = false;
    boolean path = false;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      digit |= Scan.isDigit(c);
      path |= c == '.' || c == ':';
      letter |= Scan.isAlphanumeric(c) && !Scan.isDigit(c);
      sign |= "!@#$%^&*?~+".indexOf(c) >= 0;
    }
    if (likeCode && path && !sign) {
      return false;
    }
    return digit && letter && !(likeCode && to - from < 12 && !sign) || letter && sign;
  }

  private static boolean isBare(int c) {
    return c > ' ' && c < 127 && "\"'`,;()[]{}<>".indexOf(c) < 0;
  }

  private static boolean isNamePart(int c) {
    return Scan.isWord(c);
  }

  private static boolean isQuote(char c) {
    return c == '"' || c == '\'' || c == '`';
  }

  private static int gap(CharSequence text, int from) {
    return Scan.run(text, from, LONGEST_GAP, c -> c == ' ' || c == '\t');
  }
}
