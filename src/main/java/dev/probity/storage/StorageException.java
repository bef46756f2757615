package dev.probity.storage;

import org.jspecify.annotations.Nullable;

/** A store cannot be opened, read or written; the message says which and, if known, what to do. */
public final class StorageException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public StorageException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
