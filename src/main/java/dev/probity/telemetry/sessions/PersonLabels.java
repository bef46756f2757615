package dev.probity.telemetry.sessions;

import java.util.List;

/** How people are called on pages. */
public final class PersonLabels {
  private PersonLabels() {}

  /**
   * The person that a key was issued for; otherwise a short pseudonym such as {@code person 7f3a}.
   */
  public static String label(long id, List<PersonRow.Tie> ties) {
    throw new UnsupportedOperationException();
  }
}
