package dev.probity.gateway.passthrough;

/** A form that not every parser would read alike, so that none is given it. */
final class MalformedForm extends Exception {
  private static final long serialVersionUID = 1;

  MalformedForm(String message) {
    super(message, null, false, false);
  }

  @Override
  public String getMessage() {
    String message = super.getMessage();
    return message == null ? "" : message;
  }
}
