package dev.probity.kernel;

import java.util.Optional;

/**
 * An exchange's id: 63 bits that sort by time, so that the newest exchanges are the largest ids and
 * the id alone says which day's file holds the row. From the top: 42 bits of milliseconds since
 * 2020-01-01T00:00:00Z, 8 bits of node, 13 bits of counter. Written {@code ex_} and 13 digits of
 * Crockford's base 32.
 */
public record ExchangeId(long value) implements Comparable<ExchangeId> {
  /** 2020-01-01T00:00:00Z in milliseconds. */
  public static final long EPOCH_MILLIS = 1_577_836_800_000L;

  static final int COUNTER_BITS = 13;
  static final int NODE_BITS = 8;
  private static final int TIME_SHIFT = COUNTER_BITS + NODE_BITS;

  /** The last millisecond that an id can say, in the year 2159. */
  private static final long LAST_MILLIS = EPOCH_MILLIS + (1L << 42) - 1;

  private static final String DIGITS = "0123456789abcdefghjkmnpqrstvwxyz";
  private static final int LENGTH = 13;

  /** When the exchange began, in milliseconds since 1970. */
  public long startedAtMillis() {
    return (value >>> TIME_SHIFT) + EPOCH_MILLIS;
  }

  /** The smallest id that an exchange begun at this time can have; for ranges over time. */
  public static ExchangeId firstAt(long millis) {
    long sinceEpoch = Math.clamp(millis, EPOCH_MILLIS, LAST_MILLIS) - EPOCH_MILLIS;
    return new ExchangeId(sinceEpoch << TIME_SHIFT);
  }

  static ExchangeId of(long millis, int node, int counter) {
    return new ExchangeId(
        ((millis - EPOCH_MILLIS) << TIME_SHIFT) | ((long) node << COUNTER_BITS) | counter);
  }

  /** Reads the written form; empty if it is not one. */
  public static Optional<ExchangeId> parse(String text) {
    if (text.length() != LENGTH + 3 || !text.startsWith("ex_")) {
      return Optional.empty();
    }
    long value = 0;
    for (int i = 3; i < text.length(); i++) {
      int digit = DIGITS.indexOf(text.charAt(i));
      if (digit < 0 || (i == 3 && digit > 7)) {
        return Optional.empty();
      }
      value = (value << 5) | digit;
    }
    return Optional.of(new ExchangeId(value));
  }

  @Override
  public int compareTo(ExchangeId other) {
    return Long.compare(value, other.value);
  }

  @Override
  public String toString() {
    byte[] text = new byte[LENGTH + 3];
    text[0] = 'e';
    text[1] = 'x';
    text[2] = '_';
    long rest = value;
    for (int i = text.length - 1; i >= 3; i--) {
      text[i] = (byte) DIGITS.charAt((int) (rest & 31));
      rest >>>= 5;
    }
    return new String(text, java.nio.charset.StandardCharsets.ISO_8859_1);
  }
}
