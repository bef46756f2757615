package dev.probity.identity;

import dev.probity.kernel.Clock;
import dev.probity.kernel.OrganizationId;

/** What an installation has before anybody did anything. */
public final class FirstStart {
  private FirstStart() {}

  /** Makes sure that the first organization is there. */
  public static void prepare(OrganizationStore organizations, Clock clock) {
    if (organizations.find(OrganizationId.FIRST).isEmpty()) {
      organizations.insertIfAbsent(new Organization(OrganizationId.FIRST, "Home", clock.millis()));
    }
  }
}
