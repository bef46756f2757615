package dev.probity.gateway.log;

import dev.probity.gateway.Exchange;
import dev.probity.gateway.routing.Trail;
import dev.probity.http.Json;
import dev.probity.kernel.Usage;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import tools.jackson.databind.node.ObjectNode;

/** An exchange as the API writes it: the contract that scripts rely on. */
public final class ExchangeJson {
  static final List<String> CSV_HEADER =
      List.of(
          "id",
          "started_at",
          "requested_model",
          "resolved_model",
          "provider",
          "deployment",
          "dialect",
          "operation",
          "status",
          "outcome",
          "error",
          "uncached_input",
          "cache_read",
          "cache_write_5m",
          "cache_write_1h",
          "output_text",
          "output_reasoning",
          "tool_prompt",
          "usage_source",
          "charge_nano_usd",
          "unpriced",
          "price_version",
          "latency_ms",
          "ttft_ms",
          "stream",
          "session_id",
          "key",
          "request_bytes",
          "response_bytes",
          "provider_request_id");

  private ExchangeJson() {}

  public static ObjectNode of(Exchange exchange) {
    ObjectNode json =
        Json.object()
            .put("id", exchange.id().toString())
            .put("started_at", time(exchange.startedAtMillis()))
            .put("requested_model", exchange.requestedModel())
            .put("resolved_model", exchange.resolvedModel())
            .put("provider", exchange.provider())
            .put("deployment", exchange.deployment())
            .put("dialect", exchange.operation().dialect().text())
            .put("operation", exchange.operation().text())
            .put("status", exchange.status())
            .put("outcome", exchange.outcome().text())
            .put("error", exchange.error());
    json.set("usage", usage(exchange.usage()));
    json.put("usage_source", usageSource(exchange))
        .put("charge_nano_usd", exchange.charge().nanoUsd())
        .put("unpriced", exchange.charge().unpriced())
        .put("price_version", exchange.charge().priceVersion())
        .put("latency_ms", exchange.latencyMillis());
    OptionalLong ttft = exchange.ttftMillis();
    if (ttft.isPresent()) {
      json.put("ttft_ms", ttft.getAsLong());
    } else {
      json.putNull("ttft_ms");
    }
    json.put("stream", exchange.stream()).set("trail", Json.lenient(Trail.json(exchange)));
    return json.put("session_id", exchange.sessionId().orElse(null))
        .put("key", exchange.key().value())
        .put("request_bytes", exchange.requestBytes())
        .put("response_bytes", exchange.responseBytes())
        .put("provider_request_id", exchange.providerRequestId().orElse(null));
  }

  /** Usage by its disjoint parts. */
  public static ObjectNode usage(Usage usage) {
    return Json.object()
        .put("uncached_input", usage.uncachedInput())
        .put("cache_read", usage.cacheRead())
        .put("cache_write_5m", usage.cacheWrite5m())
        .put("cache_write_1h", usage.cacheWrite1h())
        .put("output_text", usage.outputText())
        .put("output_reasoning", usage.outputReasoning())
        .put("tool_prompt", usage.toolPrompt());
  }

  /** Cells in the order of {@link #CSV_HEADER}. */
  static List<Object> row(Exchange exchange) {
    Usage usage = exchange.usage();
    OptionalLong ttft = exchange.ttftMillis();
    return List.of(
        exchange.id().toString(),
        time(exchange.startedAtMillis()),
        exchange.requestedModel(),
        exchange.resolvedModel(),
        exchange.provider(),
        exchange.deployment(),
        exchange.operation().dialect().text(),
        exchange.operation().text(),
        exchange.status(),
        exchange.outcome().text(),
        exchange.error(),
        usage.uncachedInput(),
        usage.cacheRead(),
        usage.cacheWrite5m(),
        usage.cacheWrite1h(),
        usage.outputText(),
        usage.outputReasoning(),
        usage.toolPrompt(),
        usageSource(exchange),
        exchange.charge().nanoUsd(),
        exchange.charge().unpriced(),
        exchange.charge().priceVersion(),
        exchange.latencyMillis(),
        ttft.isPresent() ? ttft.getAsLong() : "",
        exchange.stream(),
        exchange.sessionId().orElse(""),
        exchange.key().value(),
        exchange.requestBytes(),
        exchange.responseBytes(),
        exchange.providerRequestId().orElse(""));
  }

  private static String usageSource(Exchange exchange) {
    return exchange.usageSource().name().toLowerCase(Locale.ROOT);
  }

  private static String time(long millis) {
    return Instant.ofEpochMilli(millis).toString();
  }
}
