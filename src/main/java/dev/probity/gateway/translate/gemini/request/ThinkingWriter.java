package dev.probity.gateway.translate.gemini.request;

import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.neutral.Loss;
import dev.probity.gateway.neutral.Losses;
import dev.probity.gateway.neutral.Reasoning;
import dev.probity.gateway.neutral.Reasoning.Effort;
import dev.probity.gateway.neutral.Reasoning.Mode;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Says how much is to be thought: from Gemini 3 on in levels, before in tokens, of which Google's
 * own layer for OpenAI's clients allots 1,024, 8,192 and 24,576 to low, medium and high.
 */
final class ThinkingWriter {
  private static final long LOW_BUDGET = 1_024;
  private static final long MEDIUM_BUDGET = 8_192;
  private static final long HIGH_BUDGET = 24_576;

  private ThinkingWriter() {}

  /** Writes a member {@code thinkingConfig} if there is anything to say. */
  static void write(Reasoning reasoning, GeminiModel model, JsonWriter out, Losses losses) {
    boolean said =
        reasoning.mode() != Mode.DEFAULT
            || reasoning.effort().isPresent()
            || reasoning.budget().isPresent();
    if (!model.thinks()) {
      if (said && reasoning.mode() != Mode.OFF) {
        losses.add(Loss.REASONING_EFFORT);
      }
      return;
    }
    if (!said && reasoning.show().isEmpty()) {
      return;
    }
    out.name("thinkingConfig").beginObject();
    if (reasoning.show().isPresent()) {
      out.member("includeThoughts", reasoning.show().get());
    }
    if (said && model.thinksInLevels()) {
      level(reasoning, model, losses).ifPresent(level -> out.member("thinkingLevel", level));
    } else if (said) {
      budget(reasoning, model, losses).ifPresent(tokens -> out.member("thinkingBudget", tokens));
    }
    out.endObject();
  }

  private static Optional<String> level(Reasoning reasoning, GeminiModel model, Losses losses) {
    if (reasoning.mode() == Mode.OFF) {
      losses.add(Loss.REASONING_EFFORT);
      return Optional.of(model.hasMinimalLevel() ? "MINIMAL" : "LOW");
    }
    Optional<Effort> effort = reasoning.effort();
    if (effort.isEmpty() && reasoning.budget().isPresent()) {
      losses.add(Loss.REASONING_EFFORT);
      long tokens = reasoning.budget().getAsLong();
      effort =
          Optional.of(
              tokens <= LOW_BUDGET
                  ? Effort.LOW
                  : tokens <= MEDIUM_BUDGET ? Effort.MEDIUM : Effort.HIGH);
    }
    return effort.map(wanted -> {
      String level = nearest(wanted, model);
      if (!level.equals(wanted.name())) {
        losses.add(Loss.REASONING_EFFORT);
      }
      return level;
    });
  }

  private static String nearest(Effort wanted, GeminiModel model) {
    return switch (wanted) {
      case MINIMAL -> model.hasMinimalLevel() ? "MINIMAL" : "LOW";
      case LOW -> "LOW";
      case MEDIUM -> model.hasMediumLevel() ? "MEDIUM" : "HIGH";
      case HIGH, XHIGH, MAX -> "HIGH";
    };
  }

  private static OptionalLong budget(Reasoning reasoning, GeminiModel model, Losses losses) {
    if (reasoning.mode() == Mode.OFF) {
      if (!model.canStopThinking()) {
        losses.add(Loss.REASONING_EFFORT);
        return OptionalLong.of(model.leastBudget());
      }
      return OptionalLong.of(0);
    }
    if (reasoning.budget().isPresent()) {
      long wanted = reasoning.budget().getAsLong();
      long tokens = Math.clamp(wanted, model.leastBudget(), model.mostBudget());
      if (tokens != wanted) {
        losses.add(Loss.CLAMPED, "thinkingBudget");
      }
      return OptionalLong.of(tokens);
    }
    if (reasoning.effort().isEmpty()) {
      return reasoning.mode() == Mode.ADAPTIVE ? OptionalLong.of(-1) : OptionalLong.empty();
    }
    return OptionalLong.of(
        switch (reasoning.effort().get()) {
          case MINIMAL, LOW -> LOW_BUDGET;
          case MEDIUM -> MEDIUM_BUDGET;
          case HIGH -> HIGH_BUDGET;
          case XHIGH, MAX -> model.mostBudget();
        });
  }
}
