package dev.probity.gateway.routing;

import dev.probity.gateway.routing.Health.Readiness;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * To which deployment one call would best go for its prompt cache, and whether that deployment can
 * have it. Looks the table up once.
 */
final class Stickiness {
  /** Fewer running calls than these are no load. */
  private static final int LEAST_RUNNING = 8;

  private static final String LOADED = "loaded";
  private static final String SLOW = "slow";
  private static final int LOADED_TIMES = 2;
  private static final int SLOW_TIMES = 3;

  /** Waiting less than this is never slow. */
  private static final long LEAST_SLOW_NANOS = 500_000_000;

  private final Route route;
  private final Optional<Affinity.Key> key;
  private final Optional<StickyTable.Entry> entry;
  private final long ageNanos;

  /** Why the call does not go there; empty if it does, or there is none. */
  private String left = "";

  /** A bit for the candidate that has too much to do, or is too slow. */
  private long avoided;

  private Stickiness(
      Route route, Optional<Affinity.Key> key, Optional<StickyTable.Entry> entry, long nowNanos) {
    this.route = route;
    this.key = key;
    this.entry = entry;
    this.ageNanos = entry.map(each -> nowNanos - each.usedNanos()).orElse(0L);
  }

  static Stickiness of(Route route, Traits traits, RoutingContext around, long nowNanos) {
    Optional<Affinity.Key> key =
        route.keepsTogether() ? key(route, traits, around.affinity()) : Optional.empty();
    return new Stickiness(
        route, key, key.flatMap(each -> around.affinity().find(each, nowNanos)), nowNanos);
  }

  private static Optional<Affinity.Key> key(Route route, Traits traits, Affinity affinity) {
    Affinity.By by = route.affinity();
    if (by != Affinity.By.PREFIX && traits.session().isPresent()) {
      return Optional.of(
          affinity.key(traits.caller().organization(), route.model(), traits.session().get()));
    }
    OptionalLong prefix = traits.prefix();
    return by != Affinity.By.SESSION && prefix.isPresent()
        ? Optional.of(
            affinity.key(traits.caller().organization(), route.model(), prefix.getAsLong()))
        : Optional.empty();
  }

  /** What the call belongs to, if anything. */
  Optional<Affinity.Key> key() {
    return key;
  }

  /** Who has the prompt in its cache, as far as is known. */
  Optional<String> deployment() {
    return entry.map(StickyTable.Entry::deployment);
  }

  long ageMillis() {
    return ageNanos / 1_000_000;
  }

  String left() {
    return left;
  }

  /** A bit for the candidate that it would be better to leave alone; 0 if there is none. */
  long avoided() {
    return avoided;
  }

  Why why() {
    return key.isPresent() && key.get().bySession() ? Why.SESSION_CACHE : Why.PREFIX_CACHE;
  }

  /** Whether a candidate's deployment has the prompt in its cache. */
  boolean isWarm(Candidate candidate) {
    return entry.isPresent() && entry.get().deployment().equals(candidate.deployment().name());
  }

  /**
   * The candidate to stick to, or -1; notes why not.
   *
   * @param group those of whom one is chosen now
   */
  int place(long group, long nowNanos) {
    if (entry.isEmpty()) {
      return -1;
    }
    int place = -1;
    @Nullable Candidate warm = null;
    for (int i = 0; i < route.candidates().size(); i++) {
      if (isWarm(route.candidates().get(i)) && (place < 0 || (group & 1L << i) != 0)) {
        place = i;
        warm = route.candidates().get(i);
      }
    }
    if (warm == null) {
      left = "gone";
      return -1;
    }
    left = whyNot(warm, place, group, nowNanos);
    avoided = left.equals(LOADED) || left.equals(SLOW) ? 1L << place : 0;
    return left.isEmpty() ? place : -1;
  }

  private String whyNot(Candidate warm, int place, long group, long nowNanos) {
    Readiness readiness = warm.health().readiness(nowNanos);
    if (readiness != Readiness.READY) {
      return readiness == Readiness.TRIAL ? Readiness.OPEN.reason() : readiness.reason();
    }
    if ((group & 1L << place) == 0) {
      return "not_next";
    }
    if (isLoaded(warm, place, group)) {
      return LOADED;
    }
    return isSlow(warm, place, group, nowNanos) ? SLOW : "";
  }

  /** Against the average of the others, or two could never differ by enough. */
  private boolean isLoaded(Candidate warm, int place, long group) {
    int running = warm.health().running();
    long others = group & ~(1L << place);
    if (running < LEAST_RUNNING || others == 0) {
      return false;
    }
    long sum = 0;
    for (long rest = others; rest != 0; rest &= rest - 1) {
      sum += route.candidates().get(Long.numberOfTrailingZeros(rest)).health().running();
    }
    return (long) running * Long.bitCount(others) > LOADED_TIMES * sum;
  }

  private boolean isSlow(Candidate warm, int place, long group, long nowNanos) {
    OptionalLong own = warm.health().freshLatencyNanos(nowNanos);
    if (own.isEmpty() || own.getAsLong() < LEAST_SLOW_NANOS) {
      return false;
    }
    long best = Long.MAX_VALUE;
    for (long rest = group & ~(1L << place); rest != 0; rest &= rest - 1) {
      Health other = route.candidates().get(Long.numberOfTrailingZeros(rest)).health();
      best = Math.min(best, other.freshLatencyNanos(nowNanos).orElse(Long.MAX_VALUE));
    }
    return own.getAsLong() / SLOW_TIMES > best;
  }
}
