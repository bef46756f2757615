package dev.probity.clients;

import dev.probity.gateway.upstream.simulated.SimulatedProvider;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The kinds of provider that every client is tried on, each with the simulated provider in the
 * vendor's place. A model's name ends in {@code -on-} and the provider, and then in what shall go
 * wrong there: {@code gpt-5-on-anthropic-simulated-broken}.
 */
enum Providers {
  /** OpenAI: responses and chat. */
  OPENAI("openai", "/v1", ""),
  /** Azure with a dated version, whose paths name the deployment. */
  AZURE("azure-openai", "", "api_version: \"2026-04-01\""),
  /** Whoever speaks OpenAI's chat format: chat alone. */
  COMPATIBLE("openai-compatible", "/v1", ""),
  /** Responses alone. */
  RESPONSES("openai-compatible", "/v1", "dialects: [responses]"),
  ANTHROPIC("anthropic", "", ""),
  GEMINI("gemini", "", ""),
  /** Every format, so nothing is translated. */
  ANY("simulated", "", "");

  private final String kind;
  private final String path;
  private final String more;

  Providers(String kind, String path, String more) {
    this.kind = kind;
    this.path = path;
    this.more = more;
  }

  /** The last word of its models' names. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The kind, as {@code probity.yaml} and the log have it. */
  String kind() {
    return kind;
  }

  /** A model there; {@code family} may mean something to the client. */
  String model(String family) {
    return family + "-on-" + word();
  }

  static List<String> words() {
    return Arrays.stream(values()).map(Providers::word).toList();
  }

  /** Settings in which all of them are the one provider. */
  static String yaml(SimulatedProvider provider) {
    return "deployments:\n"
        + Arrays.stream(values())
            .map(each -> each.deployment(provider))
            .collect(Collectors.joining())
        + "models:\n"
        + Arrays.stream(values()).map(Providers::route).collect(Collectors.joining());
  }

  private String deployment(SimulatedProvider provider) {
    if (this == ANY) {
      return "  - { name: any, kind: simulated }\n";
    }
    return "  - { name: %s, kind: %s, base_url: \"%s%s\", api_key: \"%s\"%s }\n"
        .formatted(
            word(),
            kind,
            provider.baseUrl(),
            path,
            provider.secret().reveal(),
            more.isEmpty() ? "" : ", " + more);
  }

  private String route() {
    return "  - { name: \"*-on-%s*\", routes: [ { deployment: %s, model: \"*\" } ] }\n"
        .formatted(word(), word());
  }
}
