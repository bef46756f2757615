package dev.probity.kernel;

/** What a member, or a key, may do in an organization. */
public enum Role {
  /** Everything: keys, settings, every exchange of the organization. */
  OWNER,
  /** Calls models; sees nothing of the organization's administration. */
  MEMBER;

  /** Whether this role may use the control plane's administration (API and pages). */
  public boolean administers() {
    return this == OWNER;
  }
}
