package dev.probity.gateway.upstream;

import dev.probity.kernel.Secret;
import dev.probity.pricing.Provider;
import java.net.URI;
import java.util.Optional;

/**
 * One reachable upstream, as configured ({@code deployments:}).
 *
 * @param baseUrl as the vendor's own SDK takes it: anthropic and gemini without the version; for
 *     {@code simulated} unused
 * @param apiKey empty: only clients that bring their own provider key can use it
 * @param apiVersion Azure's {@code api-version}; empty elsewhere
 */
public record DeploymentSettings(
    String name,
    Provider kind,
    URI baseUrl,
    Optional<Secret> apiKey,
    Optional<String> apiVersion) {}
