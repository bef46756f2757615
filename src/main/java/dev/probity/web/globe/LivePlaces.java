package dev.probity.web.globe;

import dev.probity.http.Answer;
import dev.probity.http.Call;
import dev.probity.http.EventSink;
import dev.probity.http.Json;
import dev.probity.kernel.Clock;
import dev.probity.kernel.Feed;
import dev.probity.kernel.OrganizationId;
import dev.probity.telemetry.Place;
import dev.probity.telemetry.Stored;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where something is happening now, as server-sent events: place, agent and how much, and nothing
 * of whose it is.
 */
final class LivePlaces {
  /** What is more than this at once is not shown: the globe pulses, it does not count. */
  private static final int WAITING = 500;

  private static final long PACE_MILLIS = 500;
  private static final long PING_MILLIS = 15_000;

  /** Then the browser connects again, and its session is looked at again. */
  private static final long LONGEST_MILLIS = Duration.ofMinutes(10).toMillis();

  private final Feed<Stored> reports;
  private final Clock clock;

  LivePlaces(Feed<Stored> reports, Clock clock) {
    this.reports = reports;
    this.clock = clock;
  }

  Answer stream(Call call) {
    call.query();
    OrganizationId organization = call.caller().organization();
    return Answer.events(sink -> send(organization, sink));
  }

  private void send(OrganizationId organization, EventSink sink) throws InterruptedException {
    long end = clock.millis() + LONGEST_MILLIS;
    try (Feed<Stored>.Subscription subscription = reports.subscribe(organization, WAITING)) {
      sink.send("ready", "", "listening");
      while (clock.millis() < end) {
        Feed.News<Stored> news = subscription.next(PING_MILLIS);
        if (news.isEmpty()) {
          sink.ping();
          continue;
        }
        counts(news.items()).forEach((beat, count) -> sink.send("here", "", beat.json(count)));
        Thread.sleep(PACE_MILLIS);
      }
    }
  }

  /** An agent at a place. */
  record Beat(Place place, String agent) {
    String json(long count) {
      return Json.text(
          Json.object()
              .put("place", PlaceSum.id(place))
              .put("label", PlaceSum.label(place))
              .put("latitude", PlaceSum.degrees(place.latitude()))
              .put("longitude", PlaceSum.degrees(place.longitude()))
              .put("agent", agent)
              .put("count", count));
    }
  }

  /** How many events and readings came from each; what has no place is left out. */
  static Map<Beat, Long> counts(List<Stored> items) {
    Map<Beat, Long> counts = new LinkedHashMap<>();
    for (Stored stored : items) {
      long count = stored.report().events().size() + stored.report().readings().size();
      if (stored.place().isPresent() && count > 0) {
        counts.merge(
            new Beat(stored.place().get(), stored.report().facts().agent()), count, Long::sum);
      }
    }
    return counts;
  }
}
