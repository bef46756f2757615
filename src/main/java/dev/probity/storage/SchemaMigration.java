package dev.probity.storage;

import dev.probity.kernel.DataCategory;
import dev.probity.kernel.DataField;
import dev.probity.kernel.DataSubject;
import dev.probity.kernel.Purpose;
import dev.probity.kernel.Retention;
import dev.probity.kernel.StoredIn;

/** A script that was applied to a store. */
@StoredIn({"control.schema_migrations", "events.schema_migrations", "agents.schema_migrations"})
public record SchemaMigration(
    @DataField(
            value = "version",
            category = DataCategory.OPERATIONAL,
            purpose = Purpose.OPERATE_THE_SERVICE,
            subject = DataSubject.NOBODY,
            retention = Retention.LIFE_OF_RECORD)
        int version,
    @DataField(
            value = "name",
            category = DataCategory.OPERATIONAL,
            purpose = Purpose.OPERATE_THE_SERVICE,
            subject = DataSubject.NOBODY,
            retention = Retention.LIFE_OF_RECORD)
        String name,
    @DataField(
            value = "checksum",
            category = DataCategory.OPERATIONAL,
            purpose = Purpose.OPERATE_THE_SERVICE,
            subject = DataSubject.NOBODY,
            retention = Retention.LIFE_OF_RECORD)
        String checksum,
    @DataField(
            value = "applied_at",
            category = DataCategory.OPERATIONAL,
            purpose = Purpose.OPERATE_THE_SERVICE,
            subject = DataSubject.NOBODY,
            retention = Retention.LIFE_OF_RECORD)
        long appliedAtMillis) {}
