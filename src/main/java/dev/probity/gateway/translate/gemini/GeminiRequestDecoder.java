package dev.probity.gateway.translate.gemini;

import dev.probity.gateway.json.JsonCursor;
import dev.probity.gateway.json.JsonKind;
import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.neutral.Knob;
import dev.probity.gateway.neutral.Losses;
import dev.probity.gateway.neutral.Part;
import dev.probity.gateway.neutral.Prompt;
import dev.probity.gateway.neutral.RequestDecoder;
import dev.probity.gateway.neutral.Untranslatable;
import java.util.List;

/** Reads requests of clients of Google's generateContent. */
public enum GeminiRequestDecoder implements RequestDecoder {
  INSTANCE,
  /**
   * Reads what is only to be counted, and may be a piece of a conversation: results without their
   * calls.
   */
  OF_FRAGMENTS;

  @Override
  public Prompt decode(RawJson body, Losses losses) throws Untranslatable, MalformedJson {
    ContentsDecoder contents = new ContentsDecoder(losses, this == OF_FRAGMENTS);
    ToolsDecoder tools = new ToolsDecoder(losses);
    ConfigDecoder config = new ConfigDecoder(losses);
    List<Part> instructions = List.of();
    List<Prompt.Turn> turns = List.of();
    JsonCursor json = body.cursor();
    json.enterObject();
    while (json.nextMember()) {
      if (json.kind() == JsonKind.NULL) {
        continue;
      }
      String name = Spelling.camel(json.name());
      switch (name) {
        case "contents" -> turns = contents.turns(json.raw());
        case "systemInstruction" -> instructions = contents.instructions(json.raw());
        case "tools" -> tools.tools(json.raw());
        case "toolConfig" -> tools.config(json.raw());
        case "generationConfig" -> config.read(json.raw());
        case "safetySettings" -> config.knob(Knob.SAFETY_SETTINGS, json.raw());
        case "cachedContent" -> config.knob(Knob.CACHED_CONTENT, json.raw());
        case "labels" -> config.knob(Knob.METADATA, json.raw());
        case "store" -> config.knob(Knob.STORE, json.raw());
        case "serviceTier" -> config.serviceTier(json.raw());
        case "model" -> json.skip();
        default -> config.rest(json.name(), json.raw());
      }
    }
    if (turns.isEmpty()) {
      throw Untranslatable.request(
          "missing_contents", "The request has no contents. Say something in them.");
    }
    config.rest().putAll(tools.rest());
    return new Prompt(
        instructions,
        turns,
        tools.tools(),
        tools.choice(),
        config.reasoning(),
        config.format(),
        config.knobs(),
        config.rest());
  }
}
