package dev.probity.storage.telemetry;

import dev.probity.kernel.Clock;
import dev.probity.kernel.seal.MasterKey;
import dev.probity.storage.Migrations;
import dev.probity.storage.Sql;
import dev.probity.storage.SqliteConnections;
import dev.probity.storage.SqliteSettings;
import dev.probity.storage.StorageException;
import dev.probity.storage.relational.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file of sessions and sums: {@code events/agents.db} in the data folder. */
public final class AgentsFile {
  private AgentsFile() {}

  /**
   * Opens it, making it on first use.
   *
   * @throws StorageException if it was written under another master key or by a newer version
   */
  public static Database open(
      Path data, MasterKey master, SqliteConnections connections, Clock clock) {
    try {
      Files.createDirectories(data.resolve("events"));
    } catch (IOException e) {
      throw new StorageException("The event store's folder cannot be made: " + e.getMessage(), e);
    }
    return Database.open(
        file(data),
        key(master),
        connections,
        SqliteSettings.AGENTS,
        Migrations.AGENTS,
        clock.millis());
  }

  public static Path file(Path data) {
    return data.resolve("events").resolve("agents.db");
  }

  /** The file's key. */
  public static byte[] key(MasterKey master) {
    return master.derive("agents store", MasterKey.BYTES);
  }

  /** Up to where the journal is in this file. */
  static long position(Sql sql) {
    return sql.first("SELECT position FROM journal_position", row -> row.getLong(1)).orElse(-1L);
  }

  static void position(Sql sql, long position) {
    sql.update("UPDATE journal_position SET position = ?", position);
  }
}
