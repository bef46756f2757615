package dev.probity.kernel;

/**
 * Why a request was not served, said once and rendered in each wire format by that format. The
 * message tells the caller what to do.
 *
 * @param code a stable word for programs, such as {@code model_not_found}
 * @param status the HTTP status; mostly the reason's own, but a provider's goes before it
 */
public record Refusal(Reason reason, String code, String message, int status) {
  /** With the reason's own status. */
  public Refusal(Reason reason, String code, String message) {
    this(reason, code, message, reason.status());
  }

  /** The kinds of refusal, with their HTTP status. */
  public enum Reason {
    INVALID(400),
    UNAUTHENTICATED(401),
    FORBIDDEN(403),
    NOT_FOUND(404),
    METHOD_NOT_ALLOWED(405),
    TIMED_OUT_READING(408),
    LENGTH_REQUIRED(411),
    TOO_LARGE(413),
    UNSUPPORTED_MEDIA(415),
    HEADERS_TOO_LARGE(431),
    RATE_LIMITED(429),
    INTERNAL(500),
    UPSTREAM_FAILED(502),
    UNAVAILABLE(503),
    UPSTREAM_TIMEOUT(504);

    private final int status;

    Reason(int status) {
      this.status = status;
    }

    public int status() {
      return status;
    }
  }
}
