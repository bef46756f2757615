package dev.probity.identity;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32;

/**
 * How a key is written: {@code pk-}, a public id of 12 lower-case letters and digits, {@code -}, 43
 * letters and digits of secret (256 random bits in base 62), and 6 of checksum (CRC-32 of all
 * before, in base 62). The checksum tells a mistyped key without a look-up, and lets scanners for
 * leaked secrets recognize one.
 */
final class KeyFormat {
  static final int ID_LENGTH = 12;
  static final int SECRET_LENGTH = 43;
  static final int ID_START = 3;
  static final int SECRET_START = ID_START + ID_LENGTH + 1;
  static final int CHECK_START = SECRET_START + SECRET_LENGTH;
  static final int CHECK_LENGTH = 6;
  static final int LENGTH = CHECK_START + CHECK_LENGTH;

  private static final String DIGITS =
      "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
  private static final int ID_BASE = 36;
  private static final int BASE = DIGITS.length();
  private static final int SECRET_BYTES = 32;

  private KeyFormat() {}

  /** A new key, whole. */
  static String create(RandomGenerator random) {
    StringBuilder key = new StringBuilder(LENGTH).append("pk-");
    for (int i = 0; i < ID_LENGTH; i++) {
      key.append(DIGITS.charAt(random.nextInt(ID_BASE)));
    }
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    key.append('-').append(base62(new BigInteger(1, secret), SECRET_LENGTH));
    return withChecksum(key);
  }

  static String withChecksum(StringBuilder key) {
    byte[] bytes = key.toString().getBytes(StandardCharsets.US_ASCII);
    return key.append(base62(BigInteger.valueOf(checksum(bytes, bytes.length)), CHECK_LENGTH))
        .toString();
  }

  static String id(String key) {
    return key.substring(ID_START, ID_START + ID_LENGTH);
  }

  static String secret(String key) {
    return key.substring(SECRET_START, CHECK_START);
  }

  static String preview(String key) {
    return key.substring(0, ID_START + 3) + "…" + key.substring(LENGTH - 4);
  }

  /**
   * Reads what may be a key into ASCII bytes.
   *
   * @param bytes room for {@link #LENGTH} bytes
   * @return whether it is well-formed, checksum included
   */
  static boolean read(CharSequence presented, byte[] bytes) {
    if (presented.length() != LENGTH) {
      return false;
    }
    for (int i = 0; i < LENGTH; i++) {
      char c = presented.charAt(i);
      if (c >= 0x80) {
        return false;
      }
      bytes[i] = (byte) c;
    }
    if (bytes[0] != 'p' || bytes[1] != 'k' || bytes[2] != '-' || bytes[SECRET_START - 1] != '-') {
      return false;
    }
    long rest = checksum(bytes, CHECK_START);
    for (int i = LENGTH - 1; i >= CHECK_START; i--) {
      if (bytes[i] != DIGITS.charAt((int) (rest % BASE))) {
        return false;
      }
      rest /= BASE;
    }
    return true;
  }

  private static long checksum(byte[] bytes, int length) {
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, length);
    return crc.getValue();
  }

  private static String base62(BigInteger value, int length) {
    char[] text = new char[length];
    BigInteger rest = value;
    for (int i = length - 1; i >= 0; i--) {
      BigInteger[] parts = rest.divideAndRemainder(BigInteger.valueOf(BASE));
      text[i] = DIGITS.charAt(parts[1].intValue());
      rest = parts[0];
    }
    return new String(text);
  }
}
