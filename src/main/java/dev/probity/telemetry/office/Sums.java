package dev.probity.telemetry.office;

import dev.probity.telemetry.sessions.Figure;
import dev.probity.telemetry.sessions.Figures;

/**
 * What a session has used.
 *
 * @param unpriced model calls that have no known price
 * @param waitedMillis how long it is known to have waited for a person
 */
public record Sums(
    long modelCalls,
    long toolCalls,
    long errors,
    long tokens,
    long chargeNanoUsd,
    long unpriced,
    long waitedMillis) {
  static final Sums NONE = new Sums(0, 0, 0, 0, 0, 0, 0);

  static Sums of(Figures figures) {
    return new Sums(
        figures.get(Figure.MODEL_CALLS),
        figures.get(Figure.TOOL_CALLS),
        figures.get(Figure.ERRORS),
        figures.usage().total(),
        figures.get(Figure.CHARGE_NANO_USD),
        figures.get(Figure.UNPRICED),
        figures.get(Figure.WAITED_MILLIS));
  }

  boolean hasCalls() {
    return modelCalls + toolCalls > 0;
  }

  Sums onlyWaited() {
    return new Sums(0, 0, 0, 0, 0, 0, waitedMillis);
  }

  Sums plus(Sums other) {
    return new Sums(
        modelCalls + other.modelCalls,
        toolCalls + other.toolCalls,
        errors + other.errors,
        tokens + other.tokens,
        chargeNanoUsd + other.chargeNanoUsd,
        unpriced + other.unpriced,
        waitedMillis + other.waitedMillis);
  }
}
