package dev.probity.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** Random words that nobody can guess. */
public final class Tokens {
  private static final int BYTES = 32;

  private Tokens() {}

  /** 256 random bits in 43 characters that are safe in a URL and a cookie. */
  public static String create(RandomGenerator random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** What is kept of a token: its SHA-256, in hexadecimal. */
  public static String digest(String token) {
    return HexFormat.of().formatHex(sha256(token));
  }

  /** Whether two words are equal, in a time that does not tell how far they agree. */
  public static boolean equal(String a, String b) {
    return MessageDigest.isEqual(sha256(a), sha256(b));
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is missing (expected: every JDK has it)", e);
    }
  }
}
