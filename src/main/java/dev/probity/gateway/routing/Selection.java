package dev.probity.gateway.routing;

import java.util.random.RandomGenerator;

/** One call's way through its route: who is tried first, and who after that. One event loop's. */
public final class Selection {
  private final Route route;
  private final Traits traits;
  private final RandomGenerator random;
  private long tried;

  public Selection(Route route, Traits traits, RandomGenerator random) {
    this.route = route;
    this.traits = traits;
    this.random = random;
  }

  /** Whether anybody has not been tried in this round. */
  public boolean hasNext(long nowNanos) {
    return Long.bitCount(tried) < route.candidates().size();
  }

  /**
   * Who is tried next: a place in {@link Route#candidates}; -1 if all were tried. Counts as tried
   * from now on.
   */
  public int next(long nowNanos) {
    int index = tried == 0 ? route.first(random) : route.next(tried, random);
    if (index >= 0) {
      tried |= 1L << index;
    }
    return index;
  }

  /** Begins another round, in which everybody may be tried again. */
  public void again() {
    tried = 0;
  }

  Traits traits() {
    return traits;
  }
}
