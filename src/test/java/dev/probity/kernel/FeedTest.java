package dev.probity.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.gateway.Exchange;
import dev.probity.testing.Exchanges;
import dev.probity.testing.FixedClock;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FeedTest {
  private final Exchanges exchanges = new Exchanges(new FixedClock(), new Random(1));
  private final Feed<Exchange> feed = new Feed<>(Exchange::organization);

  @Test
  void subscriber_getsWhatIsPublished() throws InterruptedException {
    try (Feed<Exchange>.Subscription subscription = feed.subscribe(OrganizationId.FIRST, 10)) {
      List<Exchange> published = some(3);
      feed.publish(published);
      assertThat(subscription.next(10_000)).isEqualTo(new Feed.News<>(published, 0));
      assertThat(subscription.next(0).isEmpty()).isTrue();
    }
  }

  @Test
  void slowSubscriber_losesTheOldestAndIsToldHowMany() throws InterruptedException {
    try (Feed<Exchange>.Subscription subscription = feed.subscribe(OrganizationId.FIRST, 2)) {
      List<Exchange> published = some(5);
      feed.publish(published);
      assertThat(subscription.next(10_000)).isEqualTo(new Feed.News<>(published.subList(3, 5), 3));
    }
  }

  @Test
  void subscriber_seesOnlyItsOrganization() throws InterruptedException {
    try (Feed<Exchange>.Subscription other = feed.subscribe(new OrganizationId(7), 10)) {
      feed.publish(some(2));
      assertThat(other.next(0).isEmpty()).isTrue();
    }
  }

  @Test
  void close_wakesTheSubscriberAndForgetsIt() throws InterruptedException {
    Feed<Exchange>.Subscription subscription = feed.subscribe(OrganizationId.FIRST, 10);
    Thread closer = Thread.ofVirtual().start(subscription::close);
    assertThat(subscription.next(60_000).isEmpty()).isTrue();
    closer.join();
    assertThat(feed.hasSubscribers()).isFalse();
  }

  private List<Exchange> some(int count) {
    return Stream.generate(exchanges::next).limit(count).toList();
  }
}
