package dev.probity.web;

import dev.probity.http.EventSink;
import dev.probity.kernel.Clock;
import dev.probity.kernel.Feed;
import dev.probity.kernel.OrganizationId;
import java.time.Duration;
import java.util.List;

/**
 * Tells a browser what a feed brings, as server-sent events, at a pace that people can follow.
 *
 * @param waiting how many items are kept while the browser is slow; more are only counted
 * @param paceMillis between two looks at the feed
 */
public record LiveNews<T>(Feed<T> feed, Clock clock, int waiting, long paceMillis) {
  private static final long PING_MILLIS = 15_000;

  /** Then the browser connects again, and its session is looked at again. */
  private static final long LONGEST_MILLIS = Duration.ofMinutes(10).toMillis();

  /** Writes what came. */
  public interface Writer<T> {
    void write(EventSink sink, List<T> items);
  }

  /** Sends {@code ready}, then whatever the writer makes of the news, and how much was missed. */
  public void send(OrganizationId organization, EventSink sink, Writer<T> writer)
      throws InterruptedException {
    long end = clock.millis() + LONGEST_MILLIS;
    try (Feed<T>.Subscription subscription = feed.subscribe(organization, waiting)) {
      sink.send("ready", "", "listening");
      while (clock.millis() < end) {
        Feed.News<T> news = subscription.next(PING_MILLIS);
        if (news.isEmpty()) {
          sink.ping();
          continue;
        }
        if (news.missed() > 0) {
          sink.send("missed", "", Long.toString(news.missed()));
        }
        writer.write(sink, news.items());
        Thread.sleep(paceMillis);
      }
    }
  }
}
