package dev.probity.gateway;

import dev.probity.kernel.DataCategory;
import dev.probity.kernel.DataField;
import dev.probity.kernel.DataSubject;
import dev.probity.kernel.ExchangeId;
import dev.probity.kernel.KeyId;
import dev.probity.kernel.OrganizationId;
import dev.probity.kernel.Protection;
import dev.probity.kernel.Purpose;
import dev.probity.kernel.Retention;
import dev.probity.kernel.StoredIn;
import dev.probity.kernel.Usage;
import dev.probity.kernel.UsageSource;
import dev.probity.pricing.Charge;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One client request with its answer and all its attempts: the row in the request log. Holds no
 * prompt, no answer, no address and no text of the client's that was not checked first (SafeText).
 *
 * @param requestedModel the name the client asked for; empty if it was never read
 * @param resolvedModel the name that was sent upstream; empty if nothing was sent
 * @param provider the kind of upstream, as {@link dev.probity.pricing.Provider#text}; empty if none
 *     was chosen
 * @param status the HTTP status that the client got; 499 if it left before there was one
 * @param error a stable word for what went wrong; empty if nothing did
 * @param latencyMillis from the request's last byte read to the answer's last byte written
 * @param ttftMillis to the first piece of content (not pings); empty if there was none
 * @param providerRequestId the id that the provider gave its answer, for questions to its support
 *     and for joining with an agent's reports
 * @param trail the routing path as it is kept; {@link dev.probity.gateway.routing.Trail#json} tells
 *     it whole
 */
@StoredIn({"events.exchanges", "journal.exchange"})
public record Exchange(
    @DataField(
            value = "id",
            category = DataCategory.IDENTIFIER,
            purpose = Purpose.ACCOUNT_FOR_USE,
            subject = DataSubject.NOBODY,
            retention = Retention.REQUEST_LOG)
        ExchangeId id,
    @DataField(
            value = "organization",
            category = DataCategory.IDENTIFIER,
            purpose = Purpose.ACCOUNT_FOR_USE,
            subject = DataSubject.ORGANIZATION,
            retention = Retention.REQUEST_LOG)
        OrganizationId organization,
    @DataField(
            value = "key_id",
            category = DataCategory.IDENTIFIER,
            purpose = Purpose.ACCOUNT_FOR_USE,
            subject = DataSubject.KEY_HOLDER,
            retention = Retention.REQUEST_LOG)
        KeyId key,
    @DataField(
            value = "operation",
            category = DataCategory.USAGE_METRIC,
            purpose = Purpose.ACCOUNT_FOR_USE,
            subject = DataSubject.NOBODY,
            retention = Retention.REQUEST_LOG)
        Operation operation,
    @DataField(
            value = "requested_model",
            category = DataCategory.USAGE_METRIC,
            purpose = Purpose.ACCOUNT_FOR_USE,
            subject = DataSubject.KEY_HOLDER,
            retention = Retention.REQUEST_LOG)
        String requestedModel,
    @DataField(
            value = "resolved_model",
            category = DataCategory.USAGE_METRIC,
            purpose = Purpose.ACCOUNT_FOR_USE,
            subject = DataSubject.KEY_HOLDER,
            retention = Retention.REQUEST_LOG)
        String resolvedModel,
    @DataField(
            value = "provider",
            category = DataCategory.USAGE_METRIC,
            purpose = Purpose.ACCOUNT_FOR_USE,
            subject = DataSubject.NOBODY,
            retention = Retention.REQUEST_LOG)
        String provider,
    @DataField(
            value = "deployment",
            category = DataCategory.USAGE_METRIC,
            purpose = Purpose.ACCOUNT_FOR_USE,
            subject = DataSubject.NOBODY,
            retention = Retention.REQUEST_LOG)
        String deployment,
    @DataField(
            value = "status",
            category = DataCategory.USAGE_METRIC,
            purpose = Purpose.OPERATE_THE_SERVICE,
            subject = DataSubject.NOBODY,
            retention = Retention.REQUEST_LOG)
        int status,
    @DataField(
            value = "outcome",
            category = DataCategory.USAGE_METRIC,
            purpose = Purpose.OPERATE_THE_SERVICE,
            subject = DataSubject.NOBODY,
            retention = Retention.REQUEST_LOG)
        Outcome outcome,
    @DataField(
            value = "error",
            category = DataCategory.USAGE_METRIC,
            purpose = Purpose.OPERATE_THE_SERVICE,
            subject = DataSubject.NOBODY,
            retention = Retention.REQUEST_LOG)
        String error,
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
            retention = Retention.REQUEST_LOG)
        Usage usage,
    @DataField(
            value = "usage_source",
            category = DataCategory.USAGE_METRIC,
            purpose = Purpose.ACCOUNT_FOR_USE,
            subject = DataSubject.NOBODY,
            retention = Retention.REQUEST_LOG)
        UsageSource usageSource,
    @DataField(
            value = {"charge_nano_usd", "unpriced", "price_version"},
            category = DataCategory.FINANCIAL,
            purpose = Purpose.ACCOUNT_FOR_USE,
            subject = DataSubject.KEY_HOLDER,
            retention = Retention.REQUEST_LOG)
        Charge charge,
    @DataField(
            value = "latency_ms",
            category = DataCategory.USAGE_METRIC,
            purpose = Purpose.OPERATE_THE_SERVICE,
            subject = DataSubject.NOBODY,
            retention = Retention.REQUEST_LOG)
        long latencyMillis,
    @DataField(
            value = "ttft_ms",
            category = DataCategory.USAGE_METRIC,
            purpose = Purpose.OPERATE_THE_SERVICE,
            subject = DataSubject.NOBODY,
            retention = Retention.REQUEST_LOG)
        OptionalLong ttftMillis,
    @DataField(
            value = "stream",
            category = DataCategory.USAGE_METRIC,
            purpose = Purpose.OPERATE_THE_SERVICE,
            subject = DataSubject.NOBODY,
            retention = Retention.REQUEST_LOG)
        boolean stream,
    @DataField(
            value = "request_bytes",
            category = DataCategory.USAGE_METRIC,
            purpose = Purpose.OPERATE_THE_SERVICE,
            subject = DataSubject.NOBODY,
            retention = Retention.REQUEST_LOG)
        long requestBytes,
    @DataField(
            value = "response_bytes",
            category = DataCategory.USAGE_METRIC,
            purpose = Purpose.OPERATE_THE_SERVICE,
            subject = DataSubject.NOBODY,
            retention = Retention.REQUEST_LOG)
        long responseBytes,
    @DataField(
            value = "session_id",
            category = DataCategory.IDENTIFIER,
            purpose = Purpose.ACCOUNT_FOR_USE,
            subject = DataSubject.KEY_HOLDER,
            retention = Retention.REQUEST_LOG,
            protection = Protection.ENCRYPTED_FILE)
        Optional<String> sessionId,
    @DataField(
            value = "provider_request_id",
            category = DataCategory.IDENTIFIER,
            purpose = Purpose.OPERATE_THE_SERVICE,
            subject = DataSubject.NOBODY,
            retention = Retention.REQUEST_LOG)
        Optional<String> providerRequestId,
    @DataField(
            value = "trail",
            category = DataCategory.USAGE_METRIC,
            purpose = Purpose.OPERATE_THE_SERVICE,
            subject = DataSubject.NOBODY,
            retention = Retention.REQUEST_LOG)
        String trail) {

  /** When the client's request began to arrive, in milliseconds since 1970. */
  public long startedAtMillis() {
    return id.startedAtMillis();
  }
}
