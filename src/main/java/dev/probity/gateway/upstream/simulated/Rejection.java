package dev.probity.gateway.upstream.simulated;

/** A request that cannot be answered, before a vendor's words are put to it. */
final class Rejection extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int status;
  private final String code;
  private final String parameter;

  /**
   * @param code the vendor's machine-readable code; may be empty
   * @param parameter the field that is wrong; may be empty
   */
  Rejection(int status, String code, String parameter, String message) {
    super(message, null, false, false);
    this.status = status;
    this.code = code;
    this.parameter = parameter;
  }

  static Rejection invalid(String message) {
    return new Rejection(400, "", "", message);
  }

  int status() {
    return status;
  }

  String code() {
    return code;
  }

  String parameter() {
    return parameter;
  }

  String message() {
    return String.valueOf(getMessage());
  }
}
