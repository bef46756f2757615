package dev.probity.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.probity.kernel.Clock;
import dev.probity.kernel.seal.MasterKey;
import dev.probity.storage.relational.ControlStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.JDBC;
import org.sqlite.mc.SQLiteMCWxAES256Config;

class AtRestProbeTest {
  private static final MasterKey KEY = MasterKey.of(new byte[32]);

  /** Sabotage: a driver that ignores the key, as some do without a word. */
  private static final SqliteConnections PLAIN =
      (file, key, settings) -> open(file, new Properties(), settings);

  /** Sabotage: encryption without authentication, so that a flipped bit goes unnoticed. */
  private static final SqliteConnections UNAUTHENTICATED =
      (file, key, settings) -> open(file, unauthenticated(HexFormat.of().formatHex(key)), settings);

  /** Sabotage: encryption under a key that stands in the program. */
  private static final SqliteConnections SAME_KEY =
      (file, key, settings) -> open(file, unauthenticated("fixed"), settings);

  @TempDir Path data;

  @Test
  void encryptedStores_passAndNothingIsLeftBehind() throws IOException {
    ControlStore.open(data, KEY, new EncryptedSqlite(), Clock.system()).close();
    Files.write(Files.createDirectory(data.resolve("at-rest-probe123")).resolve("x"), new byte[1]);
    probe(new EncryptedSqlite()).check(data);
    try (Stream<Path> files = Files.list(data)) {
      assertThat(files.map(file -> file.getFileName().toString())).containsExactly("control.db");
    }
    assertThatCode(
            () -> ControlStore.open(data, KEY, new EncryptedSqlite(), Clock.system()).close())
        .doesNotThrowAnyException();
  }

  @Test
  void plainDriver_isNoticed() {
    assertThatThrownBy(() -> probe(PLAIN).check(data))
        .isInstanceOf(AtRestException.class)
        .hasMessageContaining("does not start");
  }

  @Test
  void driverThatIgnoresWhichKeyItGets_isNoticed() {
    assertThatThrownBy(() -> probe(SAME_KEY).check(data))
        .isInstanceOf(AtRestException.class)
        .hasMessageContaining("wrong key");
  }

  @Test
  void encryptionWithoutAuthentication_isNoticed() {
    assertThatThrownBy(() -> probe(UNAUTHENTICATED).check(data))
        .isInstanceOf(AtRestException.class)
        .hasMessageContaining("flipped bit");
  }

  @Test
  void plainStoreFile_isNoticed() throws SQLException, IOException {
    Path events = Files.createDirectory(data.resolve("events"));
    Path file = events.resolve("2026-11-20.db");
    try (Connection connection = PLAIN.open(file, new byte[32], SqliteSettings.EVENTS)) {
      new Sql(connection).script("CREATE TABLE plain (text TEXT)");
    }
    assertThatThrownBy(() -> probe(new EncryptedSqlite()).check(data))
        .isInstanceOf(AtRestException.class)
        .hasMessageContaining("2026-11-20.db is a plain SQLite file");
  }

  private static AtRestProbe probe(SqliteConnections connections) {
    return new AtRestProbe(connections, new SecureRandom());
  }

  private static Properties unauthenticated(String passphrase) {
    return SQLiteMCWxAES256Config.getDefault().withKey(passphrase).build().toProperties();
  }

  private static Connection open(Path file, Properties properties, SqliteSettings settings) {
    try {
      return EncryptedSqlite.configure(
          JDBC.createConnection(JDBC.PREFIX + file, properties), settings);
    } catch (SQLException e) {
      throw new StorageException("planted driver", e);
    }
  }
}
