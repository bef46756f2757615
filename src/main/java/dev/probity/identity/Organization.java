package dev.probity.identity;

import dev.probity.kernel.DataCategory;
import dev.probity.kernel.DataField;
import dev.probity.kernel.DataSubject;
import dev.probity.kernel.OrganizationId;
import dev.probity.kernel.Purpose;
import dev.probity.kernel.Retention;
import dev.probity.kernel.StoredIn;

/**
 * Whom keys and exchanges belong to.
 *
 * @param name 1 to 100 characters
 * @param createdAtMillis since 1970
 */
@StoredIn("control.organizations")
public record Organization(
    @DataField(
            value = "id",
            category = DataCategory.IDENTIFIER,
            purpose = Purpose.SERVE_REQUESTS,
            subject = DataSubject.ORGANIZATION,
            retention = Retention.LIFE_OF_RECORD)
        OrganizationId id,
    @DataField(
            value = "name",
            category = DataCategory.IDENTITY,
            purpose = Purpose.SERVE_REQUESTS,
            subject = DataSubject.ORGANIZATION,
            retention = Retention.LIFE_OF_RECORD)
        String name,
    @DataField(
            value = "created_at",
            category = DataCategory.OPERATIONAL,
            purpose = Purpose.OPERATE_THE_SERVICE,
            subject = DataSubject.ORGANIZATION,
            retention = Retention.LIFE_OF_RECORD)
        long createdAtMillis) {}
