package dev.probity.telemetry.office;

import dev.probity.kernel.Clock;
import dev.probity.kernel.Feed;
import dev.probity.kernel.OrganizationId;
import dev.probity.telemetry.SessionFacts;
import dev.probity.telemetry.Stored;
import dev.probity.telemetry.sessions.SessionQuery;
import dev.probity.telemetry.sessions.SessionRow;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The offices that somebody looks at, kept in step with what is being stored. One opens with the
 * last half hour when it is first looked at, and closes when nobody has looked for a while.
 */
public final class LiveOffice {
  /** Reports that wait here while the store is read or a burst comes in. */
  private static final int WAITING = 2_000;

  private static final long KEPT_MILLIS = Duration.ofMinutes(10).toMillis();
  private static final long BREATH_MILLIS = 1_000;

  /** Those who look within this time see the same. */
  private static final long GLANCE_MILLIS = 250;

  private static final long REPLAY_WAIT_SECONDS = 20;

  private static final System.Logger LOG = System.getLogger(LiveOffice.class.getName());

  private final SessionQuery sessions;
  private final Feed<Stored> feed;
  private final Clock clock;
  private final Map<OrganizationId, Room> rooms = new ConcurrentHashMap<>();

  /** Each replay holds very many events for a moment. */
  private final Semaphore replays = new Semaphore(1);

  public LiveOffice(SessionQuery sessions, Feed<Stored> feed, Clock clock) {
    this.sessions = sessions;
    this.feed = feed;
    this.clock = clock;
  }

  private final class Room {
    private final OrganizationId organization;
    private final CompletableFuture<Office> office = new CompletableFuture<>();
    private volatile long lookedAtMillis = clock.millis();
    private volatile @Nullable Look last;

    private Room(OrganizationId organization) {
      this.organization = organization;
    }

    private void keep() {
      // Listening begins before the store is read, so that nothing falls between the two. What
      // comes twice is added up once: the store's sums say until when they count.
      try (Feed<Stored>.Subscription subscription = feed.subscribe(organization, WAITING)) {
        Office now = new Office();
        fill(now);
        office.complete(now);
        while (!closesForGood()) {
          Feed.News<Stored> news = subscription.next(BREATH_MILLIS);
          for (Stored stored : news.items()) {
            take(now, stored);
          }
          if (news.missed() > 0) {
            fill(now);
          }
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.ERROR, "the live office has to be opened again", e);
        rooms.remove(organization, this); // Who looks next opens another one.
        office.completeExceptionally(e);
      } finally {
        rooms.remove(organization, this);
      }
    }

    /** Nobody can look at a room that has closed: it is out of the map before it is left. */
    private boolean closesForGood() {
      rooms.computeIfPresent(
          organization,
          (_, room) ->
              room == this && clock.millis() - lookedAtMillis >= KEPT_MILLIS ? null : room);
      return rooms.get(organization) != this;
    }

    Office opened() {
      try {
        return office.join();
      } catch (CompletionException e) {
        throw new IllegalStateException("the last half hour of the office can't be read", e);
      }
    }

    private void fill(Office now) {
      long millis = clock.millis();
      Past past = Past.of(sessions, organization, millis - Seat.GONE_MILLIS, millis + 1);
      past.rows().forEach(now::counted);
      past.visits().forEach(visit -> now.recall(visit.facts(), visit.person(), visit.moments()));
    }

    private void take(Office now, Stored stored) {
      SessionFacts facts = stored.report().facts();
      if (!facts.session().isEmpty() && !now.knows(facts)) {
        row(facts).ifPresent(now::counted);
      }
      now.take(stored);
    }

    private Optional<SessionRow> row(SessionFacts facts) {
      return sessions.find(organization, facts.session()).stream()
          .filter(row -> row.facts().agent().equals(facts.agent()))
          .findFirst();
    }
  }

  /**
   * An office at a time.
   *
   * @param version to wait for what comes after it
   */
  public record Look(long version, long asOfMillis, List<Desk> desks) {}

  /**
   * Who is there now.
   *
   * @throws IllegalStateException if the store can't be read
   */
  public Look look(OrganizationId organization) {
    Room room = room(organization);
    Office office = room.opened();
    long version = office.version();
    long now = clock.millis();
    @Nullable Look last = room.last;
    if (last != null
        && last.version == version
        && now >= last.asOfMillis
        && now - last.asOfMillis < GLANCE_MILLIS) {
      return last;
    }
    Look look = new Look(version, now, office.desks(now));
    room.last = look;
    return look;
  }

  /** Waits until somebody has done something since a look, or for the time. */
  public void awaitNews(OrganizationId organization, Look since, long timeoutMillis)
      throws InterruptedException {
    room(organization).opened().awaitNews(since.version, timeoutMillis);
  }

  private Room room(OrganizationId organization) {
    return rooms.compute(
        organization,
        (id, open) -> {
          Room looked = open;
          if (looked == null) {
            looked = new Room(id);
            Thread.ofVirtual().name("office " + id.value()).start(looked::keep);
          }
          looked.lookedAtMillis = clock.millis();
          return looked;
        });
  }

  /**
   * What went on between two times. Replays are made one at a time.
   *
   * @return empty if others were being made for too long
   */
  public Optional<Replay> replay(OrganizationId organization, long fromMillis, long toMillis)
      throws InterruptedException {
    if (!replays.tryAcquire(REPLAY_WAIT_SECONDS, TimeUnit.SECONDS)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Recorder.replay(sessions, organization, fromMillis, toMillis));
    } finally {
      replays.release();
    }
  }
}
