package dev.probity.kernel.seal;

import dev.probity.kernel.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * The one key from which all others derive or under which they are wrapped: 32 bytes. It encrypts
 * nothing itself. Whoever has it and the data folder can read the stores; whoever has only the
 * folder cannot, unless the key file is in it.
 */
public final class MasterKey {
  public static final int BYTES = 32;
  private static final byte[] SALT = "probity master key 1".getBytes(StandardCharsets.US_ASCII);

  private final byte[] key;

  private MasterKey(byte[] key) {
    this.key = key;
  }

  /**
   * @param key 32 bytes
   */
  public static MasterKey of(byte[] key) {
    if (key.length != BYTES) {
      throw new IllegalArgumentException("master key: " + key.length + " bytes (expected: 32)");
    }
    return new MasterKey(key.clone());
  }

  /** Reads the written form, base 64 of 32 bytes; empty if it is not one. */
  public static Optional<MasterKey> parse(Secret text) {
    try {
      byte[] key = Base64.getDecoder().decode(text.reveal().strip());
      return key.length == BYTES ? Optional.of(new MasterKey(key)) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The written form. */
  public Secret text() {
    return new Secret(Base64.getEncoder().encodeToString(key));
  }

  /**
   * A key for one purpose (HKDF-SHA256). The same purpose always gives the same key; from one
   * purpose's key nothing can be learnt about another's.
   *
   * @param purpose a fixed name, such as {@code journal}
   * @param length bytes
   */
  public byte[] derive(String purpose, int length) {
    AlgorithmParameterSpec parameters =
        HKDFParameterSpec.ofExtract()
            .addIKM(key)
            .addSalt(SALT)
            .thenExpand(purpose.getBytes(StandardCharsets.UTF_8), length);
    try {
      return KDF.getInstance("HKDF-SHA256").deriveData(parameters);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HKDF-SHA256 does not work on this JDK", e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MasterKey that && Arrays.equals(key, that.key);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(key);
  }

  @Override
  public String toString() {
    return "[master key]";
  }
}
