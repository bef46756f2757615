package dev.probity.gateway.upstream.simulated.script;

/** A request that cannot be answered, before a vendor's words are put to it. */
public final class Rejection extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int status;
  private final String code;
  private final String parameter;

  /**
   * @param code the vendor's machine-readable code; may be empty
   * @param parameter the field that is wrong; may be empty
   */
  public Rejection(int status, String code, String parameter, String message) {
    super(message, null, false, false);
    this.status = status;
    this.code = code;
    this.parameter = parameter;
  }

  public static Rejection invalid(String message) {
    return new Rejection(400, "", "", message);
  }

  public int status() {
    return status;
  }

  public String code() {
    return code;
  }

  public String parameter() {
    return parameter;
  }

  public String message() {
    return String.valueOf(getMessage());
  }
}
