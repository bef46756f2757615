package dev.probity.telemetry.otlp;

/** The bytes are no OTLP. The message says what was wrong and where, and nothing of the content. */
public final class OtlpFormatException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public OtlpFormatException(String message) {
    super(message);
  }
}
