package dev.probity.gateway.upstream.simulated.rules;

import static dev.probity.gateway.upstream.simulated.rules.GoogleWords.get;
import static dev.probity.gateway.upstream.simulated.rules.GoogleWords.has;
import static dev.probity.gateway.upstream.simulated.rules.GoogleWords.only;

import dev.probity.gateway.upstream.simulated.script.Rejection;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** What Google refuses of the body of a request to generate content. */
public final class GeminiRules {
  private static final Set<String> BODY =
      Set.of(
          "cachedContent",
          "contents",
          "generationConfig",
          "model",
          "safetySettings",
          "serviceTier",
          "store",
          "systemInstruction",
          "toolConfig",
          "tools");
  private static final Set<String> CONFIG =
      Set.of(
          "candidateCount",
          "enableEnhancedCivicAnswers",
          "frequencyPenalty",
          "imageConfig",
          "logprobs",
          "maxOutputTokens",
          "mediaResolution",
          "presencePenalty",
          "responseFormat",
          "responseJsonSchema",
          "responseLogprobs",
          "responseMimeType",
          "responseModalities",
          "responseSchema",
          "seed",
          "speechConfig",
          "stopSequences",
          "temperature",
          "thinkingConfig",
          "topK",
          "topP");
  private static final Set<String> THINKING =
      Set.of("includeThoughts", "thinkingBudget", "thinkingLevel");
  private static final Set<String> LEVELS = Set.of("MINIMAL", "LOW", "MEDIUM", "HIGH");
  private static final int MOST_STOPS = 5;
  private static final Pattern VERSION = Pattern.compile("gemini-(\\d+)");

  private GeminiRules() {}

  /**
   * Holds a body against the rules.
   *
   * @param model as the path names it
   * @throws Rejection at the first that it breaks
   */
  public static void check(JsonNode body, String model) {
    only(body, "", BODY);
    model(body, model);
    boolean third = isThird(model);
    // A name without a version is the newest model's.
    GeminiToolRules.check(body, !isOlder(model));
    new GeminiTurnRules(third).check(get(body, "contents"));
    JsonNode system = get(body, "systemInstruction");
    if (system.isObject()) {
      GeminiTurnRules.parts(system, "system_instruction");
    }
    config(body, model);
  }

  /** A body may name the model again, but no other one. */
  public static void model(JsonNode body, String model) {
    String named = get(body, "model").asString("");
    String plain = named.startsWith("models/") ? named.substring("models/".length()) : named;
    if (!plain.isEmpty() && !plain.equals(model)) {
      throw Rejection.invalid(
          "The model in the request, models/"
              + plain
              + ", does not match the model in the URL, models/"
              + model
              + ".");
    }
  }

  /** Whether the name says that it is of the third generation or a newer one. */
  static boolean isThird(String model) {
    Matcher matcher = VERSION.matcher(model);
    return matcher.find() && Integer.parseInt(matcher.group(1)) >= 3;
  }

  private static boolean isOlder(String model) {
    return VERSION.matcher(model).find() && !isThird(model);
  }

  private static void config(JsonNode body, String model) {
    JsonNode config = get(body, "generationConfig");
    only(config, "generation_config", CONFIG);
    if (get(config, "stopSequences").size() > MOST_STOPS) {
      throw GoogleWords.field(
          "generation_config.stop_sequences",
          "The number of stop sequences must be at most " + MOST_STOPS + ".");
    }
    boolean schema = has(config, "responseSchema") || has(config, "responseJsonSchema");
    boolean json = get(config, "responseMimeType").asString("").equals("application/json");
    if (has(config, "responseSchema") && has(config, "responseJsonSchema")) {
      throw GoogleWords.field(
          "generation_config.response_schema",
          "only one of response_schema and response_json_schema may be set");
    }
    if (schema && !json && !get(config, "responseMimeType").asString("").equals("text/x.enum")) {
      throw GoogleWords.field(
          "generation_config.response_schema",
          "only allowed when response_mime_type is 'application/json' or 'text/x.enum'");
    }
    if (json && isOlder(model) && GeminiToolRules.hasFunctions(body)) {
      throw Rejection.invalid(
          "Function calling with a response mime type: 'application/json' is unsupported");
    }
    thinking(get(config, "thinkingConfig"), model);
  }

  private static void thinking(JsonNode thinking, String model) {
    only(thinking, "generation_config.thinking_config", THINKING);
    if (has(thinking, "thinkingBudget") && has(thinking, "thinkingLevel")) {
      throw Rejection.invalid("You can only set only one of thinking budget and thinking level.");
    }
    JsonNode level = get(thinking, "thinkingLevel");
    if (!level.isMissingNode()) {
      if (!LEVELS.contains(level.asString(""))) {
        throw GoogleWords.value(
            "generation_config.thinking_config.thinking_level",
            "type.googleapis.com/google.ai.generativelanguage.v1beta.ThinkingConfig.ThinkingLevel",
            level);
      }
      if (isOlder(model)) {
        throw Rejection.invalid("Thinking level is not supported for this model.");
      }
    }
  }
}
