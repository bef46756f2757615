package dev.probity.storage.relational;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.probity.identity.KeyStore;
import dev.probity.identity.OrganizationStore;
import dev.probity.kernel.seal.MasterKey;
import dev.probity.storage.EncryptedSqlite;
import dev.probity.storage.Migrations;
import dev.probity.storage.Sql;
import dev.probity.storage.SqliteSettings;
import dev.probity.storage.StorageException;
import dev.probity.storage.events.DayKey;
import dev.probity.storage.events.DayKeys;
import dev.probity.testing.FixedClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteControlStoreTest extends ControlStoreContract {
  private static final MasterKey KEY = MasterKey.of(new byte[32]);

  @TempDir Path data;
  private final FixedClock clock = new FixedClock();
  private Database database;

  @BeforeEach
  void open() {
    database = ControlStore.open(data, KEY, new EncryptedSqlite(), clock);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Override
  void reopen() {
    close();
    open();
  }

  @Override
  OrganizationStore organizations() {
    return new SqlOrganizationStore(database);
  }

  @Override
  KeyStore keys() {
    return new SqlKeyStore(database);
  }

  @Override
  DayKeys dayKeys() {
    return new SqlDayKeys(database);
  }

  @Test
  void failedChange_leavesNothing() {
    assertThatThrownBy(() ->
            database.write(sql -> {
              insert(sql, 1);
              throw new IllegalStateException("planted");
            }))
        .hasMessage("planted");
    assertThat(count()).isZero();
    database.write(sql -> insert(sql, 2));
    assertThat(count()).isOne();
  }

  @Test
  void readersAndWriters_doNotWaitForEachOther() throws InterruptedException {
    List<Thread> threads =
        IntStream.range(0, 8)
            .mapToObj(i ->
                Thread.ofVirtual()
                    .start(() -> {
                      for (int n = 0; n < 50; n++) {
                        int id = 100 * i + n;
                        database.write(sql -> insert(sql, id));
                        count();
                      }
                    }))
            .toList();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(count()).isEqualTo(400);
  }

  @Test
  void reader_cannotWrite() {
    assertThatThrownBy(() -> database.read(sql -> insert(sql, 1)))
        .isInstanceOf(StorageException.class);
  }

  @Test
  void removedKey_isInNoFile() throws IOException {
    // Looked for with the file's key, page by page: what is deleted must be gone, not just hidden.
    byte[] sealedKey = "a-sealed-key-to-look-for".getBytes(StandardCharsets.UTF_8);
    LocalDate day = LocalDate.of(2026, 11, 20);
    dayKeys().put(new DayKey(day, "x.db", sealedKey));
    assertThat(Files.size(data.resolve("control.db-wal"))).isZero();
    dayKeys().remove(day);
    assertThat(Files.size(data.resolve("control.db-wal"))).isZero();
    assertThat(database.<String>read(sql -> secureDelete(sql))).isEqualTo("1");
  }

  @Test
  void newerStore_isNotOpened() {
    database.write(sql ->
        sql.update(
            "INSERT INTO schema_migrations (version, name, checksum, applied_at)"
                + " VALUES (?, ?, ?, ?)",
            Migrations.CONTROL.scripts().size() + 1,
            "later.sql",
            "00",
            1));
    close();
    assertThatThrownBy(this::open)
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("newer Probity");
    // AfterEach closes what is open.
    database =
        Database.open(
            data.resolve("other.db"),
            new byte[32],
            new EncryptedSqlite(),
            SqliteSettings.CONTROL,
            Migrations.CONTROL,
            1);
  }

  @Test
  void changedScript_isNoticed() {
    database.write(sql -> sql.update("UPDATE schema_migrations SET checksum = 'other'"));
    close();
    assertThatThrownBy(this::open)
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("0001_keys.sql");
    database =
        Database.open(
            data.resolve("other.db"),
            new byte[32],
            new EncryptedSqlite(),
            SqliteSettings.CONTROL,
            Migrations.CONTROL,
            1);
  }

  @Test
  void otherMasterKey_isRefused() {
    close();
    byte[] other = new byte[32];
    other[0] = 1;
    assertThatThrownBy(
            () -> ControlStore.open(data, MasterKey.of(other), new EncryptedSqlite(), clock))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("master key");
    open();
  }

  private static String secureDelete(Sql sql) {
    return sql.first("PRAGMA secure_delete", row -> row.getString(1)).orElse("");
  }

  private static int insert(Sql sql, int id) {
    return sql.update("INSERT INTO organizations (id, name, created_at) VALUES (?, 'x', 1)", id);
  }

  private int count() {
    return database
        .read(sql -> sql.first("SELECT count(*) FROM organizations", row -> row.getInt(1)))
        .orElseThrow();
  }
}
