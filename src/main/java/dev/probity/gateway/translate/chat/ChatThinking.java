package dev.probity.gateway.translate.chat;

import dev.probity.gateway.json.JsonCursor;
import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.neutral.Loss;
import dev.probity.gateway.neutral.Losses;
import dev.probity.gateway.neutral.Reasoning;
import dev.probity.gateway.neutral.Reasoning.Effort;
import dev.probity.gateway.neutral.Reasoning.Mode;
import dev.probity.gateway.neutral.Untranslatable;
import dev.probity.gateway.translate.openai.Invalid;
import dev.probity.gateway.translate.openai.Knobs;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** How much to think: OpenAI's {@code reasoning_effort}, and the object that others take. */
final class ChatThinking {
  /** Budgets up to which an effort is the nearest, in tokens. */
  private static final long LOW_BUDGET = 4_096;

  private static final long MEDIUM_BUDGET = 16_384;

  private Mode mode = Mode.DEFAULT;
  private Optional<Effort> effort = Optional.empty();
  private OptionalLong budget = OptionalLong.empty();
  private Optional<Boolean> show = Optional.empty();

  /** Takes a member of the body, if it is about thinking. */
  boolean read(String name, RawJson value) throws Untranslatable, MalformedJson {
    switch (name) {
      case "reasoning_effort" -> effort(name, value);
      case "reasoning" -> object(value);
      case "include_reasoning" -> show = Optional.of(value.isTrue());
      default -> {
        return false;
      }
    }
    return true;
  }

  /** Who asks for thought sees it, unless it says otherwise: so do the servers that show any. */
  Reasoning reasoning() {
    if (mode == Mode.DEFAULT && show.isEmpty()) {
      return Reasoning.UNSAID;
    }
    boolean thinks = mode == Mode.ON;
    Optional<Boolean> shown = show.isEmpty() && thinks ? Optional.of(true) : show;
    return new Reasoning(mode, effort, budget, shown, thinks);
  }

  private void effort(String parameter, RawJson value) throws Untranslatable {
    String word = Knobs.text(value, parameter).orElseThrow().plain();
    if (word.equals("none")) {
      mode = Mode.OFF;
      effort = Optional.empty();
      return;
    }
    effort = Arrays.stream(Effort.values()).filter(each -> word(each).equals(word)).findFirst();
    if (effort.isEmpty()) {
      throw Invalid.value(
          parameter,
          word,
          "Supported values are: 'none', 'minimal', 'low', 'medium', 'high', 'xhigh' and 'max'.");
    }
    mode = Mode.ON;
  }

  private void object(RawJson json) throws Untranslatable, MalformedJson {
    if (!json.isObject()) {
      throw Invalid.type("reasoning", "an object", json);
    }
    boolean off = false;
    boolean hidden = false;
    JsonCursor cursor = json.cursor();
    cursor.enterObject();
    while (cursor.nextMember()) {
      String name = cursor.name();
      RawJson value = cursor.raw();
      if (value.isNull()) {
        continue;
      }
      switch (name) {
        case "effort" -> effort("reasoning.effort", value);
        case "max_tokens" -> {
          budget =
              OptionalLong.of(
                  value
                      .integer()
                      .filter(tokens -> tokens > 0)
                      .orElseThrow(
                          () -> Invalid.type("reasoning.max_tokens", "a positive integer", value)));
          mode = Mode.ON;
        }
        case "enabled" -> {
          off = !value.isTrue();
          mode = mode == Mode.DEFAULT ? Mode.ON : mode;
        }
        case "exclude" -> hidden = value.isTrue();
        default -> {}
      }
    }
    if (off) {
      mode = Mode.OFF;
      effort = Optional.empty();
      budget = OptionalLong.empty();
    }
    show = Optional.of(!hidden);
  }

  static void write(Reasoning reasoning, JsonWriter out, Losses losses) {
    if (reasoning.mode() == Mode.OFF) {
      out.member("reasoning_effort", "none");
    } else if (reasoning.effort().isPresent()) {
      out.member("reasoning_effort", word(reasoning.effort().get()));
    } else if (reasoning.budget().isPresent()) {
      long tokens = reasoning.budget().getAsLong();
      Effort nearest =
          tokens <= LOW_BUDGET ? Effort.LOW : tokens <= MEDIUM_BUDGET ? Effort.MEDIUM : Effort.HIGH;
      out.member("reasoning_effort", word(nearest));
      losses.add(Loss.REASONING_EFFORT);
    }
  }

  private static String word(Effort effort) {
    return effort.name().toLowerCase(Locale.ROOT);
  }
}
