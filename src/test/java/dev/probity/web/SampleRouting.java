package dev.probity.web;

import dev.probity.gateway.ExchangeQuery;
import dev.probity.gateway.GatewaySettings;
import dev.probity.gateway.Snapshot;
import dev.probity.gateway.routing.Health;
import dev.probity.gateway.routing.HealthBoard;
import dev.probity.gateway.routing.ModelSettings;
import dev.probity.gateway.routing.ModelSettings.RouteSettings;
import dev.probity.gateway.routing.Router;
import dev.probity.gateway.routing.status.LiveRouting;
import dev.probity.gateway.routing.status.RoutingStatus;
import dev.probity.gateway.upstream.BreakerSettings;
import dev.probity.gateway.upstream.Deployment;
import dev.probity.gateway.upstream.DeploymentSettings;
import dev.probity.gateway.upstream.HealthCheckSettings;
import dev.probity.kernel.Clock;
import dev.probity.kernel.Secret;
import dev.probity.pricing.PriceBook;
import dev.probity.pricing.Provider;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Deployments in every state, those of {@link SampleLog}. */
final class SampleRouting {
  private static final long SECOND = 1_000_000_000L;

  private SampleRouting() {}

  /** Nothing configured. */
  static RoutingStatus none(ExchangeQuery exchanges, Clock clock) {
    return live(Map.of(), List.of(), new HealthBoard(clock, 1, 2), exchanges, clock);
  }

  static RoutingStatus of(ExchangeQuery exchanges, Clock clock) {
    Map<String, Deployment> deployments = new LinkedHashMap<>();
    add(deployments, "anthropic-main", Provider.ANTHROPIC);
    add(deployments, "anthropic-spare", Provider.ANTHROPIC);
    add(deployments, "openai-main", Provider.OPENAI);
    add(deployments, "gemini-main", Provider.GEMINI);
    HealthBoard board = new HealthBoard(clock, 1, 2);
    long now = clock.nanos();
    serve(board.of("anthropic-main"), 1_100_000, now);
    board
        .of("anthropic-main")
        .answered(
            200,
            headers(
                "anthropic-ratelimit-requests-limit", "4000",
                "anthropic-ratelimit-requests-remaining", "3990",
                "anthropic-ratelimit-requests-reset", "2026-11-20T15:00:12Z",
                "anthropic-ratelimit-input-tokens-limit", "2000000",
                "anthropic-ratelimit-input-tokens-remaining", "140000",
                "anthropic-ratelimit-input-tokens-reset", "2026-11-20T15:00:40Z"),
            now);
    board.of("anthropic-main").begun(now);
    for (int i = 0; i < 5; i++) {
      board.of("anthropic-spare").begun(now - 90 * SECOND);
      board.of("anthropic-spare").ended(Health.Ending.FAILED, now - 90 * SECOND);
    }
    board.checked("anthropic-spare", false, "connect_failed");
    serve(board.of("openai-main"), 640_000, now);
    board.of("openai-main").begun(now);
    board.of("openai-main").answered(429, headers("retry-after", "20"), now);
    board.of("openai-main").ended(Health.Ending.LIMITED, now);
    return live(
        deployments,
        List.of(
            model("claude-*", "anthropic-main", "anthropic-spare"),
            model("gpt-*", "openai-main"),
            model("gemini-*", "gemini-main")),
        board,
        exchanges,
        clock);
  }

  private static RoutingStatus live(
      Map<String, Deployment> deployments,
      List<ModelSettings> models,
      HealthBoard board,
      ExchangeQuery exchanges,
      Clock clock) {
    Snapshot snapshot =
        new Snapshot(
            GatewaySettings.DEFAULT,
            new Router(models, deployments, board),
            PriceBook.shipped(List.of()));
    return new LiveRouting(() -> snapshot, exchanges, clock);
  }

  private static void add(Map<String, Deployment> to, String name, Provider kind) {
    to.put(
        name,
        Deployment.of(
            new DeploymentSettings(
                name,
                kind,
                URI.create("https://" + name + ".example"),
                name.startsWith("gemini") ? Optional.empty() : Optional.of(new Secret("key")),
                Optional.empty(),
                DeploymentSettings.usualDialects(kind),
                BreakerSettings.DEFAULT,
                Optional.of(new HealthCheckSettings(30_000, Optional.empty())))));
  }

  private static ModelSettings model(String name, String... deployments) {
    return new ModelSettings(
        name,
        List.of(deployments).stream().map(each -> new RouteSettings(each, "*", 1, 0)).toList());
  }

  private static void serve(Health health, long contentMicros, long now) {
    for (int i = 0; i < 40; i++) {
      health.begun(now);
      health.content(contentMicros * 1_000, now);
      health.ended(Health.Ending.SERVED, now);
    }
  }

  private static HttpHeaders headers(String... namesAndValues) {
    HttpHeaders headers = new DefaultHttpHeaders();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      headers.set(namesAndValues[i], namesAndValues[i + 1]);
    }
    return headers;
  }
}
