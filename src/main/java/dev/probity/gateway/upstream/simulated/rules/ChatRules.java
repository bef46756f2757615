package dev.probity.gateway.upstream.simulated.rules;

import dev.probity.gateway.upstream.simulated.script.Rejection;
import dev.probity.gateway.upstream.simulated.script.Trees;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What OpenAI refuses of a chat completion's body. What compatible servers take besides is let
 * pass: thoughts in messages, and the knobs of {@link #TOLERATED}.
 */
public final class ChatRules {
  private static final Set<String> STRINGS =
      Set.of(
          "model",
          "prompt_cache_key",
          "prompt_cache_retention",
          "reasoning_effort",
          "safety_identifier",
          "service_tier",
          "user",
          "verbosity");
  private static final Set<String> FLAGS =
      Set.of("logprobs", "parallel_tool_calls", "store", "stream");
  private static final Set<String> OBJECTS =
      Set.of(
          "audio",
          "logit_bias",
          "metadata",
          "moderation",
          "prediction",
          "prompt_cache_options",
          "response_format",
          "stream_options",
          "web_search_options");
  private static final Set<String> ARRAYS = Set.of("functions", "messages", "modalities", "tools");
  private static final Set<String> OTHERS = Set.of("function_call", "stop", "tool_choice");
  private static final Set<String> TOLERATED =
      Set.of(
          "chat_template_kwargs",
          "include_reasoning",
          "min_p",
          "reasoning",
          "repetition_penalty",
          "top_k");

  /** Whole numbers and others, with the least and the most that may be. */
  private static final Map<String, Range> NUMBERS =
      Map.of(
          "frequency_penalty", new Range(false, -2, 2),
          "presence_penalty", new Range(false, -2, 2),
          "temperature", new Range(false, 0, 2),
          "top_p", new Range(false, 0, 1),
          "max_completion_tokens", new Range(true, 1, Integer.MAX_VALUE),
          "max_tokens", new Range(true, 1, Integer.MAX_VALUE),
          "n", new Range(true, 1, 128),
          "seed", new Range(true, Long.MIN_VALUE, Long.MAX_VALUE),
          "top_logprobs", new Range(true, 0, 20));

  private record Range(boolean whole, double least, double most) {}

  private ChatRules() {}

  /**
   * Holds a body against the rules.
   *
   * @throws Rejection at the first that it breaks
   */
  public static void check(JsonNode body) {
    for (Map.Entry<String, JsonNode> member : body.properties()) {
      if (!member.getValue().isNull()) {
        type(member.getKey(), member.getValue());
      }
    }
    if (Trees.has(body, "max_tokens") && Trees.has(body, "max_completion_tokens")) {
      throw OpenAiWords.value(
          "max_tokens",
          "Setting 'max_tokens' and 'max_completion_tokens' at the same time is not supported.");
    }
    if (Trees.has(body, "stream_options") && !body.path("stream").asBoolean(false)) {
      throw OpenAiWords.value(
          "stream_options",
          "The 'stream_options' parameter is only allowed when 'stream' is enabled.");
    }
    if (Trees.has(body, "metadata") && !body.path("store").asBoolean(false)) {
      throw OpenAiWords.value(
          "metadata", "The 'metadata' parameter is only allowed when 'store' is enabled.");
    }
    if (body.path("top_logprobs").isNumber() && !body.path("logprobs").asBoolean(false)) {
      throw OpenAiWords.value(
          "top_logprobs",
          "The 'top_logprobs' parameter is only allowed when 'logprobs' is enabled.");
    }
    JsonNode stop = body.path("stop");
    if (stop.isArray() && stop.size() > 4) {
      throw OpenAiWords.value(
          "stop",
          "Invalid 'stop': array too long. Expected an array with maximum length 4, but got an"
              + " array with length "
              + stop.size()
              + " instead.");
    }
    effort(body.path("reasoning_effort"));
    format(body.path("response_format"));
    ChatToolRules.check(body);
    ChatMessageRules.check(body.path("messages"));
  }

  private static void type(String name, JsonNode value) {
    Range range = NUMBERS.get(name);
    if (range != null) {
      number(name, value, range);
    } else if (STRINGS.contains(name)) {
      expect(value.isString(), name, "a string", value);
    } else if (FLAGS.contains(name)) {
      expect(value.isBoolean(), name, "a boolean", value);
    } else if (OBJECTS.contains(name)) {
      expect(value.isObject(), name, "an object", value);
    } else if (ARRAYS.contains(name)) {
      expect(value.isArray(), name, "an array", value);
    } else if (!OTHERS.contains(name) && !TOLERATED.contains(name)) {
      throw OpenAiWords.unknown(name);
    }
  }

  private static void expect(boolean is, String name, String expected, JsonNode value) {
    if (!is) {
      throw OpenAiWords.type(name, expected, value);
    }
  }

  private static void number(String name, JsonNode value, Range range) {
    if (range.whole) {
      expect(value.isIntegralNumber(), name, "an integer", value);
    } else {
      expect(value.isNumber(), name, "a decimal", value);
    }
    double number = value.asDouble();
    if (number < range.least || number > range.most) {
      boolean low = number < range.least;
      throw new Rejection(
          400,
          low ? "integer_below_min_value" : "integer_above_max_value",
          name,
          "Invalid '"
              + name
              + "': integer "
              + (low ? "below minimum" : "above maximum")
              + " value. Expected a value "
              + (low ? ">= " + (long) range.least : "<= " + (long) range.most)
              + ", but got "
              + value
              + " instead.");
    }
  }

  private static void effort(JsonNode effort) {
    Set<String> known = Set.of("none", "minimal", "low", "medium", "high", "xhigh", "max");
    if (effort.isString() && !known.contains(effort.asString())) {
      throw OpenAiWords.value(
          "reasoning_effort",
          "Invalid value: '"
              + effort.asString()
              + "'. Supported values are: 'none', 'minimal', 'low', 'medium', 'high', 'xhigh',"
              + " and 'max'.");
    }
  }

  private static void format(JsonNode format) {
    if (!format.isObject()) {
      return;
    }
    switch (OpenAiWords.text(format, "response_format", "type")) {
      case "text", "json_object" ->
          OpenAiWords.only(format, "response_format", new HashSet<>(Set.of("type")));
      case "json_schema" -> {
        String at = "response_format.json_schema";
        JsonNode schema = OpenAiWords.object(format, "response_format", "json_schema");
        OpenAiWords.only(schema, at, Set.of("name", "description", "schema", "strict"));
        String name = OpenAiWords.text(schema, at, "name");
        ChatToolRules.name(name, at + ".name");
      }
      default ->
          throw OpenAiWords.value(
              "response_format.type",
              "Invalid value: '"
                  + format.path("type").asString()
                  + "'. Supported values are: 'json_object', 'json_schema', and 'text'.");
    }
  }
}
