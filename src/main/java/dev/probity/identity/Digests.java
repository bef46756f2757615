package dev.probity.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * What is kept of secrets. Keys carry 256 random bits, so a fast hash is enough: there is no
 * dictionary to try.
 */
final class Digests {
  static final int SALT_BYTES = 16;
  static final int BYTES = 32;

  private Digests() {}

  static byte[] salted(byte[] salt, String secret) {
    MessageDigest sha256 = sha256();
    sha256.update(salt);
    return sha256.digest(secret.getBytes(StandardCharsets.US_ASCII));
  }

  static byte[] plain(byte[] text) {
    return sha256().digest(text);
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is missing (expected: every JDK has it)", e);
    }
  }
}
