package dev.probity.kernel;

/** A list was asked to go on from a cursor that no list gave out: a mistake of the caller. */
public final class InvalidCursorException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  public InvalidCursorException() {
    super("This cursor is not one that a list gave out. Leave it away to begin at the newest.");
  }
}
