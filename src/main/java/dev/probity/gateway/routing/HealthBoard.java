package dev.probity.gateway.routing;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The health of every deployment, by name. Outlives reloads of the configuration. */
public final class HealthBoard {
  private final Map<String, Health> byName = new ConcurrentHashMap<>();

  public Health of(String deployment) {
    return byName.computeIfAbsent(deployment, Health::new);
  }
}
