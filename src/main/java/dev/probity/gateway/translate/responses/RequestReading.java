package dev.probity.gateway.translate.responses;

import dev.probity.gateway.json.JsonCursor;
import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.Knob;
import dev.probity.gateway.neutral.Loss;
import dev.probity.gateway.neutral.Losses;
import dev.probity.gateway.neutral.OutputFormat;
import dev.probity.gateway.neutral.Part;
import dev.probity.gateway.neutral.Prompt;
import dev.probity.gateway.neutral.Reasoning;
import dev.probity.gateway.neutral.Reasoning.Effort;
import dev.probity.gateway.neutral.Reasoning.Mode;
import dev.probity.gateway.neutral.Tool;
import dev.probity.gateway.neutral.Untranslatable;
import dev.probity.gateway.translate.responses.compaction.Sealing;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** One request, member by member. */
final class RequestReading {
  private final Losses losses;
  private final List<Part> instructions = new ArrayList<>();
  private final List<Tool> tools = new ArrayList<>();
  private final ToolReader toolReader = new ToolReader(tools);
  private final InputReader inputs;
  private final Map<Knob, RawJson> knobs = new EnumMap<>(Knob.class);
  private final Map<String, RawJson> rest = new LinkedHashMap<>();
  private RawJson input = RawJson.NULL;
  private Optional<RawJson> toolChoice = Optional.empty();
  private Optional<Boolean> parallel = Optional.empty();
  private Mode mode = Mode.DEFAULT;
  private Optional<Effort> effort = Optional.empty();
  private Optional<Boolean> show = Optional.empty();
  private boolean proofs;
  private OutputFormat format = OutputFormat.PLAIN;

  RequestReading(Sealing sealing, Losses losses) {
    this.losses = losses;
    this.inputs = new InputReader(sealing, losses, toolReader, instructions);
  }

  void read(RawJson body) throws Untranslatable, MalformedJson {
    JsonCursor cursor = body.cursor();
    cursor.enterObject();
    while (cursor.nextMember()) {
      String name = cursor.name();
      if (!cursor.skipNull()) {
        member(name, cursor);
      }
    }
  }

  private void member(String name, JsonCursor cursor) throws Untranslatable, MalformedJson {
    switch (name) {
      case "model", "stream", "stream_options" -> {}
      case "instructions" -> instructions.addFirst(Part.Text.of(cursor.text()));
      case "input" -> input = cursor.raw();
      case "tools" -> toolReader.readAll(cursor);
      case "tool_choice" -> toolChoice = Optional.of(cursor.raw());
      case "parallel_tool_calls" -> parallel = Values.flag(cursor);
      case "text" -> text(cursor);
      case "reasoning" -> reasoning(cursor);
      case "include" -> include(cursor);
      case "max_output_tokens" -> knobs.put(Knob.MAX_TOKENS, cursor.raw());
      case "temperature" -> knobs.put(Knob.TEMPERATURE, cursor.raw());
      case "top_p" -> knobs.put(Knob.TOP_P, cursor.raw());
      case "top_logprobs" -> knobs.put(Knob.TOP_LOGPROBS, cursor.raw());
      case "presence_penalty" -> knobs.put(Knob.PRESENCE_PENALTY, cursor.raw());
      case "frequency_penalty" -> knobs.put(Knob.FREQUENCY_PENALTY, cursor.raw());
      case "metadata" -> knobs.put(Knob.METADATA, cursor.raw());
      case "safety_identifier" -> knobs.put(Knob.END_USER, cursor.raw());
      case "user" -> knobs.putIfAbsent(Knob.END_USER, cursor.raw());
      case "prompt_cache_key" -> knobs.put(Knob.CACHE_KEY, cursor.raw());
      case "service_tier" -> knobs.put(Knob.SERVICE_TIER, cursor.raw());
      case "store" -> knobs.put(Knob.STORE, cursor.raw());
      default -> special(name, cursor);
    }
  }

  /** What the provider must be OpenAI for, or nobody knows. */
  private void special(String name, JsonCursor cursor) throws Untranslatable, MalformedJson {
    switch (name) {
      case "background" -> {
        if (cursor.isTrue()) {
          throw refused(
              name, "has no background mode", "Send the request without 'background', streamed.");
        }
      }
      case "previous_response_id" ->
          throw refused(name, "knows no earlier responses", "Send the whole conversation.");
      case "conversation" ->
          throw refused(name, "knows no stored conversations", "Send the whole conversation.");
      case "prompt" ->
          throw refused(name, "knows no stored prompts", "Send the prompt's text instead.");
      case "truncation" -> {
        if (!cursor.text().is("disabled")) {
          losses.add(Loss.DROPPED, name);
        }
      }
      case "max_tool_calls",
          "prompt_cache_retention",
          "prompt_cache_options",
          "context_management",
          "moderation" ->
          losses.add(Loss.DROPPED, name);
      default -> rest.put(name, cursor.raw());
    }
  }

