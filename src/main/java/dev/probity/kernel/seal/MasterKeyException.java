package dev.probity.kernel.seal;

import org.jspecify.annotations.Nullable;

/** The master key cannot be had; the message says what to do. */
public final class MasterKeyException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public MasterKeyException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
