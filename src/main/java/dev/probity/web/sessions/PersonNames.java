package dev.probity.web.sessions;

import dev.probity.kernel.OrganizationId;
import dev.probity.telemetry.sessions.People;
import dev.probity.telemetry.sessions.PersonRow;
import dev.probity.web.Choice;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How people are seen, for lists that know only their ids. */
public final class PersonNames {
  private final Map<Long, String> labels = new LinkedHashMap<>();

  public PersonNames(People people, OrganizationId organization) {
    for (PersonRow person : people.list(organization)) {
      labels.put(person.id(), person.label());
    }
  }

  /** The label; empty for nobody in particular. */
  public String of(long person) {
    return person == 0 ? "" : labels.getOrDefault(person, "person " + Long.toString(person, 36));
  }

  /** The label of a person whose id is text; the text itself if it is no id. */
  public String of(String person) {
    try {
      return of(Long.parseLong(person));
    } catch (NumberFormatException e) {
      return person;
    }
  }

  List<Choice> choices() {
    return labels.entrySet().stream()
        .map(entry -> new Choice(Long.toString(entry.getKey()), entry.getValue()))
        .sorted(java.util.Comparator.comparing(Choice::label))
        .toList();
  }
}
