package dev.probity.kernel;

/** How a stored field is protected, beyond the encryption of the file it is in. */
public enum Protection {
  /** The file's encryption alone. */
  ENCRYPTED_FILE,
  /** Only a salted SHA-256 digest is stored. */
  SALTED_HASH,
  /** Only a keyed hash (HMAC-SHA-256) is stored. */
  KEYED_HASH,
  /** Sealed (AES-256-GCM) under a key that the file does not hold. */
  SEALED,
  /** Not protected; allowed for what is published anyway, such as metric labels. */
  NONE
}
