package dev.probity.storage;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Writes a text into a database made for this, and tries to find it where it must not be. */
final class ScratchDatabase {
  private final SqliteConnections connections;
  private final RandomGenerator random;

  ScratchDatabase(SqliteConnections connections, RandomGenerator random) {
    this.connections = connections;
    this.random = random;
  }

  void check(Path folder) throws IOException {
    check(Files.createDirectory(folder.resolve("control")), SqliteSettings.CONTROL);
    check(Files.createDirectory(folder.resolve("events")), SqliteSettings.EVENTS);
    check(Files.createDirectory(folder.resolve("agents")), SqliteSettings.AGENTS);
  }

  private void check(Path folder, SqliteSettings settings) throws IOException {
    Path file = folder.resolve("scratch.db");
    byte[] key = new byte[32];
    random.nextBytes(key);
    String canary = canary();
    try (Connection connection = connections.open(file, key, settings)) {
      Sql sql = new Sql(connection);
      // Nothing here must outlive the check.
      sql.script("PRAGMA synchronous = OFF");
      sql.script("CREATE TABLE canaries (text TEXT)");
      sql.script("BEGIN");
      sql.update("INSERT INTO canaries (text) VALUES (?)", canary);
      searchFor(canary, folder);
      sql.script("COMMIT");
      searchFor(canary, folder);
    } catch (SQLException | StorageException e) {
      throw new AtRestException("a scratch database cannot be written", e);
    }
    AtRestProbe.checkHead(file);
    searchFor(canary, folder);
    if (!read(file, key, settings).equals(List.of(canary))) {
      throw new AtRestException("a scratch database does not give back what was stored", null);
    }
    AtRestProbe.checkWrongKey(file, connections, settings, random);
    checkFlippedBit(file, key, settings);
  }

  /** A text that is nowhere by chance. */
  private String canary() {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    return "canary-" + HexFormat.of().formatHex(bytes);
  }

  /** Fails if the text stands in any file of the folder. */
  private static void searchFor(String canary, Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
        if (bytes.contains(canary)) {
          throw new AtRestException(
              "a text that was stored can be read in " + file.getFileName(), null);
        }
      }
    }
  }

  /** Flips one bit in the middle of a file. */
  private static void flipBit(Path file, int at) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[at] ^= 0x10;
    Files.write(file, bytes);
  }

  /** The text is in the last page; every bit of it is under its HMAC. */
  private void checkFlippedBit(Path file, byte[] key, SqliteSettings settings) throws IOException {
    Path copy = file.resolveSibling("flipped.db");
    Files.copy(file, copy);
    flipBit(copy, (int) Files.size(copy) - settings.pageBytes() / 2);
    try {
      read(copy, key, settings);
    } catch (StorageException e) {
      // As it should be.
      return;
    }
    throw new AtRestException("a flipped bit in a database is not noticed", null);
  }

  private List<String> read(Path file, byte[] key, SqliteSettings settings) {
    try (Connection connection = connections.open(file, key, settings)) {
      return new Sql(connection).list("SELECT text FROM canaries", row -> row.getString(1));
    } catch (SQLException e) {
      throw new StorageException(file + " cannot be closed", e);
    }
  }
}
