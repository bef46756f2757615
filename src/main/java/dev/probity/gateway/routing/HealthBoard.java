package dev.probity.gateway.routing;

import dev.probity.kernel.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is known of deployments from the calls made at them: the health of each, by name, and which
 * of them has whose prompt in its cache. Outlives reloads of the configuration.
 */
public final class HealthBoard {
  private final Map<String, Health> byName = new ConcurrentHashMap<>();
  private final Clock clock;
  private final Affinity affinity;

  public HealthBoard() {
    this(Clock.system(), 0, 0);
  }

  /**
   * @param key0 random, as is {@code key1}: what is remembered of sessions is hashed with them
   */
  public HealthBoard(Clock clock, long key0, long key1) {
    this.clock = clock;
    this.affinity = new Affinity(clock, key0, key1);
  }

  public Health of(String deployment) {
    return byName.computeIfAbsent(deployment, name -> new Health(name, clock));
  }

  /**
   * A health check has come back.
   *
   * @param what status or error, as a stable word
   */
  public void checked(String deployment, boolean good, String what) {
    of(deployment).checked(good, what, clock.nanos());
  }

  public Affinity affinity() {
    return affinity;
  }
}
