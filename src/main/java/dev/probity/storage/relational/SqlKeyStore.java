package dev.probity.storage.relational;

import dev.probity.identity.KeyRecord;
import dev.probity.identity.KeyStore;
import dev.probity.kernel.InvalidCursorException;
import dev.probity.kernel.KeyId;
import dev.probity.kernel.OrganizationId;
import dev.probity.kernel.Page;
import dev.probity.kernel.Role;
import dev.probity.storage.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Keys in the control store. */
public final class SqlKeyStore implements KeyStore {
  private static final int LARGEST_PAGE = 1_000;
  private static final String SELECT =
      "SELECT id, organization, name, role, salt, digest, preview, created_at, revoked_at, person"
          + " FROM keys ";

  private final Database database;

  public SqlKeyStore(Database database) {
    this.database = database;
  }

  @Override
  public void insert(KeyRecord key) {
    database.write(sql ->
        sql.update(
            """
            INSERT INTO keys (id, organization, name, role, salt, digest, preview, created_at,
              revoked_at, person) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            key.id().value(),
            key.organization().value(),
            key.name(),
            key.role().name().toLowerCase(Locale.ROOT),
            key.salt(),
            key.digest(),
            key.preview(),
            key.createdAtMillis(),
            key.revokedAtMillis(),
            key.person()));
  }

  @Override
  public List<KeyRecord> live() {
    return database.read(sql -> sql.list(SELECT + "WHERE revoked_at IS NULL", SqlKeyStore::read));
  }

  /**
   * {@inheritDoc}
   *
   * @param limit at most 1,000
   * @throws InvalidCursorException if the cursor is not one
   */
  @Override
  public Page<KeyRecord> list(OrganizationId organization, int limit, Optional<String> cursor) {
    int size = Math.clamp(limit, 1, LARGEST_PAGE);
    Place from = cursor.map(Place::parse).orElse(Place.NEWEST);
    List<KeyRecord> keys =
        database.read(sql ->
            sql.list(
                SELECT
                    + """
                    WHERE organization = ? AND (created_at < ? OR (created_at = ? AND id > ?))
                    ORDER BY created_at DESC, id LIMIT ?
                    """,
                SqlKeyStore::read,
                organization.value(),
                from.createdAtMillis(),
                from.createdAtMillis(),
                from.id(),
                size + 1));
    if (keys.size() <= size) {
      return new Page<>(keys, Optional.empty());
    }
    return new Page<>(
        List.copyOf(keys.subList(0, size)), Optional.of(Place.of(keys.get(size - 1)).text()));
  }

  @Override
  public Optional<KeyRecord> find(OrganizationId organization, KeyId id) {
    return database.read(sql ->
        sql.first(
            SELECT + "WHERE organization = ? AND id = ?",
            SqlKeyStore::read,
            organization.value(),
            id.value()));
  }

  @Override
  public boolean revoke(OrganizationId organization, KeyId id, long atMillis) {
    return database.write(sql ->
        sql.update(
            "UPDATE keys SET revoked_at = ?"
                + " WHERE organization = ? AND id = ? AND revoked_at IS NULL",
            atMillis,
            organization.value(),
            id.value()))
        == 1;
  }

  private static KeyRecord read(ResultSet row) throws SQLException {
    return new KeyRecord(
        new KeyId(row.getString(1)),
        new OrganizationId(row.getLong(2)),
        row.getString(3),
        Role.valueOf(row.getString(4).toUpperCase(Locale.ROOT)),
        row.getString(5),
        row.getString(6),
        row.getString(7),
        row.getLong(8),
        Sql.optionalLong(row, 9),
        Optional.ofNullable(row.getString(10)));
  }

  /** Where a page ended; its written form is the cursor. */
  private record Place(long createdAtMillis, String id) {
    private static final Place NEWEST = new Place(Long.MAX_VALUE, "");

    private static Place of(KeyRecord key) {
      return new Place(key.createdAtMillis(), key.id().value());
    }

    private static Place parse(String cursor) {
      int dot = cursor.indexOf('.');
      if (dot <= 0) {
        throw new InvalidCursorException();
      }
      try {
        return new Place(Long.parseLong(cursor.substring(0, dot)), cursor.substring(dot + 1));
      } catch (NumberFormatException e) {
        throw new InvalidCursorException();
      }
    }

    private String text() {
      return createdAtMillis + "." + id;
    }
  }
}
