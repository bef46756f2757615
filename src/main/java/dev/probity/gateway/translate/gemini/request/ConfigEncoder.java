package dev.probity.gateway.translate.gemini.request;

import dev.probity.gateway.json.JsonCursor;
import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.neutral.Knob;
import dev.probity.gateway.neutral.Loss;
import dev.probity.gateway.neutral.Losses;
import dev.probity.gateway.neutral.OutputFormat;
import dev.probity.gateway.neutral.Prompt;
import dev.probity.gateway.neutral.Untranslatable;
import java.util.Locale;
import java.util.Map;

/** Writes how the answer is to be generated. */
final class ConfigEncoder {
  /** As many stop sequences as Google takes. */
  private static final int MOST_STOPS = 5;

  private final GeminiModel model;
  private final JsonWriter out;
  private final Losses losses;

  ConfigEncoder(GeminiModel model, JsonWriter out, Losses losses) {
    this.model = model;
    this.out = out;
    this.losses = losses;
  }

  void write(Prompt prompt, boolean withFormat) throws Untranslatable, MalformedJson {
    out.name("generationConfig").beginObject();
    for (Map.Entry<Knob, RawJson> knob : prompt.knobs().entrySet()) {
      knob(knob.getKey(), knob.getValue());
    }
    if (withFormat) {
      format(prompt.format());
    }
    ThinkingWriter.write(prompt.reasoning(), model, out, losses);
    out.endObject();
  }

  private void knob(Knob knob, RawJson value) throws Untranslatable, MalformedJson {
    switch (knob) {
      case MAX_TOKENS -> out.member("maxOutputTokens", value);
      case TEMPERATURE -> out.member("temperature", value);
      case TOP_P -> out.member("topP", value);
      case TOP_K -> out.member("topK", value);
      case STOP -> stops(value);
      case SEED -> out.member("seed", value);
      case PRESENCE_PENALTY -> out.member("presencePenalty", value);
      case FREQUENCY_PENALTY -> out.member("frequencyPenalty", value);
      case MODALITIES -> modalities(value);
      case CANDIDATES ->
          throw Untranslatable.request(
              "several_candidates",
              "Only one answer a call can be carried over from another vendor's model. Ask for"
                  + " one, and call again for more.");
      // The answer could not tell them.
      case LOGPROBS, TOP_LOGPROBS -> drop(knob, !value.isNull() && !value.equals(RawJson.FALSE));
      case LOGIT_BIAS, END_USER, METADATA, CACHE_KEY, VERBOSITY, PREDICTION -> drop(knob, true);
      case SERVICE_TIER, STORE, SAFETY_SETTINGS, CACHED_CONTENT -> {
        // Written beside the configuration.
      }
    }
  }

  private void drop(Knob knob, boolean asked) {
    if (asked) {
      losses.add(Loss.DROPPED, knob.name().toLowerCase(Locale.ROOT));
    }
  }

  private void stops(RawJson stops) throws MalformedJson, Untranslatable {
    int count = 0;
    JsonCursor json = stops.cursor();
    json.enterArray();
    while (json.nextElement()) {
      count++;
    }
    if (count > MOST_STOPS) {
      throw Untranslatable.request(
          "too_many_stop_sequences",
          "Models of Google's take at most " + MOST_STOPS + " stop sequences. Send fewer.");
    }
    if (count > 0) {
      out.member("stopSequences", stops);
    }
  }

  private void modalities(RawJson modalities) throws MalformedJson {
    out.name("responseModalities").beginArray();
    JsonCursor json = modalities.cursor();
    json.enterArray();
    while (json.nextElement()) {
      out.value(json.text().plain().toUpperCase(Locale.ROOT));
    }
    out.endArray();
  }

  private void format(OutputFormat format) {
    switch (format) {
      case OutputFormat.Plain _ -> {}
      case OutputFormat.AnyJson _ -> out.member("responseMimeType", "application/json");
      case OutputFormat.Schema schema -> {
        out.member("responseMimeType", "application/json");
        out.member("responseJsonSchema", schema.schema());
        if (schema.description().isPresent()) {
          losses.add(Loss.DROPPED, "response_format.description");
        }
      }
    }
  }
}
