package dev.probity.gateway.translate.openai;

import dev.probity.gateway.json.JsonKind;
import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.Knob;
import dev.probity.gateway.neutral.Loss;
import dev.probity.gateway.neutral.Losses;
import dev.probity.gateway.neutral.Untranslatable;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The members that are only carried over: what chat calls them, and what kind each must be. */
public final class Knobs {
  private static final String MAX_TOKENS = "max_completion_tokens";

  private static final Map<String, Member> MEMBERS =
      Map.ofEntries(
          Map.entry(MAX_TOKENS, new Member(Knob.MAX_TOKENS, Shape.INTEGER)),
          Map.entry("max_tokens", new Member(Knob.MAX_TOKENS, Shape.INTEGER)),
          Map.entry("temperature", new Member(Knob.TEMPERATURE, Shape.NUMBER)),
          Map.entry("top_p", new Member(Knob.TOP_P, Shape.NUMBER)),
          Map.entry("top_k", new Member(Knob.TOP_K, Shape.INTEGER)),
          Map.entry("stop", new Member(Knob.STOP, Shape.STRINGS)),
          Map.entry("seed", new Member(Knob.SEED, Shape.INTEGER)),
          Map.entry("presence_penalty", new Member(Knob.PRESENCE_PENALTY, Shape.NUMBER)),
          Map.entry("frequency_penalty", new Member(Knob.FREQUENCY_PENALTY, Shape.NUMBER)),
          Map.entry("logprobs", new Member(Knob.LOGPROBS, Shape.FLAG)),
          Map.entry("top_logprobs", new Member(Knob.TOP_LOGPROBS, Shape.INTEGER)),
          Map.entry("logit_bias", new Member(Knob.LOGIT_BIAS, Shape.OBJECT)),
          Map.entry("n", new Member(Knob.CANDIDATES, Shape.INTEGER)),
          Map.entry("service_tier", new Member(Knob.SERVICE_TIER, Shape.STRING)),
          Map.entry("user", new Member(Knob.END_USER, Shape.STRING)),
          Map.entry("safety_identifier", new Member(Knob.END_USER, Shape.STRING)),
          Map.entry("metadata", new Member(Knob.METADATA, Shape.OBJECT)),
          Map.entry("store", new Member(Knob.STORE, Shape.FLAG)),
          Map.entry("prompt_cache_key", new Member(Knob.CACHE_KEY, Shape.STRING)),
          Map.entry("verbosity", new Member(Knob.VERBOSITY, Shape.STRING)),
          Map.entry("prediction", new Member(Knob.PREDICTION, Shape.OBJECT)),
          Map.entry("modalities", new Member(Knob.MODALITIES, Shape.STRINGS)));

  private Knobs() {}

  private record Member(Knob knob, Shape shape) {}

  private enum Shape {
    INTEGER("an integer"),
    NUMBER("a number"),
    FLAG("a boolean"),
    STRING("a string"),
    STRINGS("an array of strings"),
    OBJECT("an object");

    private final String text;

    Shape(String text) {
      this.text = text;
    }

    boolean takes(RawJson value) {
      return switch (this) {
        case INTEGER -> value.integer().isPresent();
        case NUMBER -> value.kind() == JsonKind.NUMBER;
        case FLAG -> value.kind() == JsonKind.TRUE || value.kind() == JsonKind.FALSE;
        case STRING -> value.isString();
        case STRINGS -> value.isString() || value.isArray();
        case OBJECT -> value.isObject();
      };
    }
  }

  /**
   * Takes a member of a request's body.
   *
   * @param value not null
   * @return whether it was a knob
   */
  public static boolean read(String name, RawJson value, Map<Knob, RawJson> knobs)
      throws Untranslatable {
    Member member = MEMBERS.get(name);
    if (member == null) {
      return false;
    }
    if (!member.shape.takes(value)) {
      throw Invalid.type(name, member.shape.text, value);
    }
    RawJson carried =
        member.shape == Shape.STRINGS && value.isString()
            ? new JsonWriter().beginArray().value(value).endArray().toJson()
            : value;
    switch (member.knob) {
      case CANDIDATES -> candidates(carried, knobs);
      case MAX_TOKENS -> {
        RawJson before = knobs.put(Knob.MAX_TOKENS, carried);
        if (before != null && !before.equals(carried)) {
          throw Untranslatable.request(
              "invalid_value",
              "'max_tokens' and 'max_completion_tokens' say different limits. Send only"
                  + " 'max_completion_tokens'.");
        }
      }
      case END_USER -> {
        // The newer name counts where a client sends both.
        if (name.equals("safety_identifier") || !knobs.containsKey(Knob.END_USER)) {
          knobs.put(Knob.END_USER, carried);
        }
      }
      default -> knobs.put(member.knob, carried);
    }
    return true;
  }

  private static void candidates(RawJson value, Map<Knob, RawJson> knobs) throws Untranslatable {
    long count = value.integer().orElse(0L);
    if (count < 1) {
      throw Invalid.value("n", value.toString(), "Ask for 1 answer or more.");
    }
    if (count > 1) {
      knobs.put(Knob.CANDIDATES, value);
    }
  }

  /** Writes a request's knobs as members of the object that is being written. */
  public static void write(Map<Knob, RawJson> knobs, JsonWriter out, Losses losses)
      throws Untranslatable {
    for (Map.Entry<Knob, RawJson> each : knobs.entrySet()) {
      RawJson value = each.getValue();
      switch (each.getKey()) {
        case CANDIDATES ->
            throw Untranslatable.request(
                "several_answers",
                "Several answers to one request can't be translated between formats. Ask for one,"
                    + " or call this model in its own format.");
        case CACHED_CONTENT ->
            throw Untranslatable.request(
                "cached_content",
                "A cached content belongs to the vendor that made it. Send the content itself, or"
                    + " call that vendor's model.");
        case MODALITIES -> modalities(value);
        case METADATA -> {
          // OpenAI refuses it unless the answer is kept.
          RawJson store = knobs.get(Knob.STORE);
          if (store != null && store.isTrue()) {
            out.member("metadata", value);
          } else {
            losses.add(Loss.DROPPED, "metadata");
          }
        }
        case TOP_K -> losses.add(Loss.DROPPED, "top_k");
        case SAFETY_SETTINGS -> losses.add(Loss.DROPPED, "safety_settings");
        case MAX_TOKENS -> out.member(MAX_TOKENS, value);
        case END_USER -> out.member("user", value);
        case CACHE_KEY -> out.member("prompt_cache_key", value);
        default -> out.member(each.getKey().name().toLowerCase(Locale.ROOT), value);
      }
    }
  }

  /** Text is what chat answers anyway; what else it may answer would be lost on the way back. */
  private static void modalities(RawJson value) throws Untranslatable {
    String wanted = value.toString();
    if (value.isArray() && !wanted.replaceAll("[\\s\"\\[\\],]", "").equalsIgnoreCase("text")) {
      throw Untranslatable.request(
          "unsupported_modality",
          "Answers other than text can't be translated between formats. Ask for text, or call this"
              + " model in its own format.");
    }
  }

  /** The string of an optional member. */
  public static Optional<RawText> text(RawJson value, String parameter) throws Untranslatable {
    if (value.isNull()) {
      return Optional.empty();
    }
    Optional<RawText> text = value.text();
    if (text.isEmpty()) {
      throw Invalid.type(parameter, "a string", value);
    }
    return text;
  }
}
