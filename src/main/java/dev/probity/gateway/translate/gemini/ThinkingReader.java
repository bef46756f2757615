package dev.probity.gateway.translate.gemini;

import dev.probity.gateway.neutral.Reasoning;
import dev.probity.gateway.neutral.Reasoning.Effort;
import dev.probity.gateway.neutral.Reasoning.Mode;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads how much is to be thought. */
final class ThinkingReader {
  private ThinkingReader() {}

  /**
   * @param level empty if it is not said
   */
  static Reasoning read(Optional<Boolean> show, Optional<Long> budget, String level) {
    Optional<Effort> effort =
        switch (level) {
          case "MINIMAL", "minimal" -> Optional.of(Effort.MINIMAL);
          case "LOW", "low" -> Optional.of(Effort.LOW);
          case "MEDIUM", "medium" -> Optional.of(Effort.MEDIUM);
          case "HIGH", "high" -> Optional.of(Effort.HIGH);
          default -> Optional.empty();
        };
    long tokens = budget.orElse(-1L);
    if (budget.isPresent() && tokens == 0) {
      return new Reasoning(Mode.OFF, Optional.empty(), OptionalLong.empty(), show, false);
    }
    Mode mode =
        effort.isPresent() || tokens > 0
            ? Mode.ON
            : budget.isPresent() || show.orElse(false) ? Mode.ADAPTIVE : Mode.DEFAULT;
    OptionalLong limit = tokens > 0 ? OptionalLong.of(tokens) : OptionalLong.empty();
    return new Reasoning(mode, effort, limit, show, mode != Mode.DEFAULT);
  }
}
