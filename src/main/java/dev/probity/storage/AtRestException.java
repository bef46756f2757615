package dev.probity.storage;

import org.jspecify.annotations.Nullable;

/** What is on the disk is not encrypted as promised; Probity does not start. */
public final class AtRestException extends RuntimeException {
  private static final long serialVersionUID = 1;

  AtRestException(String finding, @Nullable Throwable cause) {
    super(
        "Encryption at rest does not hold: "
            + finding
            + ". Probity does not start, because its policy says that stored data is encrypted.",
        cause);
  }
}
