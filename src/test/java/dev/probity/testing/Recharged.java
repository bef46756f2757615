package dev.probity.testing;

import dev.probity.gateway.Exchange;
import dev.probity.kernel.Usage;
import dev.probity.pricing.Charge;

/** Exchanges like others, with another bill. */
public final class Recharged {
  private Recharged() {}

  public static Exchange with(
      Exchange e, String provider, String model, Usage usage, Charge charge, String trail) {
    return new Exchange(
        e.id(),
        e.organization(),
        e.key(),
        e.operation(),
        e.requestedModel(),
        model,
        provider,
        e.deployment(),
        e.status(),
        e.outcome(),
        e.error(),
        usage,
        e.usageSource(),
        charge,
        e.latencyMillis(),
        e.ttftMillis(),
        e.stream(),
        e.requestBytes(),
        e.responseBytes(),
        e.sessionId(),
        e.providerRequestId(),
        trail);
  }
}
