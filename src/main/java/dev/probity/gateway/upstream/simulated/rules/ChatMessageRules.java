package dev.probity.gateway.upstream.simulated.rules;

import dev.probity.gateway.upstream.simulated.script.Rejection;
import dev.probity.gateway.upstream.simulated.script.Trees;
import java.util.LinkedHashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What OpenAI refuses of the messages: how each looks, and that calls have their results. */
final class ChatMessageRules {
  private static final int MOST_ID = 40;

  private final Set<String> open = new LinkedHashSet<>();
  private boolean inRound;

  private ChatMessageRules() {}

  static void check(JsonNode messages) {
    ChatMessageRules rules = new ChatMessageRules();
    for (int i = 0; i < messages.size(); i++) {
      rules.message(messages.get(i), "messages[" + i + "]");
    }
    rules.expectNone();
  }

  private void message(JsonNode message, String at) {
    if (!message.isObject()) {
      throw OpenAiWords.type(at, "an object", message);
    }
    String role = OpenAiWords.text(message, at, "role");
    if (!role.equals("tool")) {
      expectNone();
      inRound = false;
    }
    switch (role) {
      case "system", "developer" -> {
        OpenAiWords.only(message, at, Set.of("role", "content", "name"));
        content(message, at, Set.of("text"));
      }
      case "user" -> {
        OpenAiWords.only(message, at, Set.of("role", "content", "name"));
        content(message, at, Set.of("text", "image_url", "input_audio", "file", "video_url"));
      }
      case "assistant" -> assistant(message, at);
      case "tool" -> {
        OpenAiWords.only(message, at, Set.of("role", "content", "tool_call_id", "name"));
        content(message, at, Set.of("text"));
        result(message, at);
      }
      case "function" -> OpenAiWords.text(message, at, "name");
      default ->
          throw OpenAiWords.value(
              at + ".role",
              "Invalid value: '"
                  + role
                  + "'. Supported values are: 'system', 'assistant', 'user', 'function', 'tool',"
                  + " and 'developer'.");
    }
  }

  private void assistant(JsonNode message, String at) {
    OpenAiWords.only(
        message,
        at,
        Set.of(
            "role",
            "content",
            "name",
            "refusal",
            "audio",
            "function_call",
            "tool_calls",
            "annotations",
            // The vendor's own SDK sends back what it made of a message.
            "parsed",
            // Compatible servers' own.
            "reasoning_content",
            "reasoning",
            "reasoning_details"));
    boolean calls = Trees.has(message, "tool_calls") || Trees.has(message, "function_call");
    if (Trees.has(message, "content")) {
      content(message, at, Set.of("text", "refusal"));
    } else if (!calls && !Trees.has(message, "audio") && !Trees.has(message, "refusal")) {
      throw OpenAiWords.value(
          at + ".content", "Invalid value for 'content': expected a string, got null.");
    }
    if (!Trees.has(message, "tool_calls")) {
      return;
    }
    JsonNode list = message.path("tool_calls");
    if (!list.isArray()) {
      throw OpenAiWords.type(at + ".tool_calls", "an array of objects", list);
    }
    if (list.isEmpty()) {
      throw OpenAiWords.value(
          at + ".tool_calls",
          "Invalid '"
              + at
              + ".tool_calls': empty array. Expected an array with minimum length 1, but got an"
              + " empty array instead.");
    }
    for (int i = 0; i < list.size(); i++) {
      call(list.get(i), at + ".tool_calls[" + i + "]");
    }
    inRound = true;
  }

  private void call(JsonNode call, String at) {
    if (!call.isObject()) {
      throw OpenAiWords.type(at, "an object", call);
    }
    OpenAiWords.only(call, at, Set.of("id", "type", "function", "custom", "extra_content"));
    String id = OpenAiWords.text(call, at, "id");
    if (id.length() > MOST_ID) {
      throw new Rejection(
          400,
          "string_above_max_length",
          at + ".id",
          "Invalid '"
              + at
              + ".id': string too long. Expected a string with maximum length 40, but got a string"
              + " with length "
              + id.length()
              + " instead.");
    }
    String type = OpenAiWords.text(call, at, "type");
    if (!type.equals("function") && !type.equals("custom")) {
      throw OpenAiWords.value(
          at + ".type",
          "Invalid value: '" + type + "'. Supported values are: 'function' and 'custom'.");
    }
    JsonNode called = OpenAiWords.object(call, at, type);
    ChatToolRules.name(
        OpenAiWords.text(called, at + "." + type, "name"), at + "." + type + ".name");
    OpenAiWords.text(called, at + "." + type, type.equals("custom") ? "input" : "arguments");
    open.add(id);
  }

