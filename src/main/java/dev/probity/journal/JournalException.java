package dev.probity.journal;

import org.jspecify.annotations.Nullable;

/** The journal cannot be opened or written. */
public sealed class JournalException extends RuntimeException permits JournalFullException {
  private static final long serialVersionUID = 1;

  JournalException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
