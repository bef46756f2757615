package dev.probity.kernel.seal;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals small things, such as data keys, with AES-256-GCM. A sealed value is 12 bytes of random
 * nonce, the ciphertext and 16 bytes of tag; it opens only with the same key and for the same
 * place. Random nonces are safe for some billions of seals under one key.
 */
public final class Sealer {
  public static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BYTES = 16;

  /** How much longer the sealed value is than the plain one. */
  public static final int OVERHEAD_BYTES = NONCE_BYTES + TAG_BYTES;

  private final SecretKeySpec key;
  private final RandomGenerator random;

  /**
   * @param key 32 bytes
   * @param random must be fit for cryptography
   */
  public Sealer(byte[] key, RandomGenerator random) {
    if (key.length != KEY_BYTES) {
      throw new IllegalArgumentException("key: " + key.length + " bytes (expected: 32)");
    }
    this.key = new SecretKeySpec(key, "AES");
    this.random = random;
  }

  /**
   * @param place where the value is kept, such as table and row; authenticated, so that a sealed
   *     value cannot be moved elsewhere
   */
  public byte[] seal(byte[] plain, byte[] place) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    byte[] sealed = Arrays.copyOf(nonce, plain.length + OVERHEAD_BYTES);
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, nonce, place);
      cipher.doFinal(plain, 0, plain.length, sealed, NONCE_BYTES);
      return sealed;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-256-GCM does not work on this JDK", e);
    }
  }

  /** The plain value; {@link BrokenSealException} if it was not sealed so. */
  public byte[] open(byte[] sealed, byte[] place) {
    if (sealed.length < OVERHEAD_BYTES) {
      throw new BrokenSealException(
          "sealed value: " + sealed.length + " bytes (expected: 28 or more)",
          new IllegalArgumentException("too short"));
    }
    try {
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(sealed, NONCE_BYTES), place);
      return cipher.doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
    } catch (GeneralSecurityException e) {
      throw new BrokenSealException(
          "a sealed value does not open: it was changed, or this is the wrong master key", e);
    }
  }

  private Cipher cipher(int mode, byte[] nonce, byte[] place) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * 8, nonce));
    cipher.updateAAD(place);
    return cipher;
  }
}
