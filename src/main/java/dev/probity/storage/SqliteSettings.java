package dev.probity.storage;

/**
 * How a SQLite file is opened.
 *
 * @param pageBytes only decides for a new file, but must be the same ever after
 * @param exclusive this connection is the file's only one, ever
 */
public record SqliteSettings(
    int pageBytes, JournalMode journalMode, int cacheKibibytes, boolean exclusive) {
  /** Small pages for single rows, and readers that do not wait. */
  public static final SqliteSettings CONTROL =
      new SqliteSettings(4 << 10, JournalMode.WAL, 1 << 10, false);

  /** Large pages and no write-ahead log: a row is encrypted once, not three times. */
  public static final SqliteSettings EVENTS =
      new SqliteSettings(16 << 10, JournalMode.TRUNCATE, 4 << 10, true);

  /** Rows that change again and again, and sums that are read by the ten thousand. */
  public static final SqliteSettings AGENTS =
      new SqliteSettings(8 << 10, JournalMode.WAL, 8 << 10, false);

  /** How SQLite makes a transaction atomic. */
  public enum JournalMode {
    /** Readers and the writer do not wait for each other. */
    WAL,
    /** Fewer bytes are encrypted; nothing stays in a side file after a commit. */
    TRUNCATE
  }
}
