package dev.probity.gateway.translate.responses;

import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.Knob;
import dev.probity.gateway.neutral.Loss;
import dev.probity.gateway.neutral.Losses;
import dev.probity.gateway.neutral.OutputFormat;
import dev.probity.gateway.neutral.Prompt;
import dev.probity.gateway.neutral.Reasoning;
import dev.probity.gateway.neutral.Untranslatable;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Writes how the model is to answer. */
final class OptionsWriter {
  /** OpenAI takes no fewer. */
  private static final long LEAST_TOKENS = 16;

  /** OpenAI takes no longer ids of users and caches. */
  private static final int ID_LENGTH = 64;

  private final JsonWriter out;
  private final Losses losses;

  OptionsWriter(JsonWriter out, Losses losses) {
    this.out = out;
    this.losses = losses;
  }

  void write(Prompt prompt, String model) throws Untranslatable {
    Map<Knob, RawJson> knobs = prompt.knobs();
    reasoning(prompt.reasoning(), model);
    text(prompt.format(), Optional.ofNullable(knobs.get(Knob.VERBOSITY)));
    boolean proofs = prompt.reasoning().proofs() && prompt.reasoning().mode() != Reasoning.Mode.OFF;
    RawJson logprobs = knobs.get(Knob.LOGPROBS);
    include(proofs, logprobs != null && logprobs.isTrue());
    // Nobody could ask for what is stored there: its ids never reach the client.
    RawJson store = knobs.get(Knob.STORE);
    out.member("store", store != null && store.isTrue());
    for (Map.Entry<Knob, RawJson> knob : knobs.entrySet()) {
      knob(knob.getKey(), knob.getValue());
    }
    prompt.rest().keySet().forEach(name -> losses.add(Loss.UNKNOWN, name));
  }

  private void knob(Knob knob, RawJson value) throws Untranslatable {
    switch (knob) {
      case MAX_TOKENS -> maxTokens(value);
      case TEMPERATURE, TOP_P, TOP_LOGPROBS, METADATA, SERVICE_TIER ->
          out.member(knob.name().toLowerCase(Locale.ROOT), value);
      case END_USER -> id("safety_identifier", value);
      case CACHE_KEY -> id("prompt_cache_key", value);
      case STORE, VERBOSITY, LOGPROBS -> {}
      case CANDIDATES ->
          throw Untranslatable.request(
              "unsupported_parameter",
              "This model's provider gives one answer to a request. Ask for one, or ask several"
                  + " times.");
      case CACHED_CONTENT ->
          throw Untranslatable.request(
              "unsupported_parameter",
              "This model's provider has no content cached under that name. Send the content"
                  + " itself.");
      case STOP -> {
        if (!value.equals(RawJson.EMPTY_ARRAY)) {
          losses.add(Loss.DROPPED, "stop");
        }
      }
      case TOP_K,
          SEED,
          PRESENCE_PENALTY,
          FREQUENCY_PENALTY,
          LOGIT_BIAS,
          PREDICTION,
          SAFETY_SETTINGS ->
          losses.add(Loss.DROPPED, knob.name().toLowerCase(Locale.ROOT));
      case MODALITIES -> {
        if (!value.equals(RawJson.of("[\"text\"]"))) {
          losses.add(Loss.DROPPED, "modalities");
        }
      }
    }
  }

  private void maxTokens(RawJson value) {
    Optional<Long> number = value.integer();
    if (number.isPresent() && number.get() < LEAST_TOKENS) {
      losses.add(Loss.CLAMPED, "max_output_tokens");
      out.member("max_output_tokens", LEAST_TOKENS);
    } else {
      out.member("max_output_tokens", value);
    }
  }

  private void id(String name, RawJson value) {
    if (value.text().map(RawText::plain).filter(id -> id.length() <= ID_LENGTH).isPresent()) {
      out.member(name, value);
    } else {
      losses.add(Loss.DROPPED, name);
    }
  }

  private void reasoning(Reasoning reasoning, String model) {
    Optional<String> effort = Efforts.of(reasoning, model, losses);
    boolean summary = reasoning.show().orElse(false) && reasoning.mode() != Reasoning.Mode.OFF;
    if (effort.isEmpty() && !summary) {
      return;
    }
    out.name("reasoning").beginObject();
    effort.ifPresent(word -> out.member("effort", word));
    if (summary) {
      out.member("summary", "auto");
    }
    out.endObject();
  }

  private void text(OutputFormat format, Optional<RawJson> verbosity) {
    if (format instanceof OutputFormat.Plain && verbosity.isEmpty()) {
      return;
    }
    out.name("text").beginObject();
    switch (format) {
      case OutputFormat.Plain _ -> {}
      case OutputFormat.AnyJson _ ->
          out.name("format").beginObject().member("type", "json_object").endObject();
      case OutputFormat.Schema schema -> schema(schema);
    }
    verbosity.ifPresent(word -> out.member("verbosity", word));
    out.endObject();
  }

  private void schema(OutputFormat.Schema schema) {
    out.name("format").beginObject().member("type", "json_schema");
    out.member("name", schema.name().orElse(RawText.of("answer")));
    schema.description().ifPresent(text -> out.member("description", text));
    out.member("schema", schema.schema());
    schema.strict().ifPresent(strict -> out.member("strict", strict));
    out.endObject();
  }

  private void include(boolean proofs, boolean logprobs) {
    if (!proofs && !logprobs) {
      return;
    }
    out.name("include").beginArray();
    if (proofs) {
      out.value("reasoning.encrypted_content");
    }
    if (logprobs) {
      out.value("message.output_text.logprobs");
    }
    out.endArray();
  }
}
