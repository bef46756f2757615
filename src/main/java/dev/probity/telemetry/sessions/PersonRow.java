package dev.probity.telemetry.sessions;

import java.util.List;

/**
 * Somebody who works with agents.
 *
 * @param id random
 * @param label how people see them: the name of their key, or a short pseudonym
 * @param ties what the identity rests on, the surest first
 */
public record PersonRow(long id, String label, List<Tie> ties) {
  /** The surest first. */
  public enum Basis {
    /** Reported with a key that is one person's. */
    KEY,
    /** The keyed hash of an email address that the agent reported. */
    EMAIL,
    /** The id of an account at the vendor. */
    ACCOUNT,
    /** An id that the organization set in resource attributes. */
    END_USER,
    /** The random id of an installation of the agent. */
    INSTALL
  }

  /**
   * One thing that says who somebody is.
   *
   * @param firstSeenMillis since 1970
   */
  public record Tie(Basis basis, String value, long firstSeenMillis) {}
}
