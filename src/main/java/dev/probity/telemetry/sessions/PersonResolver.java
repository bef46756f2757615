package dev.probity.telemetry.sessions;

import dev.probity.kernel.KeyId;
import dev.probity.kernel.OrganizationId;
import dev.probity.telemetry.SessionFacts;
import java.util.function.LongSupplier;

/** Finds out who a report is from. Not for several threads at once. */
public final class PersonResolver {
  private final KeyPeople keys;
  private final TieTable ties;
  private final LongSupplier newIds;

  /**
   * @param newIds random ids for people who are new, never 0
   */
  public PersonResolver(KeyPeople keys, TieTable ties, LongSupplier newIds) {
    this.keys = keys;
    this.ties = ties;
    this.newIds = newIds;
  }

  /**
   * The person of a report, who may be new.
   *
   * @return 0 if nothing says who it is
   */
  public long personOf(OrganizationId organization, KeyId key, SessionFacts facts, long atMillis) {
    throw new UnsupportedOperationException(keys + " " + ties + " " + newIds);
  }
}
