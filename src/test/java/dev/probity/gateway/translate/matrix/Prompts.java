package dev.probity.gateway.translate.matrix;

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
import dev.probity.gateway.neutral.Tool;
import dev.probity.gateway.neutral.ToolChoice;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes prompts for the matrix, and looks into those that came through. */
final class Prompts {
  private final List<Part> instructions = new ArrayList<>();
  private final List<Turn> turns = new ArrayList<>();
  private final List<Tool> tools = new ArrayList<>();
  private final Map<Knob, RawJson> knobs = new EnumMap<>(Knob.class);
  private final Map<String, RawJson> rest = new LinkedHashMap<>();
  private ToolChoice choice = ToolChoice.UNSAID;
  private Reasoning reasoning = Reasoning.UNSAID;
  private OutputFormat format = OutputFormat.PLAIN;

  Prompts instruct(String text) {
    return instruct(text(text));
  }

  Prompts instruct(Part part) {
    instructions.add(part);
    return this;
  }

  Prompts turn(Turn turn) {
    turns.add(turn);
    return this;
  }

  Prompts tool(Tool tool) {
    tools.add(tool);
    return this;
  }

  Prompts choice(ToolChoice given) {
    choice = given;
    return this;
  }

  Prompts reasoning(Reasoning given) {
    reasoning = given;
    return this;
  }

  Prompts format(OutputFormat given) {
    format = given;
    return this;
  }

  Prompts knob(Knob knob, RawJson value) {
    knobs.put(knob, value);
    return this;
  }

  Prompts rest(String name, RawJson value) {
    rest.put(name, value);
    return this;
  }

  Prompt build() {
    return new Prompt(instructions, turns, tools, choice, reasoning, format, knobs, rest);
  }

  static Turn user(String text) {
    return new Turn(Role.USER, List.of(text(text)));
  }

  static Turn assistant(String text) {
    return new Turn(Role.ASSISTANT, List.of(text(text)));
  }

  static Turn system(String text) {
    return new Turn(Role.SYSTEM, List.of(text(text)));
  }

  /** A text as it stands within JSON. */
  static Part text(String escaped) {
    return Part.Text.of(RawJson.of('"' + escaped + '"').text().orElseThrow());
  }

  static Part media(Part.Media.Kind kind, String mediaType, String base64) {
    return new Part.Media(
        kind,
        mediaType,
        new Part.Inline(RawText.of(base64)),
        Optional.empty(),
        Optional.empty(),
        CacheMark.NONE);
  }

  static Tool function(String name, String schema) {
    return new Tool.Function(
        RawText.of(name),
        Optional.of(RawText.of("Tells the " + name + ".")),
        Optional.of(RawJson.of(schema)),
        Optional.empty(),
        CacheMark.NONE,
        Map.of());
  }

  static Part call(String id, String name, String input) {
    return new Part.ToolCall(
        RawText.of(id),
        RawText.of(name),
        RawJson.of(input),
        false,
        Optional.empty(),
        CacheMark.NONE);
  }

  static Part result(String id, Part... content) {
    return new Part.ToolResult(
        RawText.of(id),
        Optional.empty(),
        List.of(content),
        Optional.empty(),
        false,
        false,
        CacheMark.NONE);
  }

  /** A question, the calls it led to, and what they gave. */
  static Prompts calls(List<Part> calls, List<Part> results) {
    String schema = "{\"type\":\"object\",\"properties\":{}}";
    return new Prompts()
        .tool(function("weather", schema))
        .tool(function("clock", schema))
        .turn(user("go"))
        .turn(new Turn(Role.ASSISTANT, calls))
        .turn(new Turn(Role.USER, results));
  }

  static List<Part> parts(Prompt prompt) {
    return prompt.turns().stream().flatMap(turn -> turn.parts().stream()).toList();
  }

  static List<String> texts(Prompt prompt, Role role) {
    return prompt.turns().stream()
        .filter(turn -> turn.role() == role)
        .flatMap(turn -> texts(turn.parts()).stream())
        .toList();
  }

  static List<String> texts(List<Part> parts) {
    return parts.stream()
        .flatMap(
            part -> part instanceof Part.Text text ? Stream.of(text.text().plain()) : Stream.of())
        .toList();
  }

