package dev.probity.telemetry.intake;

import java.util.Locale;

/** Why an export is refused, and how HTTP and gRPC say that. */
public enum Reason {
  /** No key, or nobody's. */
  UNAUTHORIZED(401, 16, 0),
  /** The body is not what it is said to be. */
  MALFORMED(400, 3, 0),
  /** The body is too large, as it came or unpacked. */
  TOO_LARGE(413, 8, 0),
  /** An encoding that is not understood here. */
  UNSUPPORTED(415, 12, 0),
  /** The client was too slow, or its deadline passed before its turn came. */
  LATE(408, 4, 0),
  /** Too much at once for the memory or the hands here. */
  BUSY(503, 14, 2),
  /** The journal has no room. */
  FULL(503, 14, 10),
  /** A fault of ours. */
  FAILED(500, 13, 0);

  private final String word = name().toLowerCase(Locale.ROOT);
  private final int httpStatus;
  private final int grpcCode;
  private final int retrySeconds;

  Reason(int httpStatus, int grpcCode, int retrySeconds) {
    this.httpStatus = httpStatus;
    this.grpcCode = grpcCode;
    this.retrySeconds = retrySeconds;
  }

  /** The stable word for it, such as {@code too_large}. */
  public String word() {
    return word;
  }

  public int httpStatus() {
    return httpStatus;
  }

  public int grpcCode() {
    return grpcCode;
  }

  /** After how many seconds the client may try again; 0 if it should not. */
  public int retrySeconds() {
    return retrySeconds;
  }
}
