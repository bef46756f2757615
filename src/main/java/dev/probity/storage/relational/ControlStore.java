package dev.probity.storage.relational;

import dev.probity.kernel.Clock;
import dev.probity.kernel.seal.MasterKey;
import dev.probity.storage.Migrations;
import dev.probity.storage.SqliteConnections;
import dev.probity.storage.SqliteSettings;
import dev.probity.storage.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The control store: {@code control.db} in the data folder, encrypted under the master key. */
public final class ControlStore {
  private ControlStore() {}

  /**
   * Opens it, making it on first use.
   *
   * @throws StorageException if it was written under another master key or by a newer version
   */
  public static Database open(
      Path data, MasterKey key, SqliteConnections connections, Clock clock) {
    try {
      Files.createDirectories(data);
    } catch (IOException e) {
      throw new StorageException("The data folder cannot be made: " + e.getMessage(), e);
    }
    return Database.open(
        file(data),
        key(key),
        connections,
        SqliteSettings.CONTROL,
        Migrations.CONTROL,
        clock.millis());
  }

  public static Path file(Path data) {
    return data.resolve("control.db");
  }

  /** The file's key. */
  public static byte[] key(MasterKey master) {
    return master.derive("control store", MasterKey.BYTES);
  }
}
