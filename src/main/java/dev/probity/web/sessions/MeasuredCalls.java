package dev.probity.web.sessions;

import dev.probity.gateway.Exchange;
import dev.probity.gateway.ExchangeQuery;
import dev.probity.telemetry.AgentEvent;
import dev.probity.telemetry.sessions.SessionRow;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** A session's exchanges as the gateway saw them, joined to the calls that the agent reported. */
final class MeasuredCalls {
  /** More than any session that people look at has; the newest are kept. */
  private static final int MOST = 1_000;

  /** Clocks of agents differ from ours. */
  private static final long MARGIN_MILLIS = 3_600_000;

  private final List<Exchange> exchanges;
  private final Map<String, Exchange> byRequest = new HashMap<>();

  private MeasuredCalls(List<Exchange> exchanges) {
    this.exchanges = exchanges;
    for (Exchange exchange : exchanges) {
      exchange.providerRequestId().ifPresent(id -> byRequest.put(id, exchange));
    }
  }

  static MeasuredCalls of(SessionRow row, ExchangeQuery query) {
    ExchangeQuery.Filter filter =
        new ExchangeQuery.Filter(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(row.facts().session()),
            OptionalLong.of(row.startedAtMillis() - MARGIN_MILLIS),
            OptionalLong.of(row.endedAtMillis() + MARGIN_MILLIS));
    return new MeasuredCalls(
        row.facts().session().isEmpty()
            ? List.of()
            : query.list(row.organization(), filter, MOST, Optional.empty()).items());
  }

  /** Newest first. */
  List<Exchange> exchanges() {
    return exchanges;
  }

  /** The exchange of a model call that the agent reported; empty if the gateway did not see it. */
  Optional<Exchange> of(AgentEvent event) {
    return event.requestId().isEmpty() || !event.tool().isEmpty()
        ? Optional.empty()
        : Optional.ofNullable(byRequest.get(event.requestId()));
  }

  /** Its id; empty if the gateway did not see it. */
  String idOf(AgentEvent event) {
    return of(event).map(exchange -> exchange.id().toString()).orElse("");
  }

  /** How many exchanges no reported event belongs to. */
  int unreported(List<AgentEvent> events) {
    Set<String> reported = new HashSet<>();
    events.forEach(event -> reported.add(event.requestId()));
    return (int)
        exchanges.stream()
            .filter(e -> e.providerRequestId().filter(reported::contains).isEmpty())
            .count();
  }
}
