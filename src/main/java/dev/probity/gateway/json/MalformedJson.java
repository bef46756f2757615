package dev.probity.gateway.json;

/** A document is not what it must be where it was read: not JSON, or a value of another kind. */
public final class MalformedJson extends Exception {
  private static final long serialVersionUID = 1;

  /**
   * @param message what was expected and what stands there, without the document's own content
   */
  public MalformedJson(String message) {
    super(message, null, false, false);
  }
}
