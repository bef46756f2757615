package dev.probity.gateway.translate.chat;

import dev.probity.gateway.json.JsonCursor;
import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.neutral.Knob;
import dev.probity.gateway.neutral.Losses;
import dev.probity.gateway.neutral.OutputFormat;
import dev.probity.gateway.neutral.Prompt;
import dev.probity.gateway.neutral.RequestDecoder;
import dev.probity.gateway.neutral.Untranslatable;
import dev.probity.gateway.translate.openai.Invalid;
import dev.probity.gateway.translate.openai.Knobs;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads requests of clients of OpenAI's chat completions. */
public enum ChatRequestDecoder implements RequestDecoder {
  INSTANCE;

  @Override
  public Prompt decode(RawJson body, Losses losses) throws Untranslatable, MalformedJson {
    Map<Knob, RawJson> knobs = new EnumMap<>(Knob.class);
    Map<String, RawJson> rest = new LinkedHashMap<>();
    ChatTools tools = new ChatTools(losses);
    ChatThinking thinking = new ChatThinking();
    OutputFormat format = OutputFormat.PLAIN;
    RawJson messages = RawJson.NULL;
    JsonCursor cursor = body.cursor();
    cursor.enterObject();
    while (cursor.nextMember()) {
      String name = cursor.name();
      RawJson value = cursor.raw();
      if (value.isNull() || tools.read(name, value) || thinking.read(name, value)) {
        continue;
      }
      switch (name) {
        // Said again when the request is written, or known from it when the answer is.
        case "model", "stream", "stream_options" -> {}
        case "messages" -> messages = value;
        case "response_format" -> format = format(value);
        default -> {
          if (!Knobs.read(name, value, knobs)) {
            rest.put(name, value);
          }
        }
      }
    }
    ChatTurns turns = new ChatTurns(losses);
    turns.read(messages);
    return new Prompt(
        turns.instructions(),
        turns.turns(),
        tools.tools(),
        tools.choice(),
        thinking.reasoning(),
        format,
        knobs,
        rest);
  }

  private static OutputFormat format(RawJson json) throws Untranslatable, MalformedJson {
    if (!json.isObject()) {
      throw Invalid.type("response_format", "an object", json);
    }
    String type = "";
    RawJson schema = RawJson.NULL;
    JsonCursor cursor = json.cursor();
    cursor.enterObject();
    while (cursor.nextMember()) {
      switch (cursor.name()) {
        case "type" -> type = cursor.text().plain();
        case "json_schema" -> schema = cursor.raw();
        default -> cursor.skip();
      }
    }
    return switch (type) {
      case "text" -> OutputFormat.PLAIN;
      case "json_object" -> new OutputFormat.AnyJson();
      case "json_schema" -> schema(schema);
      default ->
          throw Invalid.value(
              "response_format.type",
              type,
              "Supported values are: 'text', 'json_object' and 'json_schema'.");
    };
  }

  private static OutputFormat schema(RawJson json) throws Untranslatable, MalformedJson {
    if (!json.isObject()) {
      throw Invalid.missing("response_format.json_schema");
    }
    RawJson name = RawJson.NULL;
    RawJson description = RawJson.NULL;
    RawJson schema = RawJson.NULL;
    RawJson strict = RawJson.NULL;
    JsonCursor cursor = json.cursor();
    cursor.enterObject();
    while (cursor.nextMember()) {
      switch (cursor.name()) {
        case "name" -> name = cursor.raw();
        case "description" -> description = cursor.raw();
        case "schema" -> schema = cursor.raw();
        case "strict" -> strict = cursor.raw();
        default -> cursor.skip();
      }
    }
    // A schema that is left out allows any object.
    return new OutputFormat.Schema(
        Knobs.text(name, "response_format.json_schema.name"),
        schema.isNull() ? RawJson.of("{\"type\":\"object\"}") : schema,
        Knobs.text(description, "response_format.json_schema.description"),
        ChatTools.flag(strict));
  }
}