  static Optional<Tool.Function> function(Prompt prompt, String name) {
    return prompt.tools().stream()
        .flatMap(tool -> tool instanceof Tool.Function f ? Stream.of(f) : Stream.of())
        .filter(f -> f.name().plain().equals(name))
        .findFirst();
  }

  static List<RawText> toolNames(Prompt prompt) {
    return prompt.tools().stream()
        .flatMap(tool -> tool instanceof Tool.Function f ? Stream.of(f.name()) : Stream.of())
        .toList();
  }

  /** Whether a text is there, as a document of its own or among what is said. */
  static boolean holdsText(Prompt prompt, String text) {
    return parts(prompt).stream()
        .anyMatch(part ->
            part instanceof Part.Text t && t.text().plain().contains(text)
                || part instanceof Part.Media m
                    && m.source() instanceof Part.InlineText inline
                    && inline.text().plain().equals(text));
  }

  static List<String> calls(Prompt prompt) {
    return toolCalls(prompt).stream().map(c -> c.name().plain() + c.input()).toList();
  }

  private static List<Part.ToolCall> toolCalls(Prompt prompt) {
    return parts(prompt).stream()
        .flatMap(part -> part instanceof Part.ToolCall c ? Stream.of(c) : Stream.of())
        .toList();
  }

  static List<Part.ToolResult> toolResults(Prompt prompt) {
    return parts(prompt).stream()
        .flatMap(part -> part instanceof Part.ToolResult r ? Stream.of(r) : Stream.of())
        .toList();
  }

  static List<String> results(Prompt prompt) {
    return toolResults(prompt).stream()
        .map(r ->
            r.structured().isPresent()
                ? structuredText(r.structured().get())
                : String.join("", texts(r.content())))
        .toList();
  }

  /** Google's results are objects: a text stands in one under {@code output} or {@code result}. */
  private static String structuredText(RawJson object) {
    var node = new tools.jackson.databind.ObjectMapper().readTree(object.toString());
    return node.path("output").asString(node.path("result").asString(object.toString()));
  }

  static boolean idsMatch(Prompt prompt) {
    List<RawText> calls = toolCalls(prompt).stream().map(Part.ToolCall::id).toList();
    return calls.equals(toolResults(prompt).stream().map(Part.ToolResult::id).toList());
  }

  static boolean isInline(Part part, String base64) {
    return part instanceof Part.Media m
        && m.source() instanceof Part.Inline i
        && i.base64().plain().equals(base64);
  }

  /** Every proof, wherever it stands. */
  static List<Proof> proofs(Prompt prompt) {
    return parts(prompt).stream()
        .flatMap(part ->
            switch (part) {
              case Part.Thought t -> t.proof().stream();
              case Part.ToolCall c -> c.proof().stream();
              case Part.Text t -> t.proof().stream();
              default -> Stream.<Proof>of();
            })
        .toList();
  }

  static RawJson sample(Knob knob) {
    return RawJson.of(
        switch (knob) {
          case MAX_TOKENS -> "1234";
          case TEMPERATURE -> "0.25";
          case TOP_P -> "0.75";
          case TOP_K -> "40";
          case STOP -> "[\"END\"]";
          case SEED -> "42";
          case PRESENCE_PENALTY, FREQUENCY_PENALTY -> "0.5";
          case LOGPROBS, STORE -> "true";
          case TOP_LOGPROBS -> "3";
          case LOGIT_BIAS -> "{\"50256\":-100}";
          case CANDIDATES -> "2";
          case SERVICE_TIER -> "\"flex\"";
          case END_USER -> "\"user-1\"";
          case METADATA -> "{\"team\":\"a\"}";
          case CACHE_KEY -> "\"key-1\"";
          case VERBOSITY -> "\"low\"";
          case PREDICTION -> "{\"type\":\"content\",\"content\":\"x\"}";
          case MODALITIES -> "[\"text\",\"audio\"]";
          case SAFETY_SETTINGS ->
              "[{\"category\":\"HARM_CATEGORY_HARASSMENT\",\"threshold\":\"BLOCK_NONE\"}]";
          case CACHED_CONTENT -> "\"cachedContents/1\"";
        });
  }
}
