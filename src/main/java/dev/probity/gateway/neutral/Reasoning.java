package dev.probity.gateway.neutral;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * How much a model is to think, and how much of that is shown.
 *
 * @param budget most tokens of thought
 * @param show whether thoughts, or their summaries, are to be part of the answer; empty if not said
 * @param proofs whether what makes a thought believable again is to be part of the answer
 */
public record Reasoning(
    Mode mode,
    Optional<Effort> effort,
    OptionalLong budget,
    Optional<Boolean> show,
    boolean proofs) {
  /** Whether it thinks at all. */
  public enum Mode {
    /** Not said. */
    DEFAULT,
    OFF,
    ON,
    /** As the model sees fit. */
    ADAPTIVE
  }

  /** In rising order, as OpenAI and Anthropic call them. */
  public enum Effort {
    MINIMAL,
    LOW,
    MEDIUM,
    HIGH,
    XHIGH,
    MAX
  }

  public static final Reasoning UNSAID =
      new Reasoning(Mode.DEFAULT, Optional.empty(), OptionalLong.empty(), Optional.empty(), false);
}
