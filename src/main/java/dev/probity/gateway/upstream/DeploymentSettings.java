package dev.probity.gateway.upstream;

import dev.probity.gateway.Dialect;
import dev.probity.kernel.Secret;
import dev.probity.pricing.Provider;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * One reachable upstream, as configured ({@code deployments:}).
 *
 * @param baseUrl as the vendor's own SDK takes it: anthropic and gemini without the version; for
 *     {@code simulated} unused
 * @param apiKey empty: only clients that bring their own provider key can use it
 * @param dialects what it speaks; what is asked in another is translated into the first that fits
 * @param apiVersion Azure's {@code api-version}; empty elsewhere
 * @param healthCheck empty: it is only judged by the calls that it serves
 */
public record DeploymentSettings(
    String name,
    Provider kind,
    URI baseUrl,
    Optional<Secret> apiKey,
    Optional<String> apiVersion,
    List<Dialect> dialects,
    BreakerSettings breaker,
    Optional<HealthCheckSettings> healthCheck) {
  /** One with the usual breaker that is not checked. */
  public DeploymentSettings(
      String name,
      Provider kind,
      URI baseUrl,
      Optional<Secret> apiKey,
      Optional<String> apiVersion,
      List<Dialect> dialects) {
    this(
        name,
        kind,
        baseUrl,
        apiKey,
        apiVersion,
        dialects,
        BreakerSettings.DEFAULT,
        Optional.empty());
  }

  /** One that speaks what its kind usually does. */
  public DeploymentSettings(
      String name,
      Provider kind,
      URI baseUrl,
      Optional<Secret> apiKey,
      Optional<String> apiVersion) {
    this(name, kind, baseUrl, apiKey, apiVersion, usualDialects(kind));
  }

  /** What a kind speaks unless told otherwise, the most telling first. */
  public static List<Dialect> usualDialects(Provider kind) {
    return switch (kind) {
      case OPENAI, AZURE_OPENAI -> List.of(Dialect.RESPONSES, Dialect.CHAT);
      case OPENAI_COMPATIBLE -> List.of(Dialect.CHAT);
      case ANTHROPIC -> List.of(Dialect.MESSAGES);
      case GEMINI -> List.of(Dialect.GEMINI);
      case SIMULATED -> List.of(Dialect.RESPONSES, Dialect.CHAT, Dialect.MESSAGES, Dialect.GEMINI);
    };
  }
}
