package dev.probity.telemetry.dialect;

import dev.probity.pricing.Provider;
import dev.probity.pricing.ServiceTier;
import dev.probity.telemetry.AgentEvent;
import dev.probity.telemetry.Reading;
import dev.probity.telemetry.SessionFacts;

/** Where a dialect puts what a record means. Exactly one of these is called for each record. */
public interface Findings {
  /**
   * An event, not yet priced.
   *
   * @param provider whose model was called; ignored for events without usage
   * @param tier at which of the provider's tiers
   */
  void event(SessionFacts facts, AgentEvent event, Provider provider, ServiceTier tier);

  /** A metric's point that is counted. */
  void reading(SessionFacts facts, Reading reading, Provider provider);

  /**
   * A record that is known and says nothing that another one does not say: a repetition on another
   * signal, or noise.
   */
  void ignored(SessionFacts facts);
}
