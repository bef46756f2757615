package dev.probity.gateway.routing;

import java.util.List;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/**
 * What a requested model resolves to for one operation: whom to try, and who was passed over and
 * why.
 *
 * @param candidates by priority, lowest first; never empty
 * @param hedgeAfterMillis when a second candidate is asked beside one that has sent no content;
 *     empty: never
 */
public record Route(
    List<Candidate> candidates, List<PassedOver> passedOver, OptionalLong hedgeAfterMillis) {
  /** One that asks one candidate at a time. */
  public Route(List<Candidate> candidates, List<PassedOver> passedOver) {
    this(candidates, passedOver, OptionalLong.empty());
  }

  /**
   * A candidate that can't serve this request.
   *
   * @param reason a stable word: {@code other_dialect}, {@code no_credential}
   */
  public record PassedOver(Candidate candidate, String reason) {}

  /** The first to try: by weight among those of the lowest priority. */
  public int first(RandomGenerator random) {
    if (candidates.size() == 1) {
      return 0;
    }
    return pick(0L, random);
  }

  /**
   * The next to try, or -1 when all were tried.
   *
   * @param tried a bit for each candidate tried
   */
  public int next(long tried, RandomGenerator random) {
    return pick(tried, random);
  }

  private int pick(long tried, RandomGenerator random) {
    int priority = Integer.MAX_VALUE;
    int weights = 0;
    for (int i = 0; i < candidates.size(); i++) {
      Candidate candidate = candidates.get(i);
      if ((tried & 1L << i) == 0 && candidate.priority() <= priority) {
        weights = candidate.priority() < priority ? 0 : weights;
        priority = candidate.priority();
        weights += candidate.weight();
      }
    }
    if (weights == 0) {
      return -1;
    }
    int ticket = random.nextInt(weights);
    for (int i = 0; i < candidates.size(); i++) {
      Candidate candidate = candidates.get(i);
      if ((tried & 1L << i) == 0 && candidate.priority() == priority) {
        ticket -= candidate.weight();
        if (ticket < 0) {
          return i;
        }
      }
    }
    throw new IllegalStateException("weights do not add up");
  }
}
