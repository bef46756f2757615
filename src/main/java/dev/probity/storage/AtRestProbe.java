package dev.probity.storage;

import dev.probity.journal.SegmentCheck;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Checks at start, before the stores are opened, that what they write is encrypted: not that a
 * setting says so, but by looking at bytes. A scratch database and a scratch journal, made by the
 * code that makes the real ones, are searched for a planted text, opened with a wrong key and
 * damaged; of the real files the heads are looked at, and copies of some are opened with a wrong
 * key (never the files themselves: SQLite may repair a file that it opens).
 */
public final class AtRestProbe {
  private static final byte[] PLAIN_HEAD = "SQLite format 3".getBytes(StandardCharsets.US_ASCII);
  private static final String SCRATCH = "at-rest-probe";
  private static final int COPIED_BYTES = 64 << 10;
  private static final int COPIES = 3;

  private final SqliteConnections connections;
  private final RandomGenerator random;

  /**
   * @param connections what the stores are opened with
   */
  public AtRestProbe(SqliteConnections connections, RandomGenerator random) {
    this.connections = connections;
    this.random = random;
  }

  /**
   * Checks the data folder.
   *
   * @throws AtRestException with what was found, if anything is not encrypted
   */
  public void check(Path data) {
    try {
      Files.createDirectories(data);
      deleteLeftOvers(data);
      Path scratch = Files.createTempDirectory(data, SCRATCH);
      try {
        checkFiles(data, scratch);
        new ScratchDatabase(connections, random).check(scratch);
        checkJournal(Files.createDirectory(scratch.resolve("journal")));
      } finally {
        delete(scratch);
      }
    } catch (IOException e) {
      throw new AtRestException("the data folder cannot be checked (" + e.getMessage() + ")", e);
    }
  }

  /** Fails if the file is not encrypted. */
  static void checkHead(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      if (Arrays.equals(in.readNBytes(PLAIN_HEAD.length), PLAIN_HEAD)) {
        throw new AtRestException(file + " is a plain SQLite file", null);
      }
    }
  }

  /** Fails if the file opens with a key that is not its own. */
  static void checkWrongKey(
      Path file, SqliteConnections connections, SqliteSettings settings, RandomGenerator random) {
    byte[] wrongKey = new byte[32];
    random.nextBytes(wrongKey);
    try (Connection _ = connections.open(file, wrongKey, settings)) {
      throw new AtRestException(file + " opens with a wrong key", null);
    } catch (StorageException e) {
      // As it should be.
      return;
    } catch (SQLException e) {
      throw new AtRestException(file + " cannot be checked", e);
    }
  }

  private void checkJournal(Path scratch) throws IOException {
    Optional<String> finding = SegmentCheck.run(scratch, random);
    if (finding.isPresent()) {
      throw new AtRestException(finding.get(), null);
    }
  }

  private void checkFiles(Path data, Path scratch) throws IOException {
    List<Path> files;
    try (Stream<Path> found = Files.walk(data, 2)) {
      files =
          found
              .filter(file -> file.toString().endsWith(".db"))
              .sorted(Comparator.reverseOrder())
              .toList();
    }
    for (Path file : files) {
      checkHead(file);
    }
    for (Path file : files.subList(0, Math.min(COPIES, files.size()))) {
      Path copy = scratch.resolve(file.getFileName());
      try (InputStream in = Files.newInputStream(file)) {
        Files.write(copy, in.readNBytes(COPIED_BYTES));
      }
      if (Files.size(copy) > 0) {
        checkWrongKey(copy, connections, settings(data, file), random);
      }
    }
  }

  private static SqliteSettings settings(Path data, Path file) {
    if (!file.startsWith(data.resolve("events"))) {
      return SqliteSettings.CONTROL;
    }
    return file.endsWith("agents.db") ? SqliteSettings.AGENTS : SqliteSettings.EVENTS;
  }

  /** What a check that was killed left behind. */
  private static void deleteLeftOvers(Path data) throws IOException {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(data, SCRATCH + "*")) {
      for (Path folder : folders) {
        delete(folder);
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
