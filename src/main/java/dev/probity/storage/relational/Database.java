package dev.probity.storage.relational;

import dev.probity.storage.Migrations;
import dev.probity.storage.Sql;
import dev.probity.storage.SqliteConnections;
import dev.probity.storage.SqliteSettings;
import dev.probity.storage.StorageException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * A database that is read while it is written: one connection writes and checkpoints, a few read.
 * SQLite's write-ahead log had a flaw that needs two connections to checkpoint at once; here only
 * one can.
 */
public final class Database implements AutoCloseable {
  private static final int READERS = 3;

  private final Path file;
  private final Connection writer;
  private final Sql writerSql;
  private final List<Connection> readers = new ArrayList<>();
  private final BlockingQueue<Connection> idleReaders = new ArrayBlockingQueue<>(READERS);
  private final ReentrantLock writing = new ReentrantLock(true);

  /**
   * Opens the file, making it or bringing its schema up to date.
   *
   * @throws StorageException if the key is not the file's, or the file is of a newer version
   */
  public static Database open(
      Path file,
      byte[] key,
      SqliteConnections connections,
      SqliteSettings settings,
      Migrations migrations,
      long nowMillis) {
    Database database = new Database(file, connections.open(file, key, settings));
    try {
      migrations.apply(database.writerSql, file.toString(), nowMillis);
      for (int i = 0; i < READERS; i++) {
        database.addReader(connections.open(file, key, settings));
      }
      return database;
    } catch (StorageException e) {
      database.close();
      throw e;
    }
  }

  private Database(Path file, Connection writer) {
    this.file = file;
    this.writer = writer;
    writerSql = new Sql(writer);
  }

  /** Runs queries on one of the readers; waits for one if all are busy. */
  public <T> T read(Function<Sql, T> query) {
    Connection reader = takeReader();
    try {
      return query.apply(new Sql(reader));
    } finally {
      idleReaders.add(reader);
    }
  }

  /**
   * Runs a change in a transaction: all of it or, if it throws, nothing. Durable when it returns.
   */
  public <T> T write(Function<Sql, T> change) {
    writing.lock();
    try {
      writerSql.script("BEGIN IMMEDIATE");
      boolean done = false;
      try {
        T result = change.apply(writerSql);
        writerSql.script("COMMIT");
        done = true;
        return result;
      } finally {
        if (!done) {
          rollBack();
        }
      }
    } finally {
      writing.unlock();
    }
  }

  /**
   * Brings everything from the write-ahead log into the file and empties the log, so that what was
   * deleted is in neither. A reader in the middle of a query may put this off until the next time.
   */
  public void truncateLog() {
    writing.lock();
    try {
      writerSql.first("PRAGMA wal_checkpoint(TRUNCATE)", row -> row.getInt(1));
    } finally {
      writing.unlock();
    }
  }

  @Override
  public void close() {
    for (Connection reader : readers) {
      close(reader);
    }
    try {
      truncateLog();
    } finally {
      close(writer);
    }
  }

  /** The failure that led here is the one to report. */
  private void rollBack() {
    try {
      writerSql.script("ROLLBACK");
    } catch (StorageException e) {
      System.getLogger(Database.class.getName())
          .log(System.Logger.Level.DEBUG, "nothing to roll back", e);
    }
  }

  private void addReader(Connection reader) {
    new Sql(reader).script("PRAGMA wal_autocheckpoint = 0; PRAGMA query_only = ON");
    readers.add(reader);
    idleReaders.add(reader);
  }

  private Connection takeReader() {
    try {
      return idleReaders.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StorageException("interrupted while waiting for the control store", e);
    }
  }

  private void close(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new StorageException(file + " cannot be closed", e);
    }
  }
}
