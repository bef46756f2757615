package dev.probity.gateway.translate.gemini;

import dev.probity.gateway.json.JsonCursor;
import dev.probity.gateway.json.JsonKind;
import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.Knob;
import dev.probity.gateway.neutral.Loss;
import dev.probity.gateway.neutral.Losses;
import dev.probity.gateway.neutral.OutputFormat;
import dev.probity.gateway.neutral.Reasoning;
import dev.probity.gateway.neutral.Untranslatable;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads how the answer is to be generated. */
final class ConfigDecoder {
  private final Losses losses;
  private final Map<Knob, RawJson> knobs = new EnumMap<>(Knob.class);
  private final Map<String, RawJson> rest = new HashMap<>();
  private Reasoning reasoning = Reasoning.UNSAID;
  private String mimeType = "";
  private Optional<RawJson> schema = Optional.empty();

  ConfigDecoder(Losses losses) {
    this.losses = losses;
  }

  void knob(Knob knob, RawJson value) {
    knobs.put(knob, value);
  }

  void rest(String name, RawJson value) {
    rest.put(name, value);
  }

  Map<Knob, RawJson> knobs() {
    return knobs;
  }

  Map<String, RawJson> rest() {
    return rest;
  }

  Reasoning reasoning() {
    return reasoning;
  }

  OutputFormat format() throws Untranslatable {
    if (mimeType.isEmpty() || mimeType.equals("text/plain")) {
      return OutputFormat.PLAIN;
    }
    if (!mimeType.equals("application/json")) {
      throw Untranslatable.request(
          "unknown_format",
          "Only models of Google's answer in the responseMimeType that was asked for. Use"
              + " \"application/json\".");
    }
    return schema.isEmpty()
        ? new OutputFormat.AnyJson()
        : new OutputFormat.Schema(
            Optional.empty(), schema.get(), Optional.empty(), Optional.empty());
  }

  void serviceTier(RawJson tier) {
    String name = tier.text().map(RawText::plain).orElse("").toLowerCase(Locale.ROOT);
    switch (name) {
      case "standard" -> knobs.put(Knob.SERVICE_TIER, RawJson.text("default"));
      case "flex", "priority" -> knobs.put(Knob.SERVICE_TIER, RawJson.text(name));
      case "", "unspecified" -> {}
      default -> losses.add(Loss.DROPPED, "serviceTier");
    }
  }

  /** A GenerationConfig. */
  void read(RawJson config) throws MalformedJson {
    JsonCursor json = config.cursor();
    json.enterObject();
    while (json.nextMember()) {
      if (json.kind() == JsonKind.NULL) {
        continue;
      }
      String name = Spelling.camel(json.name());
      switch (name) {
        case "maxOutputTokens" -> knobs.put(Knob.MAX_TOKENS, json.raw());
        case "temperature" -> knobs.put(Knob.TEMPERATURE, json.raw());
        case "topP" -> knobs.put(Knob.TOP_P, json.raw());
        case "topK" -> knobs.put(Knob.TOP_K, json.raw());
        case "stopSequences" -> knobs.put(Knob.STOP, json.raw());
        case "seed" -> knobs.put(Knob.SEED, json.raw());
        case "presencePenalty" -> knobs.put(Knob.PRESENCE_PENALTY, json.raw());
        case "frequencyPenalty" -> knobs.put(Knob.FREQUENCY_PENALTY, json.raw());
        case "responseLogprobs" -> knobs.put(Knob.LOGPROBS, json.raw());
        case "logprobs" -> knobs.put(Knob.TOP_LOGPROBS, json.raw());
        case "candidateCount" -> candidates(json.raw());
        case "responseModalities" -> modalities(json);
        case "responseMimeType" -> mimeType = json.text().plain();
        case "responseSchema" ->
            schema = Optional.of(new SchemaTranslation(losses).toJsonSchema(json.raw()));
        case "responseJsonSchema" -> schema = Optional.of(json.raw());
        case "thinkingConfig" -> thinking(json);
        case "mediaResolution" -> losses.add(Loss.MEDIA_DETAIL);
        default -> rest.put("generationConfig." + name, json.raw());
      }
    }
  }

  private void candidates(RawJson count) {
    if (count.integer().orElse(0L) != 1) {
      knobs.put(Knob.CANDIDATES, count);
    }
  }

  /** Text alone is what every model answers with. */
  private void modalities(JsonCursor json) throws MalformedJson {
    JsonWriter names = new JsonWriter();
    names.beginArray();
    boolean onlyText = true;
    json.enterArray();
    while (json.nextElement()) {
      String name = json.text().plain().toLowerCase(Locale.ROOT);
      onlyText &= name.equals("text");
      names.value(name);
    }
    if (!onlyText) {
      knobs.put(Knob.MODALITIES, names.endArray().toJson());
    }
  }

  private void thinking(JsonCursor json) throws MalformedJson {
    Optional<Boolean> show = Optional.empty();
    Optional<RawJson> budget = Optional.empty();
    RawText level = RawText.EMPTY;
    json.enterObject();
    while (json.nextMember()) {
      if (json.kind() == JsonKind.NULL) {
        continue;
      }
      switch (Spelling.camel(json.name())) {
        case "includeThoughts" -> show = Optional.of(json.isTrue());
        case "thinkingBudget" -> budget = Optional.of(json.raw());
        case "thinkingLevel" -> level = json.text();
        default -> losses.add(Loss.UNKNOWN, json.name());
      }
    }
    reasoning = ThinkingReader.read(show, budget.flatMap(RawJson::integer), level.plain());
  }
}
