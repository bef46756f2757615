package dev.probity.telemetry.sessions;

import java.util.HexFormat;
import java.util.List;

/** How people are called on pages. */
public final class PersonLabels {
  private PersonLabels() {}

  /**
   * The person that a key was issued for; otherwise a short pseudonym such as {@code person 7f3a}.
   */
  public static String label(long id, List<PersonRow.Tie> ties) {
    return ties.stream()
        .filter(tie -> tie.basis() == PersonRow.Basis.KEY)
        .map(PersonRow.Tie::value)
        .findFirst()
        .orElseGet(() -> "person " + HexFormat.of().toHexDigits(id, 4));
  }
}
