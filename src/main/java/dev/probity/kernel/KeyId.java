package dev.probity.kernel;

/** The public id of a key, as lists and filters show it; never the key itself. */
public record KeyId(String value) {
  /** No key: the request was refused before one was recognized, or a signed-in person acts. */
  public static final KeyId NONE = new KeyId("");

  /** The owner key that the operator gave in the environment. */
  public static final KeyId ENVIRONMENT = new KeyId("environment");
}
