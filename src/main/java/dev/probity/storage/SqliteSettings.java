package dev.probity.storage;

/**
 * How a SQLite file is opened.
 *
 * @param pageBytes only decides for a new file, but must be the same ever after
 * @param exclusive this connection is the file's only one, ever
 */
public record SqliteSettings(
    int pageBytes, JournalMode journalMode, int cacheKibibytes, boolean exclusive) {
  /** How SQLite makes a transaction atomic. */
  public enum JournalMode {
    /** Readers and the writer do not wait for each other. */
    WAL,
    /** Fewer bytes are encrypted; nothing stays in a side file after a commit. */
    TRUNCATE
  }
}
