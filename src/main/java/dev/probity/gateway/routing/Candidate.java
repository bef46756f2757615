package dev.probity.gateway.routing;

import dev.probity.gateway.Dialect;
import dev.probity.gateway.Operation;
import dev.probity.gateway.upstream.Deployment;
import java.util.List;
import java.util.Optional;

/**
 * A deployment that could serve a request.
 *
 * @param model the name to send to it
 * @param configuredModel the same, where the configuration names it; empty where the client's own
 *     name is sent on
 * @param dialect what it is spoken to in
 * @param when all of which must hold of a request; usually none
 */
public record Candidate(
    Deployment deployment,
    String model,
    Optional<String> configuredModel,
    int weight,
    int priority,
    Dialect dialect,
    Health health,
    List<Condition> when) {
  /** One that serves every request. */
  public Candidate(
      Deployment deployment,
      String model,
      Optional<String> configuredModel,
      int weight,
      int priority,
      Dialect dialect,
      Health health) {
    this(deployment, model, configuredModel, weight, priority, dialect, health, List.of());
  }

  /** Whether the client's own bytes can be sent there. */
  public boolean speaks(Operation asked) {
    return dialect == asked.dialect();
  }

  /** What does not hold of a request, as a stable word; empty if it may be sent there. */
  String unmet(Traits traits, RoutingContext around) {
    for (Condition condition : when) {
      String unmet = condition.unmet(traits, around);
      if (!unmet.isEmpty()) {
        return unmet;
      }
    }
    return "";
  }
}
