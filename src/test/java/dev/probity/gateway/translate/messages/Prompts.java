package dev.probity.gateway.translate.messages;

import dev.probity.gateway.Dialect;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.Knob;
import dev.probity.gateway.neutral.OutputFormat;
import dev.probity.gateway.neutral.Part;
import dev.probity.gateway.neutral.Part.CacheMark;
import dev.probity.gateway.neutral.Prompt;
import dev.probity.gateway.neutral.Prompt.Role;
import dev.probity.gateway.neutral.Prompt.Turn;
import dev.probity.gateway.neutral.Proof;
import dev.probity.gateway.neutral.Reasoning;
import dev.probity.gateway.neutral.Reasoning.Effort;
import dev.probity.gateway.neutral.Reasoning.Mode;
import dev.probity.gateway.neutral.Tool;
import dev.probity.gateway.neutral.ToolChoice;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Prompts in the neutral form. */
final class Prompts {
  private Prompts() {}

  static Part text(String text) {
    return Part.Text.of(RawText.of(text));
  }

  static Turn user(Part... parts) {
    return new Turn(Role.USER, List.of(parts));
  }

  static Turn assistant(Part... parts) {
    return new Turn(Role.ASSISTANT, List.of(parts));
  }

  static Part call(String id, String name, String input) {
    return new Part.ToolCall(
        RawText.of(id),
        RawText.of(name),
        Samples.json(input),
        false,
        Optional.empty(),
        CacheMark.NONE);
  }

  static Part result(String id, String text) {
    return new Part.ToolResult(
        RawText.of(id),
        Optional.empty(),
        List.of(text(text)),
        Optional.empty(),
        false,
        false,
        CacheMark.NONE);
  }

  static Part thought(String text, Dialect origin, String proof) {
    return new Part.Thought(
        RawText.of(text),
        Optional.of(new Proof(origin, Proof.Kind.SIGNATURE, RawText.of(proof), RawText.EMPTY)));
  }

  static Tool function(String name) {
    return new Tool.Function(
        RawText.of(name),
        Optional.of(RawText.of("d")),
        Optional.of(RawJson.of("{\"type\":\"object\",\"properties\":{}}")),
        Optional.empty(),
        CacheMark.NONE,
        Map.of());
  }

  static Prompt said(Turn... turns) {
    return new Prompt(
        List.of(),
        List.of(turns),
        List.of(),
        ToolChoice.UNSAID,
        Reasoning.UNSAID,
        OutputFormat.PLAIN,
        Map.of(),
        Map.of());
  }

  static Prompt with(Prompt prompt, ToolChoice choice, Tool... tools) {
    return new Prompt(
        prompt.instructions(),
        prompt.turns(),
        List.of(tools),
        choice,
        prompt.reasoning(),
        prompt.format(),
        prompt.knobs(),
        prompt.rest());
  }

  static Prompt with(Prompt prompt, Reasoning reasoning) {
    return new Prompt(
        prompt.instructions(),
        prompt.turns(),
        prompt.tools(),
        prompt.toolChoice(),
        reasoning,
        prompt.format(),
        prompt.knobs(),
        prompt.rest());
  }

  static Prompt with(Prompt prompt, OutputFormat format, Map<Knob, RawJson> knobs) {
    return new Prompt(
        prompt.instructions(),
        prompt.turns(),
        prompt.tools(),
        prompt.toolChoice(),
        prompt.reasoning(),
        format,
        knobs,
        prompt.rest());
  }

  static Reasoning effort(Effort effort) {
    return new Reasoning(
        Mode.DEFAULT, Optional.of(effort), OptionalLong.empty(), Optional.of(true), true);
  }

  static Reasoning off() {
    return new Reasoning(Mode.OFF, Optional.empty(), OptionalLong.empty(), Optional.empty(), false);
  }

  static Part media(Part.Media.Kind kind, String type, String data) {
    return new Part.Media(
        kind,
        type,
        new Part.Inline(RawText.of(data)),
        Optional.empty(),
        Optional.empty(),
        CacheMark.NONE);
  }
}
