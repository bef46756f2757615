package dev.probity.storage.events;

import dev.probity.kernel.DataCategory;
import dev.probity.kernel.DataField;
import dev.probity.kernel.DataSubject;
import dev.probity.kernel.Protection;
import dev.probity.kernel.Purpose;
import dev.probity.kernel.Retention;
import dev.probity.kernel.StoredIn;
import java.time.LocalDate;

/**
 * Which file holds a day's events, and its key. Without this row the file is noise.
 *
 * @param file the name in the events folder
 * @param sealedKey the file's key, sealed under the master key for this file
 */
@StoredIn("control.event_day_keys")
public record DayKey(
    @DataField(
            value = "day",
            category = DataCategory.OPERATIONAL,
            purpose = Purpose.SECURE_THE_SERVICE,
            subject = DataSubject.NOBODY,
            retention = Retention.USAGE_METRIC)
        LocalDate day,
    @DataField(
            value = "file",
            category = DataCategory.OPERATIONAL,
            purpose = Purpose.SECURE_THE_SERVICE,
            subject = DataSubject.NOBODY,
            retention = Retention.USAGE_METRIC)
        String file,
    @DataField(
            value = "sealed_key",
            category = DataCategory.CREDENTIAL,
            purpose = Purpose.SECURE_THE_SERVICE,
            subject = DataSubject.NOBODY,
            retention = Retention.USAGE_METRIC,
            protection = Protection.SEALED)
        byte[] sealedKey) {}
