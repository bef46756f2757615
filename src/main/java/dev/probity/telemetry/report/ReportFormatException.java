package dev.probity.telemetry.report;

import org.jspecify.annotations.Nullable;

/** Bytes that are not an encoded report, or one of a version that this build does not know. */
public final class ReportFormatException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ReportFormatException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
