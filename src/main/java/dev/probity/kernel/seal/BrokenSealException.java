package dev.probity.kernel.seal;

/**
 * What was sealed does not open: it was changed, it belongs to another place, or this is the wrong
 * key.
 */
public final class BrokenSealException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public BrokenSealException(String message, Throwable cause) {
    super(message, cause);
  }
}
