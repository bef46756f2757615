package dev.probity.storage.relational;

import dev.probity.identity.Organization;
import dev.probity.identity.OrganizationStore;
import dev.probity.kernel.OrganizationId;
import java.util.Optional;

/** Organizations in the control store. */
public final class SqlOrganizationStore implements OrganizationStore {
  private final Database database;

  public SqlOrganizationStore(Database database) {
    this.database = database;
  }

  @Override
  public Optional<Organization> find(OrganizationId id) {
    return database.read(sql ->
        sql.first(
            "SELECT id, name, created_at FROM organizations WHERE id = ?",
            row ->
                new Organization(
                    new OrganizationId(row.getLong(1)), row.getString(2), row.getLong(3)),
            id.value()));
  }

  @Override
  public void insertIfAbsent(Organization organization) {
    database.write(sql ->
        sql.update(
            "INSERT INTO organizations (id, name, created_at) VALUES (?, ?, ?)"
                + " ON CONFLICT (id) DO NOTHING",
            organization.id().value(),
            organization.name(),
            organization.createdAtMillis()));
  }
}
