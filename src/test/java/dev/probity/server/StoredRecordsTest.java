package dev.probity.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.probity.gateway.Exchange;
import dev.probity.kernel.StoredIn;
import dev.probity.privacy.DataMap;
import dev.probity.storage.EncryptedSqlite;
import dev.probity.storage.Migrations;
import dev.probity.storage.Sql;
import dev.probity.storage.SqliteSettings;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is stored and what is declared are the same. */
class StoredRecordsTest {
  private static final SqliteSettings SETTINGS =
      new SqliteSettings(4 << 10, SqliteSettings.JournalMode.TRUNCATE, 256, true);

  @TempDir Path folder;

  @Test
  void everyStoredRecord_isListed() {
    List<String> annotated =
        new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.probity")
                .stream()
                .filter(type -> type.isAnnotatedWith(StoredIn.class))
                .map(JavaClass::getName)
                .toList();
    assertThat(StoredRecords.ALL)
        .extracting(Class::getName)
        .containsExactlyInAnyOrderElementsOf(annotated);
  }

  @Test
  void controlStore_holdsWhatIsDeclared() throws SQLException {
    assertThat(differences("control", Migrations.CONTROL, "")).isEmpty();
  }

  @Test
  void eventStore_holdsWhatIsDeclared() throws SQLException {
    assertThat(differences("events", Migrations.EVENTS, "")).isEmpty();
  }

  @Test
  void agentsStore_holdsWhatIsDeclared() throws SQLException {
    assertThat(differences("agents", Migrations.AGENTS, "")).isEmpty();
  }

  @Test
  void plantedColumn_isNoticed() throws SQLException {
    assertThat(differences("control", Migrations.CONTROL, "ALTER TABLE keys ADD COLUMN email TEXT"))
        .singleElement()
        .asString()
        .contains("control.keys.email is stored");
    assertThat(differences("events", Migrations.EVENTS, "CREATE TABLE prompts (text TEXT)"))
        .singleElement()
        .asString()
        .contains("events.prompts.text is stored");
  }

  @Test
  void droppedColumn_isNoticed() throws SQLException {
    assertThat(differences("control", Migrations.CONTROL, "ALTER TABLE keys DROP COLUMN preview"))
        .singleElement()
        .asString()
        .contains("control.keys.preview is declared");
  }

  @Test
  void everyFieldOfTheJournalsRecord_isDeclared() {
    List<String> declared =
        StoredRecords.dataMap().fields().stream()
            .filter(field -> field.store().equals("journal"))
            .map(DataMap.Field::column)
            .toList();
    assertThat(declared).isNotEmpty();
    for (RecordComponent component : Exchange.class.getRecordComponents()) {
      assertThat(Arrays.asList(component.getAnnotation(dev.probity.kernel.DataField.class).value()))
          .isNotEmpty()
          .isSubsetOf(declared);
    }
  }

  @Test
  void recordWithAnUndeclaredField_isRefused() {
    @StoredIn("control.planted")
    record Planted(String email) {}

    assertThatThrownBy(() -> DataMap.of(List.of(Planted.class)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("email is stored, but has no @DataField");
  }

  @Test
  void print_saysWhatIsKeptAndHowLong() {
    assertThat(StoredRecords.dataMap().print())
        .containsPattern("FIELD +CATEGORY +PURPOSE +ABOUT +KEPT +PROTECTION")
        .containsPattern(
            "control\\.keys\\.digest +credential +secure the service +key holder +life of record"
                + " +salted hash")
        .containsPattern("events\\.exchanges\\.session_id .*90 days +encrypted file")
        .containsPattern("events\\.exchange_hours\\.exchanges .*365 days");
  }

  private List<String> differences(String store, Migrations migrations, String planted)
      throws SQLException {
    Path file = folder.resolve(store + planted.length() + ".db");
    try (Connection connection = new EncryptedSqlite().open(file, new byte[32], SETTINGS)) {
      Sql sql = new Sql(connection);
      migrations.apply(sql, store, 1);
      if (!planted.isEmpty()) {
        sql.script(planted);
      }
      return StoredRecords.dataMap().differences(store, columns(sql));
    }
  }

  private static Map<String, Set<String>> columns(Sql sql) {
    List<String> tables =
        sql.list("SELECT name FROM sqlite_schema WHERE type = 'table'", row -> row.getString(1));
    Map<String, Set<String>> columns = new TreeMap<>();
    for (String table : tables) {
      columns.put(table, columnsOf(sql, table));
    }
    columns.put("sqlite_schema", columnsOf(sql, "sqlite_schema"));
    return columns;
  }

  private static Set<String> columnsOf(Sql sql, String table) {
    return new TreeSet<>(
        sql.list("SELECT name FROM pragma_table_info(?)", row -> row.getString(1), table));
  }
}
