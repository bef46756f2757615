package dev.probity.storage.events;

import dev.probity.storage.Migrations;
import dev.probity.storage.Sql;
import dev.probity.storage.SqliteConnections;
import dev.probity.storage.SqliteSettings;
import dev.probity.storage.StorageException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * One open file of the event store. It has a single connection: a batch is written in some
 * milliseconds and reads are bounded, so they take turns, and SQLite need not lock against others.
 */
public final class DayFile implements AutoCloseable {
  private final Path file;
  private final boolean keepsRows;
  private final Connection connection;
  private final Sql sql;
  private final ReentrantLock turn = new ReentrantLock(true);

  /** How many are at work with this file; guarded by {@link EventDays}. */
  int users;

  private DayFile(Path file, boolean keepsRows, Connection connection) {
    this.file = file;
    this.keepsRows = keepsRows;
    this.connection = connection;
    sql = new Sql(connection);
  }

  /**
   * Opens the file, making it or bringing its schema up to date.
   *
   * @param keepsRows false if the day's rows have expired
   */
  static DayFile open(
      Path file, boolean keepsRows, byte[] key, SqliteConnections connections, long nowMillis) {
    DayFile opened =
        new DayFile(file, keepsRows, connections.open(file, key, SqliteSettings.EVENTS));
    try {
      Migrations.EVENTS.apply(opened.sql, file.toString(), nowMillis);
      return opened;
    } catch (StorageException e) {
      opened.close();
      throw e;
    }
  }

  Path file() {
    return file;
  }

  /** Whether what happened is kept one by one, not only as roll-ups. */
  public boolean keepsRows() {
    return keepsRows;
  }

  /** Runs queries; nobody else works with the file meanwhile. */
  public <T> T read(Function<Sql, T> query) {
    turn.lock();
    try {
      return query.apply(sql);
    } finally {
      turn.unlock();
    }
  }

  /** Runs a change in a transaction: all of it or, if it throws, nothing. */
  public <T> T write(Function<Sql, T> change) {
    turn.lock();
    try {
      sql.script("BEGIN IMMEDIATE");
      boolean done = false;
      try {
        T result = change.apply(sql);
        sql.script("COMMIT");
        done = true;
        return result;
      } finally {
        if (!done) {
          rollBack();
        }
      }
    } finally {
      turn.unlock();
    }
  }

  /** Up to where the journal is in this file. */
  static long position(Sql sql) {
    return sql.first("SELECT position FROM journal_position", row -> row.getLong(1)).orElse(-1L);
  }

  static void position(Sql sql, long position) {
    sql.update("UPDATE journal_position SET position = ?", position);
  }

  @Override
  public void close() {
    turn.lock();
    try {
      connection.close();
    } catch (SQLException e) {
      throw new StorageException(file + " cannot be closed", e);
    } finally {
      turn.unlock();
    }
  }

  /** The failure that led here is the one to report. */
  private void rollBack() {
    try {
      sql.script("ROLLBACK");
    } catch (StorageException e) {
      System.getLogger(DayFile.class.getName())
          .log(System.Logger.Level.DEBUG, "nothing to roll back", e);
    }
  }
}
