package dev.probity.gateway;

import dev.probity.kernel.ExchangeId;
import dev.probity.kernel.OrganizationId;
import dev.probity.kernel.Page;
import dev.probity.kernel.Usage;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Questions about past exchanges, always within one organization. */
public interface ExchangeQuery {
  /** Exchanges that match, newest first. */
  Page<Exchange> list(
      OrganizationId organization, Filter filter, int limit, Optional<String> cursor);

  Optional<Exchange> find(OrganizationId organization, ExchangeId id);

  /** Sums over the hourly roll-ups, largest charge first (by day: oldest first). */
  List<UsageRow> usage(
      OrganizationId organization, GroupBy groupBy, OptionalLong fromMillis, OptionalLong toMillis);

  /** What each deployment was used for, model by model, over the same hourly roll-ups. */
  List<DeploymentUse> deployments(OrganizationId organization, long fromMillis, long toMillis);

  /**
   * @param deployment never empty
   * @param provider {@link dev.probity.pricing.Provider#text}
   * @param model the name that was sent to it
   */
  record DeploymentUse(
      String deployment, String provider, String model, long exchanges, Usage usage) {}

  /**
   * @param model matches the requested or the resolved model, exactly
   * @param outcome {@link Outcome#text}
   * @param fromMillis inclusive
   * @param toMillis exclusive
   */
  record Filter(
      Optional<String> model,
      Optional<String> key,
      Optional<String> outcome,
      Optional<String> session,
      OptionalLong fromMillis,
      OptionalLong toMillis) {
    public static final Filter ALL =
        new Filter(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            OptionalLong.empty(),
            OptionalLong.empty());
  }

  /** What {@link #usage} sums by. */
  enum GroupBy {
    MODEL,
    KEY,
    PROVIDER,
    DAY,
    HOUR
  }

  /**
   * @param group the model, key id, provider, day ({@code 2026-11-20}) or hour ({@code
   *     2026-11-20T15:00Z})
   * @param errors exchanges whose status was 400 or more, or whose answer broke
   */
  record UsageRow(
      String group, long exchanges, long errors, long unpriced, Usage usage, long chargeNanoUsd) {}
}
