package dev.probity.journal;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals the records of one segment with the segment's own key. The nonce is the record's offset,
 * which never comes twice under one key: a segment is written once, front to back, by the process
 * that made it. Not for several threads.
 */
final class RecordCipher {
  static final int TAG_BYTES = 16;
  private static final int NONCE_BYTES = 12;

  private final SecretKeySpec key;
  private final Cipher cipher;
  private final ByteBuffer nonce = ByteBuffer.allocate(NONCE_BYTES);
  private final ByteBuffer associated = ByteBuffer.allocate(Long.BYTES);

  RecordCipher(byte[] key) {
    this.key = new SecretKeySpec(key, "AES");
    try {
      cipher = Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-256-GCM does not work on this JDK", e);
    }
  }

  /** Writes ciphertext and tag to the start of {@code sealed}. */
  void seal(long header, int offset, byte[] plain, int from, int length, byte[] sealed) {
    try {
      start(Cipher.ENCRYPT_MODE, header, offset);
      cipher.doFinal(plain, from, length, sealed, 0);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-256-GCM does not work on this JDK", e);
    }
  }

  /**
   * The plain payload.
   *
   * @throws GeneralSecurityException if the record was damaged
   */
  byte[] open(long header, int offset, byte[] sealed) throws GeneralSecurityException {
    start(Cipher.DECRYPT_MODE, header, offset);
    return cipher.doFinal(sealed);
  }

  private void start(int mode, long header, int offset) throws GeneralSecurityException {
    nonce.putInt(NONCE_BYTES - Integer.BYTES, offset);
    cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * 8, nonce.array()));
    associated.putLong(0, header);
    cipher.updateAAD(associated.array());
  }
}
