package dev.probity.web.sessions;

import dev.probity.telemetry.sessions.Figure;
import dev.probity.telemetry.sessions.Figures;
import dev.probity.telemetry.sessions.GatewaySums;

/**
 * What an agent reported beyond what the gateway measured; negative where it reported less.
 *
 * @param nanoUsd between the charges of both, at the same prices
 */
public record Difference(long tokens, long nanoUsd) {
  /** Rounding apart, the same. */
  private static final int PERCENT = 100;

  static Difference of(Figures said, GatewaySums measured) {
    return new Difference(
        said.usage().total() - measured.usage().total(),
        said.get(Figure.CHARGE_NANO_USD) - measured.chargeNanoUsd());
  }

  /** Whether it is more than one percent of what was measured, and so worth a look. */
  boolean isNotable(GatewaySums measured) {
    return Math.abs(tokens) * PERCENT > measured.usage().total()
        || Math.abs(nanoUsd) * PERCENT > measured.chargeNanoUsd();
  }
}
