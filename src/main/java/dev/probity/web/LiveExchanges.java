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
import java.time.Duration;
import java.util.Optional;

/** New rows of the request log as server-sent events, filtered as the page is. */
final class LiveExchanges {
  /** No person reads faster; what is more than this at once is only counted. */
  private static final int WAITING = 50;

  private static final long PACE_MILLIS = 250;
  private static final long PING_MILLIS = 15_000;

  /** Then the browser connects again, and its session is looked at again. */
  private static final long LONGEST_MILLIS = Duration.ofMinutes(10).toMillis();

  private final Pages pages;
  private final ExchangesPage page;
  private final Feed<Exchange> feed;
  private final Keys keys;
  private final Clock clock;

  LiveExchanges(Pages pages, ExchangesPage page, Feed<Exchange> feed, Keys keys, Clock clock) {
    this.pages = pages;
    this.page = page;
    this.feed = feed;
    this.keys = keys;
    this.clock = clock;
  }

  Answer stream(Call call) {
    ExchangeQuery.Filter filter =
        page.filter(call.query("model", "key", "outcome", "session", "from", "to", "range"));
    OrganizationId organization = call.caller().organization();
    return Answer.events(sink -> send(organization, filter, sink));
  }

  private void send(OrganizationId organization, ExchangeQuery.Filter filter, EventSink sink)
      throws InterruptedException {
    long end = clock.millis() + LONGEST_MILLIS;
    try (Feed<Exchange>.Subscription subscription = feed.subscribe(organization, WAITING)) {
      sink.send("ready", "", "listening");
      while (clock.millis() < end) {
        Feed.News<Exchange> news = subscription.next(PING_MILLIS);
        if (news.isEmpty()) {
          sink.ping();
          continue;
        }
        if (news.missed() > 0) {
          sink.send("missed", "", Long.toString(news.missed()));
        }
        KeyNames names = new KeyNames(keys, organization);
        for (Exchange exchange : news.items()) {
          if (matches(filter, exchange)) {
            sink.send(
                "exchange",
                exchange.id().toString(),
                pages.piece("ExchangeRow", ExchangeRow.of(exchange, names)));
          }
        }
        Thread.sleep(PACE_MILLIS);
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
    return wanted.isEmpty() || java.util.List.of(values).contains(wanted.get());
  }
}