  private static Untranslatable refused(String name, String why, String instead) {
    return Untranslatable.request(
        "unsupported_parameter",
        "Unsupported parameter: '" + name + "': this model's provider " + why + ". " + instead);
  }

  private void text(JsonCursor cursor) throws Untranslatable, MalformedJson {
    cursor.enterObject();
    while (cursor.nextMember()) {
      String name = cursor.name();
      if (cursor.skipNull()) {
        continue;
      }
      switch (name) {
        case "format" -> format = format(cursor);
        case "verbosity" -> knobs.put(Knob.VERBOSITY, cursor.raw());
        default -> losses.add(Loss.UNKNOWN, "text." + name);
      }
    }
  }

  private static OutputFormat format(JsonCursor cursor) throws Untranslatable, MalformedJson {
    String type = "";
    Optional<RawText> name = Optional.empty();
    Optional<RawText> description = Optional.empty();
    Optional<RawJson> schema = Optional.empty();
    Optional<Boolean> strict = Optional.empty();
    cursor.enterObject();
    while (cursor.nextMember()) {
      switch (cursor.name()) {
        case "type" -> type = cursor.text().plain();
        case "name" -> name = Values.text(cursor);
        case "description" -> description = Values.text(cursor);
        case "schema" -> schema = Optional.of(cursor.raw());
        case "strict" -> strict = Values.flag(cursor);
        default -> {}
      }
    }
    return switch (type) {
      case "text" -> OutputFormat.PLAIN;
      case "json_object" -> new OutputFormat.AnyJson();
      case "json_schema" ->
          new OutputFormat.Schema(
              name,
              schema.orElseThrow(() ->
                  Untranslatable.request(
                      "missing_required_parameter",
                      "Missing required parameter: 'text.format.schema'.")),
              description,
              strict);
      default ->
          throw Untranslatable.request(
              "invalid_value",
              "Invalid value for 'text.format.type'. Supported values are: 'json_object',"
                  + " 'json_schema', and 'text'.");
    };
  }

  private void reasoning(JsonCursor cursor) throws Untranslatable, MalformedJson {
    cursor.enterObject();
    while (cursor.nextMember()) {
      String name = cursor.name();
      if (cursor.skipNull()) {
        continue;
      }
      switch (name) {
        case "effort" -> effort(cursor.text().plain());
        case "summary", "generate_summary" -> show = Optional.of(!cursor.text().is("none"));
        default -> losses.add(Loss.DROPPED, "reasoning." + name);
      }
    }
  }

  private void effort(String word) throws Untranslatable {
    if (word.equals("none")) {
      mode = Mode.OFF;
      return;
    }
    mode = Mode.ON;
    effort =
        Optional.of(
            switch (word) {
              case "minimal" -> Effort.MINIMAL;
              case "low" -> Effort.LOW;
              case "medium" -> Effort.MEDIUM;
              case "high" -> Effort.HIGH;
              case "xhigh" -> Effort.XHIGH;
              case "max" -> Effort.MAX;
              default ->
                  throw Untranslatable.request(
                      "invalid_value",
                      "Invalid value for 'reasoning.effort'. Supported values are: 'none',"
                          + " 'minimal', 'low', 'medium', 'high', 'xhigh', and 'max'.");
            });
  }

  private void include(JsonCursor cursor) throws MalformedJson {
    cursor.enterArray();
    while (cursor.nextElement()) {
      String what = cursor.text().plain();
      switch (what) {
        case "reasoning.encrypted_content" -> proofs = true;
        case "message.output_text.logprobs" -> knobs.put(Knob.LOGPROBS, RawJson.TRUE);
        default -> losses.add(Loss.DROPPED, "include." + what);
      }
    }
  }

  Prompt prompt() throws Untranslatable, MalformedJson {
    if (input.isNull()) {
      throw Untranslatable.request(
          "missing_required_parameter", "Missing required parameter: 'input'.");
    }
    var turns = inputs.read(input);
    return new Prompt(
        List.copyOf(instructions),
        turns,
        List.copyOf(tools),
        new ToolChoiceReader(losses).read(toolChoice, parallel),
        new Reasoning(mode, effort, OptionalLong.empty(), show, proofs),
        format,
        knobs,
        rest);
  }
}
