package dev.probity.storage.telemetry;

import dev.probity.kernel.OrganizationId;
import dev.probity.storage.Sql;
import dev.probity.storage.relational.Database;
import dev.probity.telemetry.sessions.People;
import dev.probity.telemetry.sessions.PersonLabels;
import dev.probity.telemetry.sessions.PersonRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Who the reports are from. */
final class SqlPeople implements People {
  private static final String TIES =
      "SELECT person, basis, value, first_seen FROM ties WHERE organization = ?";

  private final Database agents;

  SqlPeople(Database agents) {
    this.agents = agents;
  }

  @Override
  public List<PersonRow> list(OrganizationId organization) {
    return agents.read(sql -> {
      Map<Long, List<PersonRow.Tie>> people = new TreeMap<>();
      addTies(sql, people, TIES, organization.value());
      List<PersonRow> rows = new ArrayList<>();
      people.forEach((id, ties) -> rows.add(row(id, ties)));
      return rows;
    });
  }

  @Override
  public Optional<PersonRow> find(OrganizationId organization, long person) {
    return agents.read(sql -> {
      long id =
          sql.first(
                  "SELECT merged_into FROM people WHERE organization = ? AND id = ?"
                      + " AND merged_into IS NOT NULL",
                  row -> row.getLong(1),
                  organization.value(),
                  person)
              .orElse(person);
      Map<Long, List<PersonRow.Tie>> people = new TreeMap<>();
      addTies(sql, people, TIES + " AND person = ?", organization.value(), id);
      return Optional.ofNullable(people.get(id)).map(ties -> row(id, ties));
    });
  }

  private static void addTies(
      Sql sql, Map<Long, List<PersonRow.Tie>> people, String query, Object... parameters) {
    sql.each(
        query,
        row ->
            people
                .computeIfAbsent(row.getLong(1), _ -> new ArrayList<>())
                .add(
                    new PersonRow.Tie(
                        PersonRow.Basis.valueOf(row.getString(2)),
                        row.getString(3),
                        row.getLong(4))),
        parameters);
  }

  private static PersonRow row(long id, List<PersonRow.Tie> ties) {
    List<PersonRow.Tie> surestFirst =
        ties.stream()
            .sorted(
                Comparator.comparing(PersonRow.Tie::basis)
                    .thenComparingLong(PersonRow.Tie::firstSeenMillis))
            .toList();
    return new PersonRow(id, PersonLabels.label(id, surestFirst), surestFirst);
  }
}