  private void result(JsonNode message, String at) {
    String id = OpenAiWords.text(message, at, "tool_call_id");
    if (!inRound || !open.remove(id)) {
      throw OpenAiWords.value(
          at + ".role",
          "Invalid parameter: messages with role 'tool' must be a response to a preceding message"
              + " with 'tool_calls'.");
    }
  }

  private void expectNone() {
    if (!open.isEmpty()) {
      throw new Rejection(
          400,
          "",
          "messages",
          "An assistant message with 'tool_calls' must be followed by tool messages responding to"
              + " each 'tool_call_id'. The following tool_call_ids did not have response messages: "
              + String.join(", ", open));
    }
  }

  private static void content(JsonNode message, String at, Set<String> types) {
    JsonNode content = message.path("content");
    if (content.isString()) {
      return;
    }
    if (content.isMissingNode()) {
      throw OpenAiWords.missing(at + ".content");
    }
    if (!content.isArray()) {
      throw OpenAiWords.type(at + ".content", "one of a string or array of objects", content);
    }
    for (int i = 0; i < content.size(); i++) {
      part(content.get(i), at + ".content[" + i + "]", types);
    }
  }

  private static void part(JsonNode part, String at, Set<String> types) {
    if (!part.isObject()) {
      throw OpenAiWords.type(at, "an object", part);
    }
    String type = OpenAiWords.text(part, at, "type");
    if (!types.contains(type)) {
      throw OpenAiWords.value(
          at + ".type",
          "Invalid value: '"
              + type
              + "'. Supported values are: "
              + String.join(", ", types.stream().sorted().map(each -> "'" + each + "'").toList())
              + ".");
    }
    OpenAiWords.only(part, at, Set.of("type", type, "prompt_cache_breakpoint", "cache_control"));
    switch (type) {
      case "text", "refusal" -> OpenAiWords.text(part, at, type);
      case "image_url", "video_url" -> {
        JsonNode image = OpenAiWords.object(part, at, type);
        OpenAiWords.only(image, at + "." + type, Set.of("url", "detail"));
        url(OpenAiWords.text(image, at + "." + type, "url"), at + "." + type + ".url");
      }
      case "input_audio" -> {
        JsonNode audio = OpenAiWords.object(part, at, type);
        OpenAiWords.text(audio, at + ".input_audio", "data");
        if (!Set.of("wav", "mp3")
            .contains(OpenAiWords.text(audio, at + ".input_audio", "format"))) {
          throw OpenAiWords.value(
              at + ".input_audio.format", "Supported values are: 'wav' and 'mp3'.");
        }
      }
      default -> file(OpenAiWords.object(part, at, type), at + ".file");
    }
  }

  private static void file(JsonNode file, String at) {
    OpenAiWords.only(file, at, Set.of("file_data", "file_id", "filename"));
    if (Trees.has(file, "file_id")) {
      return;
    }
    String data = OpenAiWords.text(file, at, "file_data");
    OpenAiWords.text(file, at, "filename");
    if (!data.startsWith("data:") || !data.contains(";base64,")) {
      throw OpenAiWords.value(
          at + ".file_data",
          "Invalid file data: expected a base64-encoded data URL with a MIME type.");
    }
  }

  private static void url(String url, String at) {
    boolean fine =
        url.startsWith("https://")
            || url.startsWith("http://")
            || url.startsWith("data:") && url.contains(";base64,");
    if (!fine) {
      throw new Rejection(
          400,
          "invalid_image_url",
          at,
          "Invalid '" + at + "'. Expected a valid URL, but got a value with an invalid format.");
    }
  }
}
