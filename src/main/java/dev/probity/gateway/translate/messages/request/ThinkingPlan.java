package dev.probity.gateway.translate.messages.request;

import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.neutral.Loss;
import dev.probity.gateway.neutral.Losses;
import dev.probity.gateway.neutral.Reasoning;
import dev.probity.gateway.neutral.Reasoning.Effort;
import dev.probity.gateway.neutral.Reasoning.Mode;
import java.util.Locale;
import java.util.Optional;

/**
 * How a model is told to think, in the way that it understands.
 *
 * @param budget in tokens, for {@link Kind#BUDGET}
 * @param effort Anthropic's word; empty if not said
 */
record ThinkingPlan(Kind kind, long budget, Optional<String> effort, Optional<Boolean> show) {
  /** Anthropic's ways, and saying nothing. */
  enum Kind {
    UNSAID,
    DISABLED,
    BETWEEN_TOOLS,
    BUDGET,
    ADAPTIVE
  }

  private static final long LEAST_BUDGET = 1024;

  /**
   * What stands in the way of thinking in this request.
   *
   * @param forced whether a tool must be used
   * @param unproven whether the thoughts are missing that led to the calls under way
   */
  record Obstacles(boolean forced, boolean unproven) {}

  static ThinkingPlan of(
      Reasoning asked, ClaudeModel model, long maxTokens, Obstacles obstacles, Losses losses) {
    boolean zero = asked.budget().isPresent() && asked.budget().getAsLong() == 0;
    boolean wanted =
        switch (asked.mode()) {
          case ON, ADAPTIVE -> true;
          case OFF -> false;
          case DEFAULT -> !zero && (asked.effort().isPresent() || asked.budget().isPresent());
        };
    if (asked.mode() == Mode.OFF || !wanted && zero) {
      return off(model, losses);
    }
    if (!wanted) {
      return unsaid(Optional.empty());
    }
    return switch (model.thinking()) {
      case NONE -> {
        losses.add(Loss.REASONING_EFFORT);
        yield unsaid(Optional.empty());
      }
      case ADAPTIVE -> adaptive(asked, model, obstacles, losses);
      case BUDGET -> {
        if (obstacles.forced || obstacles.unproven) {
          losses.add(Loss.REASONING_OFF);
          yield unsaid(Optional.empty());
        }
        yield budget(asked, maxTokens, losses);
      }
    };
  }

  private static ThinkingPlan unsaid(Optional<String> effort) {
    return new ThinkingPlan(Kind.UNSAID, 0, effort, Optional.empty());
  }

  private static ThinkingPlan off(ClaudeModel model, Losses losses) {
    if (model.thinking() == ClaudeModel.ThinkingKind.NONE) {
      return unsaid(Optional.empty());
    }
    if (model.canBeThoughtless()) {
      return new ThinkingPlan(Kind.DISABLED, 0, Optional.empty(), Optional.empty());
    }
    losses.add(Loss.REASONING_EFFORT);
    return model.thinksBetweenTools()
        ? new ThinkingPlan(Kind.BETWEEN_TOOLS, 0, Optional.empty(), Optional.empty())
        : unsaid(Optional.of("low"));
  }

  private static ThinkingPlan adaptive(
      Reasoning asked, ClaudeModel model, Obstacles obstacles, Losses losses) {
    Optional<String> effort = effort(asked, model, losses);
    if (obstacles.forced && !model.choosesWhileThinking()) {
      losses.add(Loss.REASONING_OFF);
      return unsaid(effort);
    }
    return new ThinkingPlan(Kind.ADAPTIVE, 0, effort, asked.show());
  }

  private static Optional<String> effort(Reasoning asked, ClaudeModel model, Losses losses) {
    if (asked.effort().isEmpty()) {
      if (asked.budget().isEmpty() || asked.budget().getAsLong() < 0) {
        return Optional.empty();
      }
      losses.add(Loss.REASONING_EFFORT);
      long budget = asked.budget().getAsLong();
      return Optional.of(budget <= 4096 ? "low" : budget <= 16_384 ? "medium" : "high");
    }
    Effort wanted = asked.effort().get();
    Effort nearest =
        switch (wanted) {
          case MINIMAL -> Effort.LOW;
          case XHIGH -> model.takesExtraEffort() ? Effort.XHIGH : Effort.HIGH;
          case LOW, MEDIUM, HIGH, MAX -> wanted;
        };
    if (nearest != wanted) {
      losses.add(Loss.REASONING_EFFORT);
    }
    return Optional.of(nearest.name().toLowerCase(Locale.ROOT));
  }

  /** Thinking counts as part of the answer: what an effort stands for leaves room for words. */
  private static ThinkingPlan budget(Reasoning asked, long maxTokens, Losses losses) {
    boolean said = asked.budget().isPresent() && asked.budget().getAsLong() > 0;
    long wanted = said ? asked.budget().getAsLong() : tokens(asked.effort().orElse(Effort.MEDIUM));
    long most = said ? maxTokens - 1 : maxTokens * 3 / 4;
    long budget = Math.min(Math.max(wanted, LEAST_BUDGET), most);
    if (!said && asked.effort().isPresent() || budget != wanted) {
      losses.add(Loss.REASONING_EFFORT);
    }
    return budget < LEAST_BUDGET
        ? unsaid(Optional.empty())
        : new ThinkingPlan(Kind.BUDGET, budget, Optional.empty(), asked.show());
  }

  private static long tokens(Effort effort) {
    return switch (effort) {
      case MINIMAL -> LEAST_BUDGET;
      case LOW -> 2048;
      case MEDIUM -> 8192;
      case HIGH -> 16_384;
      case XHIGH, MAX -> 32_000;
    };
  }

  /** Whether it thinks because it was told to. */
  boolean thinks() {
    return kind == Kind.BUDGET || kind == Kind.ADAPTIVE || kind == Kind.BETWEEN_TOOLS;
  }

  void write(JsonWriter out) {
    if (kind == Kind.UNSAID) {
      return;
    }
    out.name("thinking").beginObject();
    switch (kind) {
      case DISABLED -> out.member("type", "disabled");
      case BETWEEN_TOOLS -> out.member("type", "between_tools");
      case BUDGET -> out.member("type", "enabled").member("budget_tokens", budget);
      case ADAPTIVE -> out.member("type", "adaptive");
      case UNSAID -> {}
    }
    // Older models show their thoughts unasked, and need not know the word for it.
    if (show.isPresent() && (kind == Kind.ADAPTIVE || !show.get())) {
      out.member("display", show.get() ? "summarized" : "omitted");
    }
    out.endObject();
  }
}
