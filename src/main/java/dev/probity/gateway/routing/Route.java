package dev.probity.gateway.routing;

import dev.probity.gateway.Dialect;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/**
 * What a requested model resolves to for one operation: whom to try, and who was passed over and
 * why.
 *
 * @param candidates by priority, lowest first; never empty
 * @param model the entry of the configuration that matched; empty if there was none
 * @param asked what the client speaks; empty if that does not matter
 * @param hedgeAfterMillis when a second candidate is asked beside one that has sent no content;
 *     empty: never
 */
public record Route(
    List<Candidate> candidates,
    List<PassedOver> passedOver,
    String model,
    Policy policy,
    Affinity.By affinity,
    Optional<Dialect> asked,
    OptionalLong hedgeAfterMillis) {
  /** One of the usual policy. */
  public Route(List<Candidate> candidates, List<PassedOver> passedOver) {
    this(
        candidates,
        passedOver,
        "",
        Policy.WEIGHTED,
        Affinity.By.SESSION_OR_PREFIX,
        Optional.empty(),
        OptionalLong.empty());
  }

  /**
   * A candidate that can't serve this request.
   *
   * @param reason a stable word: {@code other_dialect}, {@code no_credential}, {@code when_header},
   *     {@code when_key}, {@code when_body}, {@code when_hours}, {@code when_stream}, {@code
   *     circuit_open}, {@code rate_limited}, {@code cooling_down}
   */
  public record PassedOver(Candidate candidate, String reason) {}

  /** Whether it is worth knowing which requests share a prompt cache. */
  public boolean wantsPrefix() {
    return keepsTogether()
        && (affinity == Affinity.By.SESSION_OR_PREFIX || affinity == Affinity.By.PREFIX);
  }

  /** Whether requests that share a prompt cache go to the same deployment. */
  boolean keepsTogether() {
    return candidates.size() > 1 && policy != Policy.ORDER && affinity != Affinity.By.OFF;
  }

  /** The first to try: by weight among those of the lowest priority. */
  public int first(RandomGenerator random) {
    return next(0L, random);
  }

  /**
   * The next to try, by weight alone, or -1 when all were tried.
   *
   * @param tried a bit for each candidate tried
   */
  public int next(long tried, RandomGenerator random) {
    long group = lowestPriority(all() & ~tried);
    return group == 0 ? -1 : byWeight(group, random);
  }

  /** A bit for each candidate. */
  long all() {
    return candidates.size() == Long.SIZE ? -1L : (1L << candidates.size()) - 1;
  }

  /** Those among {@code of} that are to be tried first. */
  long lowestPriority(long of) {
    int lowest = Integer.MAX_VALUE;
    long group = 0;
    for (long left = of; left != 0; left &= left - 1) {
      int priority = candidates.get(Long.numberOfTrailingZeros(left)).priority();
      if (priority < lowest) {
        lowest = priority;
        group = 0;
      }
      group |= priority == lowest ? Long.lowestOneBit(left) : 0;
    }
    return group;
  }

  private int byWeight(long group, RandomGenerator random) {
    long weights = 0;
    for (long left = group; left != 0; left &= left - 1) {
      weights += candidates.get(Long.numberOfTrailingZeros(left)).weight();
    }
    long ticket = random.nextLong(weights);
    long left = group;
    while (Long.bitCount(left) > 1) {
      ticket -= candidates.get(Long.numberOfTrailingZeros(left)).weight();
      if (ticket < 0) {
        break;
      }
      left &= left - 1;
    }
    return Long.numberOfTrailingZeros(left);
  }
}
