package dev.probity.gateway.log;

import org.jspecify.annotations.Nullable;

/** Bytes that are not an encoded exchange, or one of a version that this build does not know. */
public final class ExchangeFormatException extends RuntimeException {
  private static final long serialVersionUID = 1;

  ExchangeFormatException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
