package dev.probity.gateway.routing;

import dev.probity.kernel.Usage;
import dev.probity.pricing.Charge;
import dev.probity.pricing.Price;
import dev.probity.pricing.ServiceTier;
import java.util.Optional;

/** Picks one of several candidates that are equally entitled, by the route's policy. */
final class Choice {
  private static final int BYTES_PER_TOKEN = 4;

  /** Nobody knows yet how long the answer will be. */
  private static final long GUESSED_OUTPUT = 500;

  /** Of a prompt that is in the cache, nine tenths are taken to be read from there. */
  private static final int CACHED_TENTHS = 9;

  private final Route route;
  private final Traits traits;
  private final RoutingContext around;
  private final Stickiness sticky;

  Choice(Route route, Traits traits, RoutingContext around, Stickiness sticky) {
    this.route = route;
    this.traits = traits;
    this.around = around;
    this.sticky = sticky;
  }

  Why why() {
    return switch (route.policy()) {
      case WEIGHTED -> Why.WEIGHTED;
      case LATENCY -> Why.FASTEST;
      case PRICE -> Why.CHEAPEST;
      case ORDER -> Why.ORDER;
    };
  }

  /**
   * @param group a bit for each candidate to pick from; not 0
   */
  int pick(long group, long nowNanos) {
    return switch (route.policy()) {
      case WEIGHTED -> byWeight(group, nowNanos);
      case LATENCY -> fasterOfTwo(group, nowNanos);
      case PRICE -> byWeight(cheapest(group), nowNanos);
      case ORDER -> Long.numberOfTrailingZeros(group);
    };
  }

  /**
   * A draw by weight. What belongs together draws the same ticket on every node (weighted
   * rendezvous), and moves only if the one that it went to is not there.
   */
  private int byWeight(long group, long nowNanos) {
    if (Long.bitCount(group) == 1) {
      return Long.numberOfTrailingZeros(group);
    }
    Optional<Affinity.Key> key = sticky.key();
    int best = -1;
    double bestScore = Double.POSITIVE_INFINITY;
    for (long left = group; left != 0; left &= left - 1) {
      int index = Long.numberOfTrailingZeros(left);
      Candidate candidate = route.candidates().get(index);
      double draw =
          key.isPresent() ? ticket(key.get(), candidate) : 1 - around.random().nextDouble();
      // The smallest of exponential draws falls to each in proportion to its rate.
      double rate = candidate.weight() * candidate.health().headroom(nowNanos);
      double score = -Math.log(draw) / rate;
      if (best < 0 || score < bestScore) {
        best = index;
        bestScore = score;
      }
    }
    return best;
  }

  /** Above 0, at most 1. */
  private static double ticket(Affinity.Key key, Candidate candidate) {
    long hash = KeyedHash.COMMON.of(key.common(), candidate.deployment().name(), candidate.model());
    return ((hash >>> 11) + 1) * 0x1.0p-53;
  }

  /** Two by weight, and of them the one with less to wait for: no herd runs to the same one. */
  private int fasterOfTwo(long group, long nowNanos) {
    int one = byWeight(group, nowNanos);
    long others = group & ~(1L << one);
    if (others == 0) {
      return one;
    }
    int other = byWeight(others, nowNanos);
    return cost(other, nowNanos) < cost(one, nowNanos) ? other : one;
  }

  private double cost(int index, long nowNanos) {
    Health health = route.candidates().get(index).health();
    return health.cost(nowNanos) / health.headroom(nowNanos);
  }

  private long cheapest(long group) {
    long cheapest = 0;
    long least = Long.MAX_VALUE;
    for (long left = group; left != 0; left &= left - 1) {
      long charge = charge(route.candidates().get(Long.numberOfTrailingZeros(left)));
      if (charge < least || cheapest == 0) {
        least = charge;
        cheapest = 0;
      }
      cheapest |= charge == least ? Long.lowestOneBit(left) : 0;
    }
    return cheapest;
  }

  /** What this request would cost there, in nano-USD; the most that there is if nobody knows. */
  private long charge(Candidate candidate) {
    Optional<Price> price = around.prices().apply(candidate);
    if (price.isEmpty()) {
      return Long.MAX_VALUE;
    }
    long input = Math.max(1, traits.bodyBytes() / BYTES_PER_TOKEN);
    long cached = sticky.isWarm(candidate) ? input / 10 * CACHED_TENTHS : 0;
    Usage usage = new Usage(input - cached, cached, 0, 0, GUESSED_OUTPUT, 0, 0);
    Charge charge = price.get().charge(usage, ServiceTier.STANDARD);
    return charge.unpriced() ? Long.MAX_VALUE : charge.nanoUsd();
  }
}
