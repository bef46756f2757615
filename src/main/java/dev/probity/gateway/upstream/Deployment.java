package dev.probity.gateway.upstream;

import dev.probity.gateway.Dialect;
import dev.probity.gateway.Operation;
import dev.probity.kernel.Secret;
import dev.probity.pricing.Provider;
import java.util.List;
import java.util.Optional;

/**
 * One reachable upstream, ready to be called.
 *
 * @param credential empty: only clients that bring their own provider key can use it
 */
public record Deployment(
    String name,
    Provider provider,
    Origin origin,
    Upstream upstream,
    Optional<Secret> credential,
    List<Dialect> dialects,
    BreakerSettings breaker,
    Optional<HealthCheckSettings> healthCheck) {
  /**
   * In which dialect it is asked for an operation: the client's own if it can be; empty if none.
   */
  public Optional<Dialect> dialectFor(Operation asked) {
    if (dialects.contains(asked.dialect()) && upstream.speaks(asked)) {
      return Optional.of(asked.dialect());
    }
    for (Dialect each : dialects) {
      if (each != asked.dialect() && asked.in(each, false).filter(upstream::speaks).isPresent()) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  public static Deployment of(DeploymentSettings settings) {
    return new Deployment(
        settings.name(),
        settings.kind(),
        Origin.of(settings.baseUrl()),
        Upstream.of(settings),
        settings.apiKey(),
        settings.dialects(),
        settings.breaker(),
        settings.healthCheck());
  }
}
