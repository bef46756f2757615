package dev.probity.gateway.upstream;

import dev.probity.kernel.Secret;
import dev.probity.pricing.Provider;
import java.util.Optional;

/**
 * One reachable upstream, ready to be called.
 *
 * @param credential empty: only clients that bring their own provider key can use it
 */
public record Deployment(
    String name, Provider provider, Origin origin, Upstream upstream, Optional<Secret> credential) {
  public static Deployment of(DeploymentSettings settings) {
    return new Deployment(
        settings.name(),
        settings.kind(),
        Origin.of(settings.baseUrl()),
        Upstream.of(settings),
        settings.apiKey());
  }
}
