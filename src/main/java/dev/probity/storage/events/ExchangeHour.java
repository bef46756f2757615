package dev.probity.storage.events;

import dev.probity.kernel.DataCategory;
import dev.probity.kernel.DataField;
import dev.probity.kernel.DataSubject;
import dev.probity.kernel.KeyId;
import dev.probity.kernel.OrganizationId;
import dev.probity.kernel.Purpose;
import dev.probity.kernel.Retention;
import dev.probity.kernel.StoredIn;
import dev.probity.kernel.Usage;

/**
 * What one key used of one model in one hour.
 *
 * @param hourMillis when the hour began, in milliseconds since 1970
 * @param deployment empty if none was called, or in sums of earlier versions
 * @param errors exchanges whose status was 400 or more, or whose answer broke
 */
@StoredIn("events.exchange_hours")
public record ExchangeHour(
    @DataField(
            value = "hour",
            category = DataCategory.USAGE_METRIC,
            purpose = Purpose.ACCOUNT_FOR_USE,
            subject = DataSubject.NOBODY,
            retention = Retention.USAGE_METRIC)
        long hourMillis,
    @DataField(
            value = "organization",
            category = DataCategory.IDENTIFIER,
            purpose = Purpose.ACCOUNT_FOR_USE,
            subject = DataSubject.ORGANIZATION,
            retention = Retention.USAGE_METRIC)
        OrganizationId organization,
    @DataField(
            value = "key_id",
            category = DataCategory.IDENTIFIER,
            purpose = Purpose.ACCOUNT_FOR_USE,
            subject = DataSubject.KEY_HOLDER,
            retention = Retention.USAGE_METRIC)
        KeyId key,
    @DataField(
            value = "provider",
            category = DataCategory.USAGE_METRIC,
            purpose = Purpose.ACCOUNT_FOR_USE,
            subject = DataSubject.NOBODY,
            retention = Retention.USAGE_METRIC)
        String provider,
    @DataField(
            value = "deployment",
            category = DataCategory.USAGE_METRIC,
            purpose = Purpose.ACCOUNT_FOR_USE,
            subject = DataSubject.NOBODY,
            retention = Retention.USAGE_METRIC)
        String deployment,
    @DataField(
            value = "resolved_model",
            category = DataCategory.USAGE_METRIC,
            purpose = Purpose.ACCOUNT_FOR_USE,
            subject = DataSubject.KEY_HOLDER,
            retention = Retention.USAGE_METRIC)
        String resolvedModel,
    @DataField(
            value = {"exchanges", "errors", "unpriced"},
            category = DataCategory.USAGE_METRIC,
            purpose = Purpose.ACCOUNT_FOR_USE,
            subject = DataSubject.KEY_HOLDER,
            retention = Retention.USAGE_METRIC)
        Counts counts,
    @DataField(
            value = {
              "uncached_input",
              "cache_read",
              "cache_write_5m",
              "cache_write_1h",
              "output_text",
              "output_reasoning",
              "tool_prompt"
            },
            category = DataCategory.USAGE_METRIC,
            purpose = Purpose.ACCOUNT_FOR_USE,
            subject = DataSubject.KEY_HOLDER,
            retention = Retention.USAGE_METRIC)
        Usage usage,
    @DataField(
            value = "charge_nano_usd",
            category = DataCategory.FINANCIAL,
            purpose = Purpose.ACCOUNT_FOR_USE,
            subject = DataSubject.KEY_HOLDER,
            retention = Retention.USAGE_METRIC)
        long chargeNanoUsd) {
  /** How many exchanges, and how many of them failed or have no price. */
  public record Counts(long exchanges, long errors, long unpriced) {}
}
