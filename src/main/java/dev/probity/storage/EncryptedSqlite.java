package dev.probity.storage;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.sqlite.JDBC;
import org.sqlite.mc.SQLiteMCSqlCipherConfig;

/**
 * SQLite files encrypted as SQLCipher 4 does it: AES-256 and an HMAC for every page, in the file
 * and in its journals. What is deleted is overwritten.
 */
public final class EncryptedSqlite implements SqliteConnections {
  private static final int BUSY_MILLIS = 5_000;

  @Override
  public Connection open(Path file, byte[] key, SqliteSettings settings) {
    Properties properties =
        SQLiteMCSqlCipherConfig.getV4Defaults()
            .setLegacyPageSize(settings.pageBytes())
            .withRawUnsaltedKey(key)
            .build()
            .toProperties();
    try {
      return configure(JDBC.createConnection(JDBC.PREFIX + file, properties), settings);
    } catch (SQLException e) {
      throw new StorageException(
          file
              + " does not open: it is damaged, or it was written under another master key. ("
              + e.getMessage()
              + ")",
          e);
    }
  }

  /** The settings beside the key; closes the connection if one does not hold. */
  public static Connection configure(Connection connection, SqliteSettings settings)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      if (settings.exclusive()) {
        statement.execute("PRAGMA locking_mode = EXCLUSIVE");
      }
      statement.execute("PRAGMA busy_timeout = " + BUSY_MILLIS);
      statement.execute("PRAGMA secure_delete = ON");
      statement.execute("PRAGMA foreign_keys = ON");
      statement.execute("PRAGMA trusted_schema = OFF");
      statement.execute("PRAGMA temp_store = MEMORY");
      statement.execute("PRAGMA cache_size = -" + settings.cacheKibibytes());
      statement.execute("PRAGMA cache_spill = OFF");
      // The first one to read the file, and so to see whether the key fits.
      statement.execute("PRAGMA journal_mode = " + settings.journalMode());
      statement.execute("PRAGMA synchronous = FULL");
      statement.execute("SELECT count(*) FROM sqlite_schema");
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }
}
