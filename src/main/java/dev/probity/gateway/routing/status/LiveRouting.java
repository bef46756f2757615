package dev.probity.gateway.routing.status;

import dev.probity.gateway.Dialect;
import dev.probity.gateway.ExchangeQuery;
import dev.probity.gateway.ExchangeQuery.DeploymentUse;
import dev.probity.gateway.Snapshot;
import dev.probity.gateway.routing.Router;
import dev.probity.gateway.upstream.Deployment;
import dev.probity.kernel.Clock;
import dev.probity.kernel.OrganizationId;
import dev.probity.kernel.Usage;
import dev.probity.pricing.Provider;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** The deployments of this moment's configuration. */
public final class LiveRouting implements RoutingStatus {
  private static final long HOUR_MILLIS = 3_600_000;

  private final Supplier<Snapshot> snapshot;
  private final ExchangeQuery exchanges;
  private final Clock clock;

  public LiveRouting(Supplier<Snapshot> snapshot, ExchangeQuery exchanges, Clock clock) {
    this.snapshot = snapshot;
    this.exchanges = exchanges;
    this.clock = clock;
  }

  @Override
  public List<DeploymentStatus> deployments(OrganizationId organization) {
    Snapshot now = snapshot.get();
    long until = clock.millis() + 1;
    List<DeploymentUse> uses =
        exchanges.deployments(organization, until - HOURS * HOUR_MILLIS, until);
    return now.router().inOrder().stream().map(each -> status(now, each, uses)).toList();
  }

  private DeploymentStatus status(Snapshot now, Deployment deployment, List<DeploymentUse> uses) {
    List<ModelCache> byModel =
        uses.stream()
            .filter(use -> use.deployment().equals(deployment.name()))
            .map(use -> new ModelCache(use.model(), figures(now, use)))
            .toList();
    CacheFigures all =
        byModel.stream()
            .map(ModelCache::figures)
            .reduce(CacheFigures::plus)
            .orElse(new CacheFigures(0, Usage.NONE, OptionalLong.empty()));
    return new DeploymentStatus(
        deployment.name(),
        deployment.provider().text(),
        deployment.dialects().stream().map(Dialect::text).toList(),
        deployment.credential().isPresent(),
        every(deployment),
        models(now.router(), deployment.name()),
        now.router().health().of(deployment.name()).report(),
        all,
        byModel);
  }

  private static OptionalLong every(Deployment deployment) {
    return deployment.healthCheck().isPresent()
        ? OptionalLong.of(deployment.healthCheck().get().everyMillis())
        : OptionalLong.empty();
  }

  private static List<String> models(Router router, String deployment) {
    return router.models().stream()
        .filter(model ->
            model.routes().stream().anyMatch(route -> route.deployment().equals(deployment)))
        .map(model -> model.name())
        .toList();
  }

  /** At the prices of today; the sums do not say at which time of the day it was. */
  private CacheFigures figures(Snapshot now, DeploymentUse use) {
    return CacheFigures.of(
        use.exchanges(),
        use.usage(),
        Provider.parse(use.provider()).flatMap(provider -> price(now, provider, use.model())));
  }

  private Optional<dev.probity.pricing.Price> price(Snapshot now, Provider provider, String model) {
    return now.prices().price(provider, model, clock.millis());
  }
}
