package dev.probity.kernel;

/** Who sends a request: the organization, the key, and what the key may do. */
public record Caller(OrganizationId organization, KeyId key, Role role) {
  /** A request whose key is missing or unknown. */
  public static final Caller NOBODY = new Caller(OrganizationId.NONE, KeyId.NONE, Role.MEMBER);
}
