package dev.probity.web.office;

import dev.probity.kernel.OrganizationId;
import dev.probity.telemetry.sessions.People;
import dev.probity.telemetry.sessions.PersonRow;
import java.util.HashMap;
import java.util.Map;

/** What people are called, asked for once each. For one page or one stream. */
final class PersonNames {
  private static final int MOST = 10_000;

  private final People people;
  private final OrganizationId organization;
  private final Map<Long, String> names = new HashMap<>();

  PersonNames(People people, OrganizationId organization) {
    this.people = people;
    this.organization = organization;
  }

  String of(long person) {
    if (person == 0) {
      return "Unknown";
    }
    if (names.size() >= MOST) {
      names.clear();
    }
    return names.computeIfAbsent(
        person, id -> people.find(organization, id).map(PersonRow::label).orElse("Unknown"));
  }
}
