package dev.probity.server.importing;

import dev.probity.server.importing.Imported.Price;
import dev.probity.server.importing.Imported.Route;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Reads LiteLLM's {@code config.yaml} (<a href="https://docs.litellm.ai/docs/proxy/configs">its
 * format</a>): models with their deployments, keys, weights, order and prices; {@link
 * LiteLlmRouting} reads the rest.
 */
final class LiteLlmConfig {
  private static final Set<String> READ_PARAMS =
      Set.of(
          "model",
          "api_base",
          "base_url",
          "api_key",
          "api_version",
          "weight",
          "order",
          "rpm",
          "tpm",
          "custom_llm_provider",
          "input_cost_per_token",
          "output_cost_per_token",
          "cache_read_input_token_cost",
          "cache_creation_input_token_cost");
  private static final Map<String, String> COSTS =
      Map.of(
          "input_cost_per_token", "input",
          "output_cost_per_token", "output",
          "cache_read_input_token_cost", "cache_read",
          "cache_creation_input_token_cost", "cache_write_5m");
  private static final int MAX_WEIGHT = 1_000;

  private final Imported found = new Imported();

  private LiteLlmConfig() {}

  static Imported read(JsonNode root) {
    LiteLlmConfig reading = new LiteLlmConfig();
    reading.models(root.path("model_list"));
    new LiteLlmRouting(reading.found).read(root);
    return reading.found;
  }

  private void models(JsonNode entries) {
    for (int i = 0; i < entries.size(); i++) {
      JsonNode entry = entries.path(i);
      String where = "model_list[" + i + "]";
      String name = text(entry.path("model_name")).orElse("");
      JsonNode params = entry.path("litellm_params");
      String model = text(params.path("model")).orElse("");
      if (name.isEmpty() || model.isEmpty()) {
        found.leftOut(where, "it has no model_name or no litellm_params.model");
        continue;
      }
      deployment(where + " " + name, params, model)
          .ifPresent(target -> {
            int weight = weight(where + " " + name, params);
            int priority = integer(params.path("order")).map(order -> order * 10).orElse(0);
            found.route(name, new Route(target.deployment, target.model, weight, priority));
            prices(params, entry.path("model_info"), target);
          });
      params
          .propertyStream()
          .map(Map.Entry::getKey)
          .filter(key -> !READ_PARAMS.contains(key))
          .forEach(
              key -> found.leftOut(where + " " + name, "litellm_params." + key + " " + why(key)));
    }
  }

  private record Target(String deployment, String kind, String model) {}

  private Optional<Target> deployment(String where, JsonNode params, String full) {
    int slash = full.indexOf('/');
    String said = text(params.path("custom_llm_provider")).orElse("");
    String word = said.isEmpty() && slash > 0 ? full.substring(0, slash) : said;
    String model = said.isEmpty() && slash > 0 ? full.substring(slash + 1) : full;
    Optional<String> base = text(params.path("api_base")).or(() -> text(params.path("base_url")));
    String kind = kind(word, full, base);
    if (kind.isEmpty()) {
      found.leftOut(
          where,
          "the provider of \""
              + full
              + "\" is none that Probity speaks to"
              + (base.isEmpty() ? "; if it speaks OpenAI's format, add it with its base_url" : ""));
      return Optional.empty();
    }
    Optional<String> url =
        base.map(LiteLlmConfig::reference)
            .map(given -> Vendors.address(kind, given))
            .or(() -> Vendors.compatible(word));
    if (url.isEmpty() && (kind.equals("openai-compatible") || kind.equals("azure-openai"))) {
      found.leftOut(where, "it has no api_base, and " + kind + " needs one");
      return Optional.empty();
    }
    Optional<String> key = text(params.path("api_key")).map(given -> key(where, kind, given));
    Optional<String> version =
        kind.equals("azure-openai")
            ? text(params.path("api_version")).map(LiteLlmConfig::reference)
            : Optional.empty();
    String wish = kind.equals("openai-compatible") && !word.isEmpty() ? word : kind;
    String name = found.deployment(wish, kind, url, key.or(() -> usualKey(kind)), version);
    // "openai/*" sends on what was asked for.
    return Optional.of(new Target(name, kind, model));
  }

