package dev.probity.storage;

import java.nio.file.Path;
import java.sql.Connection;

/** Opens SQLite files; the driver stays behind it. */
@FunctionalInterface
public interface SqliteConnections {
  /**
   * Opens a file, making it if it is not there.
   *
   * @param key 32 bytes, used as they are
   * @throws StorageException if the file does not open with this key
   */
  Connection open(Path file, byte[] key, SqliteSettings settings);
}
