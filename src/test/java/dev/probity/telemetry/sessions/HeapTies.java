package dev.probity.telemetry.sessions;

import dev.probity.kernel.OrganizationId;
import dev.probity.telemetry.sessions.PersonRow.Basis;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/** A table of ties on the heap. */
final class HeapTies implements TieTable {
  record Place(OrganizationId organization, Basis basis, String value) {}

  final Map<Place, Long> ties = new LinkedHashMap<>();
  int questions;

  @Override
  public OptionalLong find(OrganizationId organization, Basis basis, String value) {
    questions++;
    Long person = ties.get(new Place(organization, basis, value));
    return person == null ? OptionalLong.empty() : OptionalLong.of(person);
  }

  @Override
  public void tie(
      OrganizationId organization, Basis basis, String value, long person, long atMillis) {
    if (ties.putIfAbsent(new Place(organization, basis, value), person) != null) {
      throw new IllegalStateException("tied before: " + basis + " " + value);
    }
  }

  @Override
  public void merge(OrganizationId organization, long from, long into) {
    ties.replaceAll((place, person) ->
        place.organization.equals(organization) && person == from ? into : person);
  }

  @Override
  public boolean restsOnlyOnInstall(OrganizationId organization, long person) {
    return ties.entrySet().stream()
        .filter(tie -> tie.getKey().organization.equals(organization))
        .filter(tie -> tie.getValue() == person)
        .allMatch(tie -> tie.getKey().basis == Basis.INSTALL);
  }
}
