package dev.probity.http;

import dev.probity.kernel.Refusal;

/** Ends the handling of a call with a refusal, from however deep in reading it. */
public final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Refusal refusal;

  public RefusedException(Refusal refusal) {
    super(refusal.code() + ": " + refusal.message(), null, false, false);
    this.refusal = refusal;
  }

  /** A mistake in the request, with what is expected instead. */
  public static RefusedException invalid(String code, String message) {
    return new RefusedException(new Refusal(Refusal.Reason.INVALID, code, message));
  }

  public static RefusedException notFound(String code, String message) {
    return new RefusedException(new Refusal(Refusal.Reason.NOT_FOUND, code, message));
  }

  public Refusal refusal() {
    return refusal;
  }
}
