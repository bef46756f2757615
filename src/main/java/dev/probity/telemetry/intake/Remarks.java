package dev.probity.telemetry.intake;

import dev.probity.telemetry.Notes;
import dev.probity.telemetry.Temporality;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** What an export gives reason to tell its sender, beside what {@link Notes} count. */
final class Remarks {
  private static final int MOST_MODELS = 3;
  private static final int LONGEST_MODEL = 48;

  private final Set<String> unpricedModels = new LinkedHashSet<>();
  private int eventsWithoutSession;
  private boolean deltas;
  private boolean cumulative;

  void unpriced(String model) {
    if (unpricedModels.size() < MOST_MODELS && !model.isEmpty()) {
      unpricedModels.add(
          model.length() > LONGEST_MODEL ? model.substring(0, LONGEST_MODEL) + "…" : model);
    }
  }

  void eventWithoutSession() {
    eventsWithoutSession++;
  }

  void temporality(Temporality temporality) {
    deltas |= temporality == Temporality.DELTA;
    cumulative |= temporality == Temporality.CUMULATIVE;
  }

  /** Some of the models that have no known price. */
  Set<String> unpricedModels() {
    return unpricedModels;
  }

  int eventsWithoutSession() {
    return eventsWithoutSession;
  }

  /** How all of the metrics count; empty if there were none, or some count in each way. */
  Optional<Temporality> temporality() {
    return deltas == cumulative
        ? Optional.empty()
        : Optional.of(deltas ? Temporality.DELTA : Temporality.CUMULATIVE);
  }
}
