package dev.probity.gateway.routing;

import dev.probity.gateway.Dialect;
import dev.probity.gateway.Operation;
import dev.probity.gateway.upstream.Deployment;
import java.util.Optional;

/**
 * A deployment that could serve a request.
 *
 * @param model the name to send to it
 * @param configuredModel the same, where the configuration names it; empty where the client's own
 *     name is sent on
 * @param dialect what it is spoken to in
 */
public record Candidate(
    Deployment deployment,
    String model,
    Optional<String> configuredModel,
    int weight,
    int priority,
    Dialect dialect,
    Health health) {
  /** Whether the client's own bytes can be sent there. */
  public boolean speaks(Operation asked) {
    return dialect == asked.dialect();
  }
}
