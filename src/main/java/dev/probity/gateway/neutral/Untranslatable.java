package dev.probity.gateway.neutral;

import dev.probity.kernel.Refusal;
import dev.probity.kernel.Refusal.Reason;

/** What can't be said in the other dialect, with the refusal that tells the caller what to do. */
public final class Untranslatable extends Exception {
  private static final long serialVersionUID = 1;

  private final transient Refusal refusal;

  public Untranslatable(Refusal refusal) {
    super(refusal.message(), null, false, false);
    this.refusal = refusal;
  }

  /** The client asked for what the provider's format can't say, or for what is no valid request. */
  public static Untranslatable request(String code, String message) {
    return new Untranslatable(new Refusal(Reason.INVALID, code, message));
  }

  /** The provider answered with what can't be read, or can't be said in the client's format. */
  public static Untranslatable answer(String code, String message) {
    return new Untranslatable(new Refusal(Reason.UPSTREAM_FAILED, code, message));
  }

  public Refusal refusal() {
    return refusal;
  }
}
