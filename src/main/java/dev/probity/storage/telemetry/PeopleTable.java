package dev.probity.storage.telemetry;

import dev.probity.kernel.OrganizationId;
import dev.probity.storage.Sql;
import dev.probity.storage.StorageException;
import dev.probity.telemetry.sessions.PersonRow.Basis;
import dev.probity.telemetry.sessions.TieTable;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** People and what ties reports to them. For the writer's thread, within its transaction. */
final class PeopleTable implements TieTable {
  /** How many ties are remembered: about 5 MB. */
  private static final int REMEMBERED = 20_000;

  private static final String FIND =
      "SELECT person FROM ties WHERE organization = ? AND basis = ? AND value = ?";

  private record Place(long organization, Basis basis, String value) {}

  private final Map<Place, Long> remembered =
      new LinkedHashMap<>(1024, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Place, Long> eldest) {
          return size() > REMEMBERED;
        }
      };

  /** How many ties organizations have. */
  private final Map<Long, Integer> counts = new HashMap<>();

  private final int mostTies;
  private @Nullable Sql transaction;

  /**
   * @param mostTies of an organization; who comes beyond is nobody in particular
   */
  PeopleTable(int mostTies) {
    this.mostTies = mostTies;
  }

  /** What the methods of {@link TieTable} work on. */
  void within(Sql sql) {
    transaction = sql;
  }

  @Override
  public OptionalLong find(OrganizationId organization, Basis basis, String value) {
    Place place = new Place(organization.value(), basis, value);
    Long known = remembered.get(place);
    if (known != null) {
      return OptionalLong.of(known);
    }
    PreparedStatement statement = sql().kept(FIND);
    try {
      statement.setLong(1, place.organization);
      statement.setString(2, basis.name());
      statement.setString(3, value);
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          return OptionalLong.empty();
        }
        remembered.put(place, row.getLong(1));
        return OptionalLong.of(row.getLong(1));
      }
    } catch (SQLException e) {
      throw new StorageException("people cannot be read: " + e.getMessage(), e);
    }
  }

  /** {@inheritDoc} Does nothing once the organization has as many as there may be. */
  @Override
  public void tie(
      OrganizationId organization, Basis basis, String value, long person, long atMillis) {
    int count = counts.computeIfAbsent(organization.value(), this::count);
    if (count >= mostTies) {
      return;
    }
    counts.put(organization.value(), count + 1);
    sql()
        .update(
            "INSERT INTO people (id, organization, first_seen) VALUES (?, ?, ?)"
                + " ON CONFLICT (id) DO NOTHING",
            person,
            organization.value(),
            atMillis);
    sql()
        .update(
            "INSERT INTO ties (organization, basis, value, person, first_seen)"
                + " VALUES (?, ?, ?, ?, ?)",
            organization.value(),
            basis.name(),
            value,
            person,
            atMillis);
    remembered.put(new Place(organization.value(), basis, value), person);
  }

  @Override
  public void merge(OrganizationId organization, long from, long into) {
    sql()
        .update(
            "UPDATE ties SET person = ? WHERE person = ? AND organization = ?",
            into,
            from,
            organization.value());
    // Those who were merged into the first before: reading follows one step only.
    sql()
        .update(
            "UPDATE people SET merged_into = ? WHERE organization = ? AND (id = ? OR merged_into = ?)",
            into,
            organization.value(),
            from,
            from);
    remembered.values().removeIf(person -> person == from);
  }

  @Override
  public boolean restsOnlyOnInstall(OrganizationId organization, long person) {
    return sql()
        .first(
            "SELECT 1 FROM ties WHERE person = ? AND organization = ? AND basis <> ? LIMIT 1",
            row -> row.getInt(1),
            person,
            organization.value(),
            Basis.INSTALL.name())
        .isEmpty();
  }

  /** Whether a number that was given is anybody's: it is not where there was no room. */
  boolean isKnown(long person) {
    return sql()
        .first("SELECT 1 FROM people WHERE id = ?", row -> row.getInt(1), person)
        .isPresent();
  }

  /** Whether ties are left out now, so that whom a report is from must be looked up. */
  boolean isFull(OrganizationId organization) {
    return counts.computeIfAbsent(organization.value(), this::count) >= mostTies;
  }

  /** Deletes those whom nothing is about any more. */
  int deleteForgotten() {
    int deleted =
        sql()
            .update(
                """
                DELETE FROM people WHERE id NOT IN (SELECT person FROM dimensions)
                  AND id NOT IN (SELECT person FROM sessions)
                  AND id NOT IN (SELECT p.merged_into FROM people p
                    WHERE p.merged_into IS NOT NULL AND (p.id IN (SELECT person FROM dimensions)
                      OR p.id IN (SELECT person FROM sessions)))
                """);
    if (deleted > 0) {
      sql().update("DELETE FROM ties WHERE person NOT IN (SELECT id FROM people)");
      forget();
    }
    return deleted;
  }

  void forget() {
    remembered.clear();
    counts.clear();
  }

  private int count(long organization) {
    return sql()
        .first(
            "SELECT count(*) FROM ties WHERE organization = ?", row -> row.getInt(1), organization)
        .orElse(0);
  }

  private Sql sql() {
    if (transaction == null) {
      throw new IllegalStateException("people are only written within a batch");
    }
    return transaction;
  }
}
