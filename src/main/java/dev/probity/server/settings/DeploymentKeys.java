package dev.probity.server.settings;

import dev.probity.gateway.Dialect;
import dev.probity.gateway.upstream.BreakerSettings;
import dev.probity.gateway.upstream.DeploymentSettings;
import dev.probity.gateway.upstream.HealthCheckSettings;
import dev.probity.kernel.Secret;
import dev.probity.pricing.Provider;
import dev.probity.server.settings.Type.At;
import dev.probity.server.settings.Type.Located;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The keys of one entry of {@code deployments}. */
final class DeploymentKeys {
  private static final Pattern NAME_PATTERN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

  private static final Key<At<String>> NAME =
      Key.required("name", new Located<>(name()), "What routes call it; unique.");
  private static final Key<Provider> KIND =
      Key.required(
          "kind",
          Types.choice(List.of(Provider.values()), Provider::text),
          "The provider's kind, which decides its formats and its prices.");
  private static final Key<URI> BASE_URL =
      Key.optional(
          "base_url",
          url(),
          "Where it is, as the vendor's own SDK takes it: for openai with /v1, for anthropic and"
              + " gemini without a version. The vendor's own for openai, anthropic and gemini;"
              + " needed for azure-openai and openai-compatible.");
  private static final Key<Secret> API_KEY =
      Key.optional(
          "api_key",
          Types.secret("a provider's key, best as \"${VARIABLE}\""),
          "The credential. Without it only clients that bring their own provider key are served.");
  private static final Key<At<String>> API_VERSION =
      Key.optional(
          "api_version",
          new Located<>(Types.text("a version such as 2026-04-01")),
          "Azure's api-version parameter; only for azure-openai.");

  private static final Key<List<Dialect>> DIALECTS =
      Key.optional(
          "dialects",
          new Type.Many<>(Types.choice(List.of(Dialect.values()), Dialect::text)),
          "The formats it speaks; what is asked in another is translated into the first that fits."
              + " openai and azure-openai: [responses, chat]; openai-compatible: [chat]; anthropic:"
              + " [messages]; gemini: [gemini]; simulated: all.");

  private static final Key<BreakerSettings> BREAKER =
      Key.optional(
          "breaker",
          new Type.Section<>(HealthKeys.BREAKER),
          "When it is left alone for a while because it fails.");
  private static final Key<At<HealthCheckSettings>> HEALTH_CHECK =
      Key.optional(
          "health_check",
          new Located<>(new Type.Section<>(HealthKeys.CHECK)),
          "Whether it is asked from time to time if it is there. Without it: it is not; the calls"
              + " that it serves say how it is.");

  static final Schema<Entry> SCHEMA =
      new Schema<>(
          List.of(NAME, KIND, BASE_URL, API_KEY, API_VERSION, DIALECTS, BREAKER, HEALTH_CHECK),
          values ->
              new Entry(
                  values.get(NAME),
                  values.get(KIND),
                  values.optional(BASE_URL),
                  values.optional(API_KEY),
                  values.optional(API_VERSION),
                  values.optional(DIALECTS),
                  values.get(BREAKER),
                  values.optional(HEALTH_CHECK)));

  private DeploymentKeys() {}

  /** One entry, each value right by itself. */
  record Entry(
      At<String> name,
      Provider kind,
      Optional<URI> baseUrl,
      Optional<Secret> apiKey,
      Optional<At<String>> apiVersion,
      Optional<List<Dialect>> dialects,
      BreakerSettings breaker,
      Optional<At<HealthCheckSettings>> healthCheck) {

    /** Empty, after a complaint, if the values do not go together. */
    Optional<DeploymentSettings> check(Problems problems) {
      Optional<URI> url = baseUrl.or(() -> vendorUrl(kind));
      if (url.isEmpty()) {
        problems.add(
            name.place(),
            "base_url is missing (expected: for "
                + kind.text()
                + " there is no usual address, so it must be given)");
      }
      if (kind != Provider.AZURE_OPENAI) {
        apiVersion.ifPresent(version ->
            problems.add(
                version.place(),
                "api_version does not go with kind "
                    + kind.text()
                    + " (expected: only with azure-openai)"));
      }
      if (kind == Provider.SIMULATED) {
        healthCheck.ifPresent(check ->
            problems.add(
                check.place(),
                "health_check does not go with kind simulated (expected: nothing; it is part of"
                    + " this process)"));
      }
      return url.map(u ->
          new DeploymentSettings(
              name.value(),
              kind,
              u,
              apiKey,
              apiVersion.map(At::value),
              dialects.orElse(DeploymentSettings.usualDialects(kind)),
              breaker,
              healthCheck.map(At::value)));
    }
  }

  /** Where a vendor is unless told otherwise; the simulated provider is nowhere. */
  static Optional<URI> vendorUrl(Provider kind) {
    return switch (kind) {
      case OPENAI -> Optional.of(URI.create("https://api.openai.com/v1"));
      case ANTHROPIC -> Optional.of(URI.create("https://api.anthropic.com"));
      case GEMINI -> Optional.of(URI.create("https://generativelanguage.googleapis.com"));
      case SIMULATED -> Optional.of(URI.create("http://simulated.invalid"));
      case AZURE_OPENAI, OPENAI_COMPATIBLE -> Optional.empty();
    };
  }

  private static Type.Scalar<String> name() {
    return new Type.Scalar<>(
        "a name of letters, digits, '.', '_' and '-', at most 63 long",
        text -> {
          if (!NAME_PATTERN.matcher(text).matches()) {
            throw new IllegalArgumentException("not a name");
          }
          return text;
        });
  }

  private static Type.Scalar<URI> url() {
    return new Type.Scalar<>(
        "an http:// or https:// address without user, query or fragment",
        DeploymentKeys::parseUrl,
        true);
  }

  private static URI parseUrl(String text) {
    try {
      URI url = new URI(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
      boolean web =
          "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
      boolean plain =
          url.getRawUserInfo() == null && url.getRawQuery() == null && url.getRawFragment() == null;
      if (!web || !plain || url.getHost() == null || url.getPort() > 65_535) {
        throw new IllegalArgumentException("not an address");
      }
      return url;
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("not an address", e);
    }
  }
}
