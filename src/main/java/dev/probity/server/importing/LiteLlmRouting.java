package dev.probity.server.importing;

import dev.probity.server.importing.Imported.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** How LiteLLM chooses among its models: fallbacks, aliases, strategy, retries, cooldowns. */
final class LiteLlmRouting {
  private static final Set<String> SECTIONS =
      Set.of("model_list", "router_settings", "litellm_settings", "general_settings");
  private static final Set<String> READ =
      Set.of(
          "model_group_alias",
          "routing_strategy",
          "num_retries",
          "allowed_fails",
          "cooldown_time",
          "timeout",
          "fallbacks",
          "context_window_fallbacks",
          "content_policy_fallbacks",
          "default_fallbacks",
          "request_timeout");

  private final Imported found;

  LiteLlmRouting(Imported found) {
    this.found = found;
  }

  void read(JsonNode root) {
    JsonNode router = root.path("router_settings");
    JsonNode litellm = root.path("litellm_settings");
    fallbacks("router_settings", router);
    fallbacks("litellm_settings", litellm);
    aliases(router.path("model_group_alias"));
    router(router, litellm);
    rest(root);
  }

  /** A model's fallbacks become routes of its own, of lower rank. */
  private void fallbacks(String where, JsonNode settings) {
    for (JsonNode each : settings.path("fallbacks")) {
      each.properties().forEach(entry -> fallback(where, entry.getKey(), entry.getValue()));
    }
    for (String key :
        List.of("context_window_fallbacks", "content_policy_fallbacks", "default_fallbacks")) {
      if (!settings.path(key).isEmpty()) {
        found.leftOut(
            where, key + ": routes fall back for any failure of a provider, not for this one");
      }
    }
  }

  private void fallback(String where, String model, JsonNode others) {
    List<Route> own = found.models().get(model);
    if (own == null) {
      found.leftOut(where, "fallbacks of \"" + model + "\", which is no model of its own");
      return;
    }
    int rank = own.stream().mapToInt(Route::priority).max().orElse(0);
    for (JsonNode other : others) {
      List<Route> routes = found.models().get(other.asString(""));
      if (routes == null) {
        found.leftOut(
            where,
            "the fallback from \""
                + model
                + "\" to \""
                + other.asString("")
                + "\", which is not there");
        continue;
      }
      rank++;
      for (Route route : new ArrayList<>(routes)) {
        found.route(
            model,
            new Route(route.deployment(), route.model(), route.weight(), Math.min(rank, 1_000)));
      }
    }
  }

  private void aliases(JsonNode aliases) {
    for (Map.Entry<String, JsonNode> each : aliases.properties()) {
      JsonNode target = each.getValue();
      String name = (target.isObject() ? target.path("model") : target).asString("");
      List<Route> routes = found.models().get(name);
      if (routes == null) {
        found.leftOut(
            "router_settings",
            "the alias " + each.getKey() + " of " + name + ", which is not there");
      } else {
        new ArrayList<>(routes).forEach(route -> found.route(each.getKey(), route));
      }
    }
  }

  private void router(JsonNode router, JsonNode litellm) {
    LiteLlmConfig.text(router.path("routing_strategy")).ifPresent(this::strategy);
    LiteLlmConfig.integer(router.path("num_retries"))
        .or(() -> LiteLlmConfig.integer(litellm.path("num_retries")))
        .ifPresent(
            n -> found.setting("retries", "{ attempts: " + Math.clamp(n + 1L, 1, 10) + " }"));
    StringBuilder breaker = new StringBuilder();
    LiteLlmConfig.integer(router.path("allowed_fails"))
        .or(() -> LiteLlmConfig.integer(litellm.path("allowed_fails")))
        .ifPresent(n -> breaker.append("failures: ").append(Math.clamp(n + 1L, 1, 1000)));
    LiteLlmConfig.integer(router.path("cooldown_time"))
        .or(() -> LiteLlmConfig.integer(litellm.path("cooldown_time")))
        .ifPresent(n ->
            breaker.append(breaker.isEmpty() ? "" : ", ").append("pause: ").append(n).append('s'));
    if (!breaker.isEmpty()) {
      found.breaker("{ " + breaker + " }");
    }
    LiteLlmConfig.integer(router.path("timeout"))
        .or(() -> LiteLlmConfig.integer(litellm.path("request_timeout")))
        .ifPresent(n -> found.setting("timeouts", "{ total: " + n + "s }"));
  }

  private void strategy(String strategy) {
    switch (strategy) {
      case "simple-shuffle" -> {}
      case "latency-based-routing" -> found.policy("latency");
      case "cost-based-routing" -> found.policy("price");
      case "least-busy", "usage-based-routing", "usage-based-routing-v2" -> {
        found.policy("latency");
        found.changed(
            "router_settings",
            strategy + " is policy: latency now, which counts what a deployment has in hand, too");
      }
      default -> found.leftOut("router_settings", "routing_strategy " + strategy);
    }
  }

  private void rest(JsonNode root) {
    for (String section : List.of("router_settings", "litellm_settings", "general_settings")) {
      root.path(section)
          .propertyStream()
          .map(Map.Entry::getKey)
          .filter(key -> section.equals("general_settings") || !READ.contains(key))
          .forEach(key -> found.leftOut(section, key + LiteLlmConfig.why(key)));
    }
    root.propertyStream()
        .map(Map.Entry::getKey)
        .filter(key -> !SECTIONS.contains(key))
        .forEach(key -> found.leftOut(key, "the whole section" + LiteLlmConfig.why(key)));
  }
}
