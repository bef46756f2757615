package dev.probity.gateway.translate.messages;

import dev.probity.gateway.json.JsonMembers;
import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.neutral.OutputFormat;
import dev.probity.gateway.neutral.Reasoning;
import dev.probity.gateway.neutral.Reasoning.Effort;
import dev.probity.gateway.neutral.Reasoning.Mode;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads how much to think and in which form to answer, which stand in each other's members. */
final class ThinkingReader {
  private Mode mode = Mode.DEFAULT;
  private Optional<Effort> effort = Optional.empty();
  private OptionalLong budget = OptionalLong.empty();
  private Optional<Boolean> show = Optional.empty();
  private OutputFormat format = OutputFormat.PLAIN;

  void thinking(RawJson value, Map<String, RawJson> rest) throws MalformedJson {
    JsonMembers thinking = JsonMembers.of(value);
    mode =
        switch (thinking.textOrEmpty("type").plain()) {
          case "enabled" -> Mode.ON;
          case "adaptive", "between_tools" -> Mode.ADAPTIVE;
          case "disabled" -> Mode.OFF;
          default -> Mode.DEFAULT;
        };
    for (int i = 0; i < thinking.size(); i++) {
      RawJson each = thinking.value(i);
      switch (thinking.name(i)) {
        case "type", "display" -> {}
        case "budget_tokens" ->
            each.integer().ifPresent(tokens -> budget = OptionalLong.of(tokens));
        default -> rest.put("thinking." + thinking.name(i), each);
      }
    }
    if (isOn()) {
      show = Optional.of(!thinking.textOrEmpty("display").is("omitted"));
    }
  }

  void outputConfig(RawJson value, Map<String, RawJson> rest) throws MalformedJson {
    JsonMembers config = JsonMembers.of(value);
    for (int i = 0; i < config.size(); i++) {
      RawJson each = config.value(i);
      switch (config.name(i)) {
        case "effort" -> effort = effort(each);
        case "format" -> format(each);
        default -> rest.put("output_config." + config.name(i), each);
      }
    }
  }

  private static Optional<Effort> effort(RawJson value) {
    return value
        .text()
        .flatMap(word ->
            switch (word.plain()) {
              case "low" -> Optional.of(Effort.LOW);
              case "medium" -> Optional.of(Effort.MEDIUM);
              case "high" -> Optional.of(Effort.HIGH);
              case "xhigh" -> Optional.of(Effort.XHIGH);
              case "max" -> Optional.of(Effort.MAX);
              default -> Optional.empty();
            });
  }

  void format(RawJson value) throws MalformedJson {
    if (!value.isObject()) {
      return;
    }
    RawJson schema = JsonMembers.of(value).get("schema");
    if (schema.isObject()) {
      format =
          new OutputFormat.Schema(Optional.empty(), schema, Optional.empty(), Optional.empty());
    }
  }

  private boolean isOn() {
    return mode == Mode.ON || mode == Mode.ADAPTIVE;
  }

  /**
   * A client that lets the model think also keeps what proves its thoughts. One that only says with
   * how much effort means models that always think.
   */
  Reasoning reasoning() {
    boolean thinks = isOn() || mode == Mode.DEFAULT && effort.isPresent();
    return new Reasoning(mode, effort, budget, show, thinks);
  }

  OutputFormat outputFormat() {
    return format;
  }
}
