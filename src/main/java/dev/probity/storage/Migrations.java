package dev.probity.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Brings a store's schema up to date with numbered scripts. A script that was applied is never
 * changed; a store that a newer build has touched is not opened by an older one.
 *
 * @param folder on the class path
 * @param scripts file names in order; the n-th begins with n in four digits
 */
public record Migrations(String folder, List<String> scripts) {
  public static final Migrations CONTROL =
      new Migrations("db/control", List.of("0001_keys.sql", "0002_key_people.sql"));

  public static final Migrations EVENTS =
      new Migrations(
          "db/events",
          List.of("0001_exchanges.sql", "0002_agent_blocks.sql", "0003_deployment_hours.sql"));

  public static final Migrations AGENTS = new Migrations("db/agents", List.of("0001_agents.sql"));

  private static final String BOOKKEEPING =
      """
      CREATE TABLE IF NOT EXISTS schema_migrations (
        version INTEGER PRIMARY KEY,
        name TEXT NOT NULL,
        checksum TEXT NOT NULL,
        applied_at INTEGER NOT NULL
      ) STRICT
      """;

  /**
   * Applies what is missing, each script in a transaction of its own.
   *
   * @param store how messages name it
   * @throws StorageException if the store is newer than this build, or a script was changed
   */
  public void apply(Sql sql, String store, long nowMillis) {
    sql.script(BOOKKEEPING);
    List<SchemaMigration> applied = applied(sql);
    if (applied.size() > scripts.size()) {
      throw new StorageException(
          store
              + " was written by a newer Probity (schema "
              + applied.size()
              + "; this one knows "
              + scripts.size()
              + "). Start that version, or restore a backup.",
          null);
    }
    for (int i = 0; i < scripts.size(); i++) {
      SchemaMigration script = script(i, nowMillis);
      if (i >= applied.size()) {
        run(sql, script);
      } else if (!applied.get(i).checksum().equals(script.checksum())) {
        throw new StorageException(
            store
                + " was made by another "
                + script.name()
                + " than this build has. Start the version that made it.",
            null);
      }
    }
  }

  private static List<SchemaMigration> applied(Sql sql) {
    return sql.list(
        "SELECT version, name, checksum, applied_at FROM schema_migrations ORDER BY version",
        row ->
            new SchemaMigration(row.getInt(1), row.getString(2), row.getString(3), row.getLong(4)));
  }

  private SchemaMigration script(int index, long nowMillis) {
    String name = scripts.get(index);
    return new SchemaMigration(index + 1, name, checksum(text(name)), nowMillis);
  }

  private void run(Sql sql, SchemaMigration script) {
    sql.script("BEGIN IMMEDIATE");
    try {
      sql.script(text(script.name()));
      sql.update(
          "INSERT INTO schema_migrations (version, name, checksum, applied_at) VALUES (?, ?, ?, ?)",
          script.version(),
          script.name(),
          script.checksum(),
          script.appliedAtMillis());
      sql.script("COMMIT");
    } catch (StorageException e) {
      sql.script("ROLLBACK");
      throw e;
    }
  }

  private String text(String name) {
    String path = "/" + folder + "/" + name;
    try (InputStream in = Migrations.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new StorageException(path + " is missing from this build", null);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String checksum(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 does not work on this JDK", e);
    }
  }
}
