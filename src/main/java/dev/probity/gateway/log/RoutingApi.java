package dev.probity.gateway.log;

import dev.probity.gateway.routing.HealthReport;
import dev.probity.gateway.routing.status.CacheFigures;
import dev.probity.gateway.routing.status.RoutingStatus;
import dev.probity.gateway.routing.status.RoutingStatus.DeploymentStatus;
import dev.probity.gateway.routing.status.RoutingStatus.ModelCache;
import dev.probity.http.Answer;
import dev.probity.http.Call;
import dev.probity.http.Json;
import java.time.Instant;
import java.util.OptionalLong;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /api/routing}: how the deployments are, and what their caches were worth. */
public final class RoutingApi {
  private final RoutingStatus status;

  public RoutingApi(RoutingStatus status) {
    this.status = status;
  }

  public Answer show(Call call) {
    call.query();
    ObjectNode root = Json.object();
    ArrayNode items = root.putArray("items");
    status
        .deployments(call.caller().organization())
        .forEach(deployment -> items.add(json(deployment)));
    return Answer.json(root.putNull("next"));
  }

  private static ObjectNode json(DeploymentStatus deployment) {
    HealthReport health = deployment.health();
    ObjectNode json =
        Json.object()
            .put("deployment", deployment.name())
            .put("provider", deployment.provider())
            .put("credential", deployment.credential());
    ArrayNode dialects = json.putArray("dialects");
    deployment.dialects().forEach(dialects::add);
    ArrayNode models = json.putArray("models");
    deployment.models().forEach(models::add);
    json.put("breaker", health.state().text())
        .put("breaker_since", time(health.sinceMillis()))
        .put("running", health.running());
    time(json, "cooling_until", health.coolingUntilMillis());
    number(json, "ttft_ewma_ms", health.latencyMillis());
    json.put("served", health.served())
        .put("failed", health.failed())
        .put("limited", health.limited());
    ArrayNode limits = json.putArray("rate_limits");
    for (HealthReport.Limit limit : health.limits()) {
      ObjectNode item = limits.addObject().put("kind", limit.kind());
      number(item, "limit", limit.limit());
      item.put("remaining", limit.remaining()).put("reset_at", time(limit.resetMillis()));
    }
    number(json, "health_check_every_ms", deployment.checkedEveryMillis());
    if (health.lastCheck().isPresent()) {
      HealthReport.Check check = health.lastCheck().get();
      json.putObject("last_check")
          .put("good", check.good())
          .put("what", check.what())
          .put("at", time(check.atMillis()));
    } else {
      json.putNull("last_check");
    }
    json.set("cache", json(deployment.cache()));
    ArrayNode byModel = json.putArray("cache_by_model");
    for (ModelCache model : deployment.cacheByModel()) {
      byModel.add(json(model.figures()).put("model", model.model()));
    }
    return json;
  }

  private static ObjectNode json(CacheFigures figures) {
    ObjectNode json = Json.object().put("exchanges", figures.exchanges());
    json.set("usage", ExchangeJson.usage(figures.usage()));
    json.put("hit_rate", figures.hitRate());
    number(json, "saved_nano_usd", figures.savedNanoUsd());
    return json;
  }

  private static void number(ObjectNode json, String name, OptionalLong value) {
    if (value.isPresent()) {
      json.put(name, value.getAsLong());
    } else {
      json.putNull(name);
    }
  }

  private static void time(ObjectNode json, String name, OptionalLong millis) {
    json.put(name, millis.isPresent() ? time(millis.getAsLong()) : null);
  }

  private static String time(long millis) {
    return Instant.ofEpochMilli(millis).toString();
  }
}
