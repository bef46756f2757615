package dev.probity.kernel;

/**
 * An organization. {@link #NONE} stands in the log of requests that no organization's key came
 * with.
 */
public record OrganizationId(long value) {
  public static final OrganizationId NONE = new OrganizationId(0);

  /** The organization that a new installation starts with. */
  public static final OrganizationId FIRST = new OrganizationId(1);
}
