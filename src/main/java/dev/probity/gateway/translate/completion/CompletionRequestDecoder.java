package dev.probity.gateway.translate.completion;

import dev.probity.gateway.json.JsonCursor;
import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.Knob;
import dev.probity.gateway.neutral.Losses;
import dev.probity.gateway.neutral.OutputFormat;
import dev.probity.gateway.neutral.Part;
import dev.probity.gateway.neutral.Prompt;
import dev.probity.gateway.neutral.Prompt.Role;
import dev.probity.gateway.neutral.Prompt.Turn;
import dev.probity.gateway.neutral.Reasoning;
import dev.probity.gateway.neutral.RequestDecoder;
import dev.probity.gateway.neutral.ToolChoice;
import dev.probity.gateway.neutral.Untranslatable;
import dev.probity.gateway.translate.openai.Knobs;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads requests for older completions: the prompt is what the user says. */
public enum CompletionRequestDecoder implements RequestDecoder {
  INSTANCE;

  @Override
  public Prompt decode(RawJson body, Losses losses) throws Untranslatable, MalformedJson {
    Map<Knob, RawJson> knobs = new EnumMap<>(Knob.class);
    Map<String, RawJson> rest = new LinkedHashMap<>();
    Optional<RawText> prompt = Optional.empty();
    JsonCursor cursor = body.cursor();
    cursor.enterObject();
    while (cursor.nextMember()) {
      String name = cursor.name();
      RawJson value = cursor.raw();
      if (value.isNull()) {
        continue;
      }
      switch (name) {
        case "model", "stream", "stream_options" -> {}
        case "prompt" -> prompt = Optional.of(prompt(value));
        case "suffix" -> {
          if (value.length() > 2) {
            throw unsupported("'suffix'", "Leave it out.");
          }
        }
        case "echo" -> {
          if (value.isTrue()) {
            throw unsupported("'echo'", "Send false, and put the prompt before the answer.");
          }
        }
        case "best_of" -> {
          if (value.integer().orElse(0L) != 1) {
            throw unsupported("'best_of' other than 1", "Ask for one answer.");
          }
        }
        case "logprobs" -> throw unsupported("'logprobs'", "Leave it out.");
        default -> {
          if (!Knobs.read(name, value, knobs)) {
            rest.put(name, value);
          }
        }
      }
    }
    RawText asked =
        prompt.orElseThrow(() ->
            Untranslatable.request(
                "missing_required_parameter", "Missing required parameter: 'prompt'."));
    return new Prompt(
        List.of(),
        List.of(new Turn(Role.USER, List.of(Part.Text.of(asked)))),
        List.of(),
        ToolChoice.UNSAID,
        Reasoning.UNSAID,
        OutputFormat.PLAIN,
        knobs,
        rest);
  }

  private static RawText prompt(RawJson json) throws Untranslatable, MalformedJson {
    if (json.isString()) {
      return json.text().orElseThrow();
    }
    if (json.isArray()) {
      JsonCursor cursor = json.cursor();
      cursor.enterArray();
      RawJson only = RawJson.NULL;
      int count = 0;
      while (cursor.nextElement()) {
        only = cursor.raw();
        count++;
      }
      if (count == 1 && only.isString()) {
        return only.text().orElseThrow();
      }
      if (only.isString()) {
        throw unsupported("several prompts in one request", "Send one request for each.");
      }
    }
    throw unsupported("a prompt that is not one text", "Send text instead of tokens.");
  }

  private static Untranslatable unsupported(String what, String advice) {
    return Untranslatable.request(
        "unsupported_parameter",
        "The model behind this name only chats, and can't be asked for " + what + ". " + advice);
  }
}