  private static String kind(String word, String full, Optional<String> base) {
    return switch (word) {
      case "openai", "text-completion-openai" ->
          base.isEmpty() || base.get().contains("api.openai.com") ? "openai" : "openai-compatible";
      case "azure", "azure_ai" -> "azure-openai";
      case "anthropic" -> "anthropic";
      case "gemini" -> "gemini";
      case "" -> Vendors.kindOf(full).orElse(base.isPresent() ? "openai-compatible" : "");
      default ->
          Vendors.compatible(word).isPresent() || Vendors.isAnywhere(word)
              ? "openai-compatible"
              : Vendors.kindOf(full).orElse("");
    };
  }

  private String key(String where, String kind, String given) {
    if (given.startsWith("os.environ/")) {
      return reference(given);
    }
    found.changed(where, "its key stands in the environment file now, not in the configuration");
    return found.secret(kind.replace('-', '_') + "_key", given);
  }

  private static Optional<String> usualKey(String kind) {
    return switch (kind) {
      case "openai" -> Optional.of("${OPENAI_API_KEY}");
      case "anthropic" -> Optional.of("${ANTHROPIC_API_KEY}");
      case "gemini" -> Optional.of("${GEMINI_API_KEY}");
      default -> Optional.empty();
    };
  }

  /** {@code os.environ/NAME} as we write it. */
  private static String reference(String text) {
    return text.startsWith("os.environ/")
        ? "${" + text.substring("os.environ/".length()) + "}"
        : text;
  }

  private int weight(String where, JsonNode params) {
    Optional<Integer> said = integer(params.path("weight"));
    if (said.isPresent()) {
      return Math.clamp(said.get(), 1, MAX_WEIGHT);
    }
    Optional<Integer> rate = integer(params.path("rpm"));
    if (rate.isPresent()) {
      found.changed(
          where,
          "rpm " + rate.get() + " is its share among equals now; as a limit it was left out");
      return Math.clamp(rate.get(), 1, MAX_WEIGHT);
    }
    integer(params.path("tpm")).ifPresent(tpm -> found.leftOut(where, "tpm " + tpm + why("tpm")));
    return 1;
  }

  private void prices(JsonNode params, JsonNode info, Target target) {
    Map<String, String> parts = new LinkedHashMap<>();
    for (String cost :
        List.of(
            "input_cost_per_token", "output_cost_per_token",
            "cache_read_input_token_cost", "cache_creation_input_token_cost")) {
      JsonNode value = params.has(cost) ? params.path(cost) : info.path(cost);
      if (value.isNumber() || value.isString()) {
        perMillion(value.asString())
            .ifPresent(usd -> parts.put(String.valueOf(COSTS.get(cost)), usd));
      }
    }
    if (parts.containsKey("input") && parts.containsKey("output")) {
      found.price(new Price(target.kind, target.model, parts));
    }
  }

  private static Optional<String> perMillion(String perToken) {
    try {
      BigDecimal usd = new BigDecimal(perToken).movePointRight(6).stripTrailingZeros();
      return Optional.of(usd.signum() == 0 ? "0" : usd.toPlainString());
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }

  /** Why a member has no place here. */
  static String why(String key) {
    return switch (key) {
      case "master_key" -> ": Probity makes its own keys; issue them on its page Keys";
      case "database_url",
          "store_model_in_db",
          "redis_host",
          "redis_port",
          "redis_password",
          "redis_url" ->
          ": nothing of the kind is needed";
      case "rpm", "tpm", "max_parallel_requests" ->
          ": limits of a deployment are those that it says itself";
      case "drop_params" ->
          ": what a provider can't take is left out and told in x-probity-degraded anyway";
      case "success_callback", "failure_callback", "callbacks" ->
          ": the request log and /metrics have it";
      case "environment_variables" -> ": set them where Probity is started";
      default -> " has no counterpart";
    };
  }

  static Optional<String> text(JsonNode value) {
    return value.isValueNode() && !value.isNull()
        ? Optional.of(value.asString().strip()).filter(text -> !text.isEmpty())
        : Optional.empty();
  }

  static Optional<Integer> integer(JsonNode value) {
    return value.isNumber() ? Optional.of(value.asInt()) : Optional.empty();
  }
}
