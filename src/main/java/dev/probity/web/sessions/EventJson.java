package dev.probity.web.sessions;

import dev.probity.http.Json;
import dev.probity.kernel.Usage;
import dev.probity.telemetry.AgentEvent;
import dev.probity.telemetry.CapturedText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** An event of a session as the API writes it. */
final class EventJson {
  static final List<String> CSV_HEADER =
      List.of(
          "time",
          "kind",
          "name",
          "signal",
          "model",
          "uncached_input",
          "cache_read",
          "cache_write_5m",
          "cache_write_1h",
          "output_text",
          "output_reasoning",
          "tool_prompt",
          "charge_nano_usd",
          "unpriced",
          "price_version",
          "claimed_nano_usd",
          "duration_ms",
          "first_token_ms",
          "tool",
          "call_id",
          "request_id",
          "agent_id",
          "parent_agent_id",
          "result",
          "error",
          "size",
          "details",
          "exchange");

  private EventJson() {}

  /**
   * One event.
   *
   * @param exchange the id of the exchange in which the gateway saw the same model call; empty if
   *     it did not
   */
  static ObjectNode of(CapturedText text) {
    return Json.object()
        .put("time", SessionJson.time(text.atMillis()))
        .put("what", text.what())
        .put("text", text.text());
  }

  static ObjectNode of(AgentEvent event, String exchange) {
    ObjectNode json =
        Json.object()
            .put("time", SessionJson.time(event.atMillis()))
            .put("kind", lower(event.kind()))
            .put("name", event.name())
            .put("signal", lower(event.signal()))
            .put("model", event.model());
    if (event.usage().equals(Usage.NONE)) {
      json.putNull("usage");
    } else {
      json.set("usage", FigureJson.usage(event.usage()));
    }
    json.put("charge_nano_usd", event.charge().nanoUsd())
        .put("unpriced", event.charge().unpriced())
        .put("price_version", event.charge().priceVersion());
    number(json, "claimed_nano_usd", event.claimedNanoUsd());
    number(json, "duration_ms", event.durationMillis());
    number(json, "first_token_ms", event.firstTokenMillis());
    json.put("tool", event.tool())
        .put("call_id", event.callId())
        .put("request_id", event.requestId())
        .put("agent_id", event.agentId())
        .put("parent_agent_id", event.parentAgentId())
        .put("result", lower(event.result()))
        .put("error", event.error());
    number(json, "size", event.size());
    ObjectNode details = json.putObject("details");
    event.details().forEach(detail -> details.put(detail.name(), detail.value()));
    return json.put("exchange", exchange.isEmpty() ? null : exchange);
  }

  /** Cells in the order of {@link #CSV_HEADER}. */
  static List<Object> cells(AgentEvent event, String exchange) {
    Usage usage = event.usage();
    List<Object> cells =
        new ArrayList<>(
            List.of(
                SessionJson.time(event.atMillis()),
                lower(event.kind()),
                event.name(),
                lower(event.signal()),
                event.model(),
                usage.uncachedInput(),
                usage.cacheRead(),
                usage.cacheWrite5m(),
                usage.cacheWrite1h(),
                usage.outputText()));
    cells.addAll(
        List.of(
            usage.outputReasoning(),
            usage.toolPrompt(),
            event.charge().nanoUsd(),
            event.charge().unpriced(),
            event.charge().priceVersion(),
            cell(event.claimedNanoUsd()),
            cell(event.durationMillis()),
            cell(event.firstTokenMillis())));
    cells.addAll(
        List.of(
            event.tool(),
            event.callId(),
            event.requestId(),
            event.agentId(),
            event.parentAgentId(),
            lower(event.result()),
            event.error(),
            cell(event.size()),
            event.details().stream()
                .map(detail -> detail.name() + "=" + detail.value())
                .collect(Collectors.joining("; ")),
            exchange));
    return cells;
  }

  private static Object cell(long value) {
    return value == AgentEvent.UNKNOWN ? "" : (Object) value;
  }

  private static void number(ObjectNode json, String name, long value) {
    if (value == AgentEvent.UNKNOWN) {
      json.putNull(name);
    } else {
      json.put(name, value);
    }
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
