package dev.probity.storage.relational;

import dev.probity.storage.events.DayKey;
import dev.probity.storage.events.DayKeys;
import java.time.LocalDate;
import java.util.List;

/** The keys of the event store's files, in the control store. */
public final class SqlDayKeys implements DayKeys {
  private final Database database;

  public SqlDayKeys(Database database) {
    this.database = database;
  }

  @Override
  public List<DayKey> all() {
    return database.read(sql ->
        sql.list(
            "SELECT day, file, sealed_key FROM event_day_keys",
            row ->
                new DayKey(LocalDate.parse(row.getString(1)), row.getString(2), row.getBytes(3))));
  }

  @Override
  public void put(DayKey key) {
    database.write(sql ->
        sql.update(
            """
            INSERT INTO event_day_keys (day, file, sealed_key) VALUES (?, ?, ?)
            ON CONFLICT (day) DO UPDATE SET
              file = excluded.file, sealed_key = excluded.sealed_key
            """,
            key.day().toString(),
            key.file(),
            key.sealedKey()));
    database.truncateLog();
  }

  @Override
  public void remove(LocalDate day) {
    database.write(sql -> sql.update("DELETE FROM event_day_keys WHERE day = ?", day.toString()));
    database.truncateLog();
  }
}
