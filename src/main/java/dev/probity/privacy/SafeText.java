package dev.probity.privacy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Decides what of the free text that clients and providers send may be stored. What could be a
 * person's, a prompt's or a secret is replaced by a keyed hash: the same text stays recognisable as
 * the same, and nobody without the key can find out which it was.
 */
public final class SafeText {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int HASH_BYTES = 8;
  private static final Pattern UUID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  private static final Pattern MODEL = Pattern.compile("[A-Za-z0-9._:/+-]{1,128}");
  private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9._:/+=-]{1,128}");

  /** Thirteen digits and more are a card's or an account's number; dates are shorter. */
  private static final Pattern LONG_NUMBER = Pattern.compile("[0-9]([._:/+-]?[0-9]){12}");

  /** How the credentials of well-known services begin, at the start of a word. */
  private static final Pattern CREDENTIAL =
      Pattern.compile(
          "(?:^|[^A-Za-z0-9])(?:(?i:sk|pk|rk)[-_]|AIza|gh[pousr]_|github_pat_|glpat-|xox[abpr]-"
              + "|A[KS]IA[0-9A-Z]{12}|eyJ|ya29\\.|AQ\\.|gsk_|hf_[A-Za-z0-9]{20})");

  private static final Pattern LONG_RUN = Pattern.compile("[A-Za-z0-9]{32}");
  private static final int RANDOM_LENGTH = 32;
  private static final int LONGEST_PLAIN = 64;

  private static final String ALLOWED = "._:/+=-#()[]";
  private static final int LONGEST_IDENTIFIER = 128;
  private static final int LONGEST_REMEMBERED = 64;
  private static final int MILLIS_DIGITS = 13;
  private static final int UUID_LENGTH = 32;

  /** Names seen to be storable: a handful, asked for again and again. */
  private static final int MOST_REMEMBERED = 4_096;

  private final Set<String> storable = ConcurrentHashMap.newKeySet();
  private final Mac keyed;

  /**
   * @param key for the hashes; at least 16 bytes, kept as long as hashes are to be compared
   */
  public SafeText(byte[] key) {
    if (key.length < 16) {
      throw new IllegalArgumentException(
          "key: " + key.length + " bytes (expected: at least 16, random)");
    }
    try {
      keyed = Mac.getInstance(ALGORITHM);
      keyed.init(new SecretKeySpec(key, ALGORITHM));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }

  /** The name of a model as it may be stored; empty for an empty one. */
  public String modelName(String name) {
    if (name.isEmpty() || storable.contains(name)) {
      return name;
    }
    if (!isModelName(name)) {
      return hash(name);
    }
    if (storable.size() < MOST_REMEMBERED) {
      storable.add(name);
    }
    return name;
  }

  /** A session's id as it may be stored; empty for an empty one. Only a UUID says nothing. */
  public String sessionId(String id) {
    return id.isEmpty() || UUID.matcher(id).matches() ? id : hash(id);
  }

  /**
   * The id that a provider gave its answer, as it may be stored. It is made of chance and the
   * provider's, so it is kept unless it has a form that no provider's has.
   */
  public String requestId(String id) {
    return id.isEmpty() || isPlainId(id) || isProvidersId(id) ? id : hash(id);
  }

  /**
   * A name or id that an agent reports, as it may be stored; empty for an empty one. Names of
   * tools, teams, branches and the like are kept; an email address, a sentence, a card's number or
   * a credential in their place is not.
   */
  public String identifier(String text) {
    if (text.isEmpty() || storable.contains(text)) {
      return text;
    }
    if (!isIdentifier(text)) {
      return hash(text);
    }
    if (text.length() <= LONGEST_REMEMBERED && storable.size() < MOST_REMEMBERED) {
      storable.add(text);
    }
    return text;
  }

  /**
   * An id that is different every time, as it may be stored: as {@link #identifier}, but nothing is
   * remembered of it.
   */
  public String passingId(String text) {
    return text.isEmpty() || isIdentifier(text) ? text : hash(text);
  }

  /** One pass, because this is asked for every id of every record. */
  private static boolean isIdentifier(String text) {
    int length = text.length();
    if (length > LONGEST_IDENTIFIER) {
      return false;
    }
    int digits = 0;
    char firstDigit = 0;
    int longest = 0;
    boolean hexadecimal = true;
    boolean beginsWord = true;
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
      boolean digit = c >= '0' && c <= '9';
      if (!letter && !digit && ALLOWED.indexOf(c) < 0) {
        return false;
      }
      if (beginsWord
          && mayBeginCredential(c, i + 1 < length ? text.charAt(i + 1) : ' ')
          && CREDENTIAL.matcher(text).find()) {
        return false;
      }
      if (digit) {
        firstDigit = digits == 0 ? c : firstDigit;
        digits++;
        if (digits > MILLIS_DIGITS || digits == MILLIS_DIGITS && firstDigit != '1') {
          longest = digits;
        }
      } else if (letter || digits == MILLIS_DIGITS && firstDigit == '1') {
        // A time in milliseconds is no card's number.
        digits = 0;
      }
      if (letter) {
        hexadecimal &= c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
      }
      beginsWord = !letter && !digit;
    }
    // Chance puts many digits in a row in one of thirty UUIDs.
    return longest == 0 || hexadecimal && length >= UUID_LENGTH;
  }

  /** Whether a word may begin so that {@link #CREDENTIAL} describes; most are told from these. */
  private static boolean mayBeginCredential(char first, char second) {
    return switch (first) {
      case 's', 'S', 'p', 'P', 'r', 'R' -> second == 'k' || second == 'K';
      case 'A' -> second == 'I' || second == 'K' || second == 'S' || second == 'Q';
      case 'g' -> second == 'h' || second == 'i' || second == 'l' || second == 's';
      case 'x' -> second == 'o';
      case 'e' -> second == 'y';
      case 'y' -> second == 'a';
      case 'h' -> second == 'f';
      default -> false;
    };
  }

  /**
   * What nearly all ids are, told without a pattern: hexadecimal digits in groups, after a vendor's
   * {@code req_}.
   */
  private static boolean isPlainId(String id) {
    for (int i = id.startsWith("req_") ? 4 : 0; i < id.length(); i++) {
      char c = id.charAt(i);
      if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c == '-')) {
        return false;
      }
    }
    return id.length() <= LONGEST_PLAIN;
  }

  private static boolean isProvidersId(String id) {
    return REQUEST_ID.matcher(id).matches() && !CREDENTIAL.matcher(id).find();
  }

  private static boolean isModelName(String name) {
    return MODEL.matcher(name).matches()
        && !LONG_NUMBER.matcher(name).find()
        && !CREDENTIAL.matcher(name).find()
        && !LONG_RUN.matcher(name).find()
        && !looksRandom(name);
  }

  /** Chance changes between small letters, capitals and digits all the time; names seldom do. */
  private static boolean looksRandom(String text) {
    int changes = 0;
    for (int i = 1; i < text.length(); i++) {
      int before = kind(text.charAt(i - 1));
      int here = kind(text.charAt(i));
      if (before != here && before != 0 && here != 0) {
        changes++;
      }
    }
    return text.length() >= RANDOM_LENGTH && changes * 3 > text.length();
  }

  private static int kind(char c) {
    if (c >= 'a' && c <= 'z') {
      return 1;
    }
    if (c >= 'A' && c <= 'Z') {
      return 2;
    }
    return c >= '0' && c <= '9' ? 3 : 0;
  }

  private String hash(String text) {
    try {
      // A copy of a keyed one that is never fed costs less than keying another, and threads share
      // it.
      byte[] whole = ((Mac) keyed.clone()).doFinal(text.getBytes(UTF_8));
      return "h_" + HexFormat.of().formatHex(whole, 0, HASH_BYTES);
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the JDK's " + ALGORITHM + " can be copied", e);
    }
  }
}
