package dev.probity.server;

import dev.probity.kernel.Secret;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The environment variables that Probity itself reads. Those named in probity.yaml are read where
 * it is.
 */
record Environment(Map<String, String> variables) {
  private static final int ADMIN_KEY_LENGTH = 20;

  static Environment ofProcess() {
    return new Environment(System.getenv());
  }

  /**
   * An owner key for automation, from PROBITY_ADMIN_KEY.
   *
   * @throws IllegalArgumentException if it is shorter than 20 characters
   */
  Optional<Secret> adminKey() {
    Optional<String> key = text("PROBITY_ADMIN_KEY");
    if (key.isPresent() && key.get().length() < ADMIN_KEY_LENGTH) {
      throw new IllegalArgumentException(
          "PROBITY_ADMIN_KEY has "
              + key.get().length()
              + " characters (expected: at least "
              + ADMIN_KEY_LENGTH
              + "). Make one with: openssl rand -hex 24");
    }
    return key.map(Secret::new);
  }

  /** The same, however long: for asking another Probity, which knows whether it is one. */
  Optional<Secret> anyAdminKey() {
    return text("PROBITY_ADMIN_KEY").map(Secret::new);
  }

  /** The master key, from PROBITY_MASTER_KEY: base 64 of 32 bytes. */
  Optional<Secret> masterKey() {
    return text("PROBITY_MASTER_KEY").map(Secret::new);
  }

  /** A file that holds the master key, from PROBITY_MASTER_KEY_FILE. */
  Optional<Path> masterKeyFile() {
    return text("PROBITY_MASTER_KEY_FILE").map(Path::of);
  }

  /** PEM certificates to trust for upstreams instead of the JDK's, from PROBITY_TRUST. */
  Optional<Path> trustedCertificates() {
    return text("PROBITY_TRUST").map(Path::of);
  }

  /** How much is logged, from PROBITY_LOG. */
  Optional<String> logLevel() {
    return text("PROBITY_LOG");
  }

  private Optional<String> text(String name) {
    return Optional.ofNullable(variables.get(name)).filter(value -> !value.isBlank());
  }
}
