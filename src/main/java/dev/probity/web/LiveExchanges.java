package dev.probity.web;

import dev.probity.gateway.Exchange;
import dev.probity.gateway.ExchangeQuery;
import dev.probity.http.Answer;
import dev.probity.http.Call;
import dev.probity.http.EventSink;
import dev.probity.identity.Keys;
import dev.probity.kernel.Clock;
import dev.probity.kernel.Feed;
import dev.probity.kernel.OrganizationId;
import java.util.List;
import java.util.Optional;

/** New rows of the request log as server-sent events, filtered as the page is. */
final class LiveExchanges {
  /** No person reads faster; what is more than this at once is only counted. */
  private static final int WAITING = 50;

  private static final long PACE_MILLIS = 250;

  private final Pages pages;
  private final ExchangesPage page;
  private final LiveNews<Exchange> news;
  private final Keys keys;

  LiveExchanges(Pages pages, ExchangesPage page, Feed<Exchange> feed, Keys keys, Clock clock) {
    this.pages = pages;
    this.page = page;
    this.news = new LiveNews<>(feed, clock, WAITING, PACE_MILLIS);
    this.keys = keys;
  }

  Answer stream(Call call) {
    ExchangeQuery.Filter filter =
        page.filter(call.query("model", "key", "outcome", "session", "from", "to", "range"));
    OrganizationId organization = call.caller().organization();
    return Answer.events(sink ->
        news.send(
            organization, sink, (to, exchanges) -> write(to, organization, filter, exchanges)));
  }

  private void write(
      EventSink sink,
      OrganizationId organization,
      ExchangeQuery.Filter filter,
      List<Exchange> exchanges) {
    KeyNames names = new KeyNames(keys, organization);
    for (Exchange exchange : exchanges) {
      if (matches(filter, exchange)) {
        sink.send(
            "exchange",
            exchange.id().toString(),
            pages.piece("ExchangeRow", ExchangeRow.of(exchange, names)));
      }
    }
  }

  static boolean matches(ExchangeQuery.Filter filter, Exchange exchange) {
    long started = exchange.startedAtMillis();
    return anyOr(filter.model(), exchange.requestedModel(), exchange.resolvedModel())
        && anyOr(filter.key(), exchange.key().value())
        && anyOr(filter.outcome(), exchange.outcome().text())
        && anyOr(filter.session(), exchange.sessionId().orElse(""))
        && started >= filter.fromMillis().orElse(Long.MIN_VALUE)
        && started < filter.toMillis().orElse(Long.MAX_VALUE);
  }

  private static boolean anyOr(Optional<String> wanted, String... values) {
    return wanted.isEmpty() || List.of(values).contains(wanted.get());
  }
}
