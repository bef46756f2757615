package dev.probity.telemetry.sessions;

import dev.probity.kernel.OrganizationId;
import java.util.OptionalLong;

/** What is remembered of who is who. */
public interface TieTable {
  /** The person that a value is tied to. */
  OptionalLong find(OrganizationId organization, PersonRow.Basis basis, String value);

  /** Ties a value to a person; the value was not tied before. */
  void tie(
      OrganizationId organization, PersonRow.Basis basis, String value, long person, long atMillis);

  /** Makes two people one: the ties of the first, and what was counted for it, go to the second. */
  void merge(OrganizationId organization, long from, long into);

  /** Whether a person has no tie but to installations. */
  boolean restsOnlyOnInstall(OrganizationId organization, long person);
}
