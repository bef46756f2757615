package dev.probity.gateway.translate.responses;

import dev.probity.gateway.neutral.Loss;
import dev.probity.gateway.neutral.Losses;
import dev.probity.gateway.neutral.Reasoning;
import dev.probity.gateway.neutral.Reasoning.Mode;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** How much to think, in OpenAI's words. */
final class Efforts {
  /** Models of before there was reasoning. They refuse to be told about it. */
  private static final Pattern THOUGHTLESS = Pattern.compile("(chat)?gpt-(3|4).*");

  /** The first models that reason can't be told not to. */
  private static final Pattern ALWAYS_THINKING =
      Pattern.compile("o\\d.*|gpt-5(-mini|-nano|-codex|-pro)?(-20.*)?");

  /** Most tokens of thought that an effort comes to, roughly. */
  private static final long LOW_TOKENS = 4_096;

  private static final long MEDIUM_TOKENS = 16_384;

  private Efforts() {}

  /** The word for the model; empty if nothing is to be said. */
  static Optional<String> of(Reasoning reasoning, String model, Losses losses) {
    String name = model.substring(model.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    if (reasoning.mode() == Mode.OFF) {
      return off(name, losses);
    }
    if (reasoning.effort().isPresent()) {
      return Optional.of(reasoning.effort().get().name().toLowerCase(Locale.ROOT));
    }
    if (reasoning.budget().isPresent()) {
      losses.add(Loss.REASONING_EFFORT);
      long budget = reasoning.budget().getAsLong();
      return Optional.of(
          budget <= LOW_TOKENS ? "low" : budget <= MEDIUM_TOKENS ? "medium" : "high");
    }
    return Optional.empty();
  }

  private static Optional<String> off(String model, Losses losses) {
    if (THOUGHTLESS.matcher(model).matches()) {
      return Optional.empty();
    }
    if (ALWAYS_THINKING.matcher(model).matches()) {
      losses.add(Loss.REASONING_EFFORT);
      return Optional.of(model.startsWith("gpt-5") && !model.contains("codex") ? "minimal" : "low");
    }
    return Optional.of("none");
  }
}
