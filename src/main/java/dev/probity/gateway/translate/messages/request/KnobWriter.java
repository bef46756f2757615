package dev.probity.gateway.translate.messages.request;

import dev.probity.gateway.json.JsonCursor;
import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.Knob;
import dev.probity.gateway.neutral.Loss;
import dev.probity.gateway.neutral.Losses;
import dev.probity.gateway.neutral.Untranslatable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Writes what is only carried over, where Anthropic has it. */
final class KnobWriter {
  private static final int USER_LENGTH = 256;

  private final Map<Knob, RawJson> knobs;
  private final ClaudeModel model;
  private final Losses losses;

  KnobWriter(Map<Knob, RawJson> knobs, ClaudeModel model, Losses losses) {
    this.knobs = knobs;
    this.model = model;
    this.losses = losses;
  }

  /** The most tokens of the answer, which Anthropic must be told. */
  long maxTokens() {
    RawJson said = knobs.getOrDefault(Knob.MAX_TOKENS, RawJson.NULL);
    long most = model.mostTokens();
    Optional<Long> tokens = said.integer();
    if (tokens.isEmpty()) {
      return Math.min(ClaudeModel.DEFAULT_MAX_TOKENS, most);
    }
    if (tokens.get() > most) {
      losses.add(Loss.CLAMPED, "max_tokens");
    }
    return Math.min(tokens.get(), most);
  }

  /**
   * @param thinks whether the model is told to think, which leaves no choice of sampling
   */
  void write(boolean thinks, JsonWriter out) throws Untranslatable, MalformedJson {
    boolean tempered = false;
    for (Knob knob : Knob.values()) {
      RawJson value = knobs.get(knob);
      if (value == null || value.isNull()) {
        continue;
      }
      switch (knob) {
        case MAX_TOKENS -> {}
        case TEMPERATURE -> tempered = temperature(thinks, value, out);
        case TOP_P -> topP(thinks, tempered, value, out);
        case TOP_K -> sampling(thinks, "top_k", value, out);
        case STOP -> stop(value, out);
        case END_USER -> user(value, out);
        case SERVICE_TIER -> serviceTier(value, out);
        case CANDIDATES -> candidates(value);
        case MODALITIES -> modalities(value);
        case CACHED_CONTENT ->
            throw Untranslatable.request(
                "cached_content",
                "What was cached at Google can't be read by Anthropic. Send the content itself.");
        // Marks for the cache are set instead; which requests share one, the key alone would say.
        case CACHE_KEY -> dropped(knob);
        case STORE, LOGPROBS -> {
          if (value.isTrue()) {
            dropped(knob);
          }
        }
        case SEED,
            PRESENCE_PENALTY,
            FREQUENCY_PENALTY,
            TOP_LOGPROBS,
            LOGIT_BIAS,
            METADATA,
            VERBOSITY,
            PREDICTION,
            SAFETY_SETTINGS ->
            dropped(knob);
      }
    }
  }

  private void dropped(Knob knob) {
    losses.add(Loss.DROPPED, knob.name().toLowerCase(Locale.ROOT));
  }

  private boolean temperature(boolean thinks, RawJson value, JsonWriter out) {
    double wanted = number(value);
    if (wanted <= 1 || Double.isNaN(wanted)) {
      return sampling(thinks, "temperature", value, out);
    }
    losses.add(Loss.CLAMPED, "temperature");
    return sampling(thinks, "temperature", RawJson.number(1), out);
  }

  private void topP(boolean thinks, boolean tempered, RawJson value, JsonWriter out) {
    if (tempered && !model.takesBothSamplings()) {
      losses.add(Loss.DROPPED, "top_p");
    } else {
      sampling(thinks, "top_p", value, out);
    }
  }

  /** Whether it was written. A temperature or share of one is what happens anyway. */
  private boolean sampling(boolean thinks, String name, RawJson value, JsonWriter out) {
    if (!thinks && model.takesSampling()) {
      out.member(name, value);
      return true;
    }
    if (name.equals("top_k") || number(value) != 1) {
      losses.add(Loss.DROPPED, name);
    }
    return false;
  }

  private static double number(RawJson value) {
    try {
      return Double.parseDouble(value.toString());
    } catch (NumberFormatException _) {
      return Double.NaN;
    }
  }

  /** Anthropic refuses sequences of nothing but space. */
  private void stop(RawJson value, JsonWriter out) throws MalformedJson {
    List<RawText> sequences = new ArrayList<>();
    JsonCursor json = value.cursor();
    json.enterArray();
    while (json.nextElement()) {
      RawText sequence = json.text();
      if (sequence.isBlank()) {
        losses.add(Loss.DROPPED, "stop");
      } else {
        sequences.add(sequence);
      }
    }
    if (!sequences.isEmpty()) {
      out.name("stop_sequences").beginArray();
      sequences.forEach(out::value);
      out.endArray();
    }
  }

  private void user(RawJson value, JsonWriter out) {
    Optional<RawText> user = value.text().filter(text -> text.length() <= USER_LENGTH);
    if (user.isEmpty()) {
      losses.add(Loss.DROPPED, "end_user");
    } else if (!user.get().isEmpty()) {
      out.name("metadata").beginObject().member("user_id", user.get()).endObject();
    }
  }

  private void serviceTier(RawJson value, JsonWriter out) {
    switch (value.text().orElse(RawText.EMPTY).plain()) {
      // What happens unsaid: the better tier, if one was bought.
      case "auto", "priority" -> {}
      case "default" -> out.member("service_tier", "standard_only");
      default -> losses.add(Loss.DROPPED, "service_tier");
    }
  }

  private static void candidates(RawJson value) throws Untranslatable {
    if (value.integer().filter(count -> count > 1).isPresent()) {
      throw Untranslatable.request(
          "several_answers",
          "Claude gives one answer at a time. Ask for one, or ask several times.");
    }
  }

  private static void modalities(RawJson value) throws Untranslatable, MalformedJson {
    JsonCursor json = value.cursor();
    json.enterArray();
    while (json.nextElement()) {
      if (!json.text().plain().equalsIgnoreCase("text")) {
        throw Untranslatable.request(
            "unsupported_modality", "Claude answers in text only. Ask for text.");
      }
    }
  }
}
