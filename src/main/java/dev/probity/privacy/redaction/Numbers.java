package dev.probity.privacy.redaction;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Numbers of cards, accounts and people, believed only if their check digits are right. */
final class Numbers implements Detector {
  private static final int FEWEST_CARD_DIGITS = 13;
  private static final int MOST_CARD_DIGITS = 19;
  private static final int LONGEST_IBAN = 34;
  private static final BigInteger IBAN_MODULUS = BigInteger.valueOf(97);

  /** How long each country's account numbers are. */
  private static final Map<String, Integer> IBAN_LENGTHS =
      lengths(
          "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18"
              + " DO28 EE20 EG29 ES24 FI18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22"
              + " IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 MC27 MD24 ME22"
              + " MK19 MR27 MT31 MU30 NL18 NO15 PK24 PL28 PS29 PT25 QA29 RO24 RS22 SA24 SC31 SE24"
              + " SI19 SK24 SM27 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20");

  @Override
  public Optional<Finding> find(CharSequence text, int at) {
    char c = text.charAt(at);
    if (!Scan.begins(text, at)) {
      return Optional.empty();
    }
    if (Scan.isDigit(c)) {
      return card(text, at).or(() -> socialSecurity(text, at));
    }
    return isLetter(c) ? iban(text, at).or(() -> nationalInsurance(text, at)) : Optional.empty();
  }

  private static Optional<Finding> card(CharSequence text, int at) {
    StringBuilder digits = new StringBuilder();
    List<Integer> ends = new ArrayList<>();
    int index = at;
    while (digits.length() <= MOST_CARD_DIGITS && Scan.isDigit(Scan.at(text, index))) {
      digits.append(text.charAt(index));
      ends.add(index + 1);
      char next = Scan.at(text, index + 1);
      index += (next == ' ' || next == '-') && Scan.isDigit(Scan.at(text, index + 2)) ? 2 : 1;
    }
    for (int size = Math.min(digits.length(), MOST_CARD_DIGITS);
        size >= FEWEST_CARD_DIGITS;
        size--) {
      int end = ends.get(size - 1);
      if (Scan.ends(text, end) && isCard(digits.substring(0, size))) {
        return Optional.of(new Finding(Kind.CARD_NUMBER, at, end));
      }
    }
    return Optional.empty();
  }

  private static boolean isCard(String digits) {
    int size = digits.length();
    int two = Integer.parseInt(digits.substring(0, 2));
    int four = Integer.parseInt(digits.substring(0, 4));
    boolean issued =
        digits.charAt(0) == '4' && (size == 13 || size == 16 || size == 19)
            || size == 16 && (two >= 51 && two <= 55 || four >= 2221 && four <= 2720)
            || size == 15 && (two == 34 || two == 37 || four == 1800 || four == 2131)
            || size >= 16
                && (four == 6011 || four >= 6440 && four <= 6599 || two == 62 || two == 35)
            || size >= 14 && size <= 16 && (two == 30 || two == 36 || two == 38 || two == 39)
            || size <= 19 && size >= 13 && (two == 50 || two >= 56 && two <= 58);
    return issued && hasLuhnDigit(digits);
  }

  private static boolean hasLuhnDigit(String digits) {
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(digits.length() - 1 - i) - '0';
      int doubled = i % 2 == 0 ? digit : 2 * digit;
      sum += doubled > 9 ? doubled - 9 : doubled;
    }
    return sum % 10 == 0;
  }

  private static Optional<Finding> iban(CharSequence text, int at) {
    if (!isLetter(Scan.at(text, at + 1)) || !Scan.isDigit(Scan.at(text, at + 2))) {
      return Optional.empty();
    }
    StringBuilder compact = new StringBuilder();
    String country = text.subSequence(at, at + 2).toString().toUpperCase(java.util.Locale.ROOT);
    int length = IBAN_LENGTHS.getOrDefault(country, LONGEST_IBAN + 1);
    int index = at;
    while (compact.length() < length && length <= LONGEST_IBAN) {
      char c = Scan.at(text, index);
      if ((c == ' ' || c == '-') && compact.length() >= 4) {
        index++;
        c = Scan.at(text, index);
      }
      if (!Scan.isAlphanumeric(c)) {
        return Optional.empty();
      }
      compact.append(c);
      index++;
    }
    return compact.length() == length && Scan.ends(text, index) && isIban(compact.toString())
        ? Optional.of(new Finding(Kind.IBAN, at, index))
        : Optional.empty();
  }

  private static boolean isIban(String compact) {
    StringBuilder number = new StringBuilder();
    (compact.substring(4) + compact.substring(0, 4))
        .chars()
        .forEach(c -> number.append(Character.digit(c, 36)));
    return new BigInteger(number.toString()).mod(IBAN_MODULUS).intValue() == 1;
  }

  private static Optional<Finding> socialSecurity(CharSequence text, int at) {
    char before = Scan.at(text, at - 1);
    int first = Scan.run(text, at, 4, Scan::isDigit);
    int second = Scan.run(text, first + 1, 3, Scan::isDigit);
    int third = Scan.run(text, second + 1, 5, Scan::isDigit);
    if (before == '-'
        || first - at != 3
        || second - first != 3
        || third - second != 5
        || Scan.at(text, first) != '-'
        || Scan.at(text, second) != '-'
        || !Scan.ends(text, third)
        || Scan.at(text, third) == '-') {
      return Optional.empty();
    }
    int area = Integer.parseInt(text.subSequence(at, first).toString());
    boolean given =
        area > 0
            && area != 666
            && area < 900
            && !text.subSequence(first + 1, second).toString().equals("00")
            && !text.subSequence(second + 1, third).toString().equals("0000");
    return given ? Optional.of(new Finding(Kind.US_SSN, at, third)) : Optional.empty();
  }

  /** Two letters, six digits, and a letter from A to D, in pairs or not. */
  private static Optional<Finding> nationalInsurance(CharSequence text, int at) {
    if ("ABCEGHJKLMNOPRSTWXYZ".indexOf(text.charAt(at)) < 0
        || "ABCEGHJKLMNPRSTWXYZ".indexOf(Scan.at(text, at + 1)) < 0) {
      return Optional.empty();
    }
    int index = at + 2;
    for (int pair = 0; pair < 3; pair++) {
      index += Scan.at(text, index) == ' ' ? 1 : 0;
      if (!Scan.isDigit(Scan.at(text, index)) || !Scan.isDigit(Scan.at(text, index + 1))) {
        return Optional.empty();
      }
      index += 2;
    }
    index += Scan.at(text, index) == ' ' ? 1 : 0;
    char last = Scan.at(text, index);
    return last >= 'A' && last <= 'D' && Scan.ends(text, index + 1)
        ? Optional.of(new Finding(Kind.UK_NINO, at, index + 1))
        : Optional.empty();
  }

  private static boolean isLetter(char c) {
    return Scan.isAlphanumeric(c) && !Scan.isDigit(c);
  }

  private static Map<String, Integer> lengths(String table) {
    Map<String, Integer> lengths = new HashMap<>();
    for (String row : table.split(" ")) {
      lengths.put(row.substring(0, 2), Integer.parseInt(row.substring(2)));
    }
    return Map.copyOf(lengths);
  }
}
