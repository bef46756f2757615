package dev.probity.storage;

import dev.probity.kernel.DataCategory;
import dev.probity.kernel.DataField;
import dev.probity.kernel.DataSubject;
import dev.probity.kernel.Purpose;
import dev.probity.kernel.Retention;
import dev.probity.kernel.StoredIn;

/** SQLite's own table of tables. */
@StoredIn({"control.sqlite_schema", "events.sqlite_schema", "agents.sqlite_schema"})
public record SqliteSchema(
    @DataField(
            value = {"type", "name", "tbl_name", "rootpage", "sql"},
            category = DataCategory.OPERATIONAL,
            purpose = Purpose.OPERATE_THE_SERVICE,
            subject = DataSubject.NOBODY,
            retention = Retention.LIFE_OF_RECORD)
        String schema) {}
