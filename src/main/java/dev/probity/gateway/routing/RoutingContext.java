package dev.probity.gateway.routing;

import dev.probity.kernel.Clock;
import dev.probity.kernel.KeyId;
import dev.probity.pricing.Price;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * What a choice among deployments looks at beside the request and their health.
 *
 * @param prices what a candidate's model costs now; empty if the price book does not know
 * @param keyNames what a key is called
 */
public record RoutingContext(
    Affinity affinity,
    Function<Candidate, Optional<Price>> prices,
    Function<KeyId, Optional<String>> keyNames,
    Clock clock,
    RandomGenerator random) {
  private static final int FEW = 8;

  /** Nothing is known but chance. */
  static RoutingContext of(RandomGenerator random) {
    Clock clock = Clock.system();
    return new RoutingContext(
        new Affinity(clock, 0, 0, FEW),
        candidate -> Optional.empty(),
        key -> Optional.empty(),
        clock,
        random);
  }
}
