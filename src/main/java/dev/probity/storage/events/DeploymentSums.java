package dev.probity.storage.events;

import dev.probity.gateway.ExchangeQuery.DeploymentUse;
import dev.probity.kernel.OrganizationId;
import dev.probity.storage.Sql;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Adds up the days' roll-ups by deployment and model. */
final class DeploymentSums {
  private static final String QUERY =
      """
      SELECT deployment, provider, resolved_model, sum(exchanges), sum(uncached_input),
        sum(cache_read), sum(cache_write_5m), sum(cache_write_1h), sum(output_text),
        sum(output_reasoning), sum(tool_prompt)
      FROM exchange_hours
      WHERE organization = ? AND hour >= ? AND hour < ? AND deployment <> ''
      GROUP BY deployment, provider, resolved_model
      """;

  private record Group(String deployment, String provider, String model) {}

  private final Map<Group, DeploymentUse> rows = new HashMap<>();

  /** Adds a day's hours that begin within the range. */
  boolean add(Sql sql, OrganizationId organization, long fromMillis, long toMillis) {
    List<DeploymentUse> sums =
        sql.list(
            QUERY,
            row ->
                new DeploymentUse(
                    row.getString(1),
                    row.getString(2),
                    row.getString(3),
                    row.getLong(4),
                    ExchangeTable.usage(row, 5)),
            organization.value(),
            fromMillis,
            toMillis);
    for (DeploymentUse row : sums) {
      rows.merge(
          new Group(row.deployment(), row.provider(), row.model()), row, DeploymentSums::plus);
    }
    return true;
  }

  /** By deployment, the most used model first. */
  List<DeploymentUse> rows() {
    return rows.values().stream()
        .sorted(
            Comparator.comparing(DeploymentUse::deployment)
                .thenComparing(Comparator.comparingLong(DeploymentUse::exchanges).reversed())
                .thenComparing(DeploymentUse::model)
                .thenComparing(DeploymentUse::provider))
        .toList();
  }

  private static DeploymentUse plus(DeploymentUse one, DeploymentUse other) {
    return new DeploymentUse(
        one.deployment(),
        one.provider(),
        one.model(),
        one.exchanges() + other.exchanges(),
        one.usage().plus(other.usage()));
  }
}
