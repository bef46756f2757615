package dev.probity.gateway.routing.status;

import dev.probity.gateway.routing.HealthReport;
import dev.probity.kernel.OrganizationId;
import java.util.List;
import java.util.OptionalLong;

/** How the deployments are now, and what their prompt caches were worth lately. */
public interface RoutingStatus {
  /** How far back the cache's figures go; whole hours. */
  int HOURS = 24;

  /** Every configured deployment, in the order of the configuration. */
  List<DeploymentStatus> deployments(OrganizationId organization);

  /**
   * @param provider {@link dev.probity.pricing.Provider#text}
   * @param dialects what it speaks, {@link dev.probity.gateway.Dialect#text}
   * @param credential whether it has a provider key of its own
   * @param checkedEveryMillis empty if it is not checked
   * @param models the names that clients ask for which it may serve
   * @param cache of all its models
   * @param cacheByModel the most used first
   */
  record DeploymentStatus(
      String name,
      String provider,
      List<String> dialects,
      boolean credential,
      OptionalLong checkedEveryMillis,
      List<String> models,
      HealthReport health,
      CacheFigures cache,
      List<ModelCache> cacheByModel) {}

  /**
   * @param model the name that was sent upstream
   */
  record ModelCache(String model, CacheFigures figures) {}
}
