package dev.probity.telemetry.otlp.wire;

/** A body is larger, unpacked, than it may be. */
public final class TooLargeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TooLargeException(int limit) {
    super("The body is larger than " + limit + " bytes when it is unpacked.");
  }
}
