package dev.probity.storage.events;

import dev.probity.kernel.DataCategory;
import dev.probity.kernel.DataField;
import dev.probity.kernel.DataSubject;
import dev.probity.kernel.Purpose;
import dev.probity.kernel.Retention;
import dev.probity.kernel.StoredIn;

/** Up to where the journal is in a day's file, or in the file of agents; one row. */
@StoredIn({"events.journal_position", "agents.journal_position"})
public record JournalPosition(
    @DataField(
            value = "id",
            category = DataCategory.OPERATIONAL,
            purpose = Purpose.OPERATE_THE_SERVICE,
            subject = DataSubject.NOBODY,
            retention = Retention.USAGE_METRIC)
        int id,
    @DataField(
            value = "position",
            category = DataCategory.OPERATIONAL,
            purpose = Purpose.OPERATE_THE_SERVICE,
            subject = DataSubject.NOBODY,
            retention = Retention.USAGE_METRIC)
        long position) {}
