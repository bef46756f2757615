package dev.probity.gateway.upstream.simulated.rules;

import static dev.probity.gateway.upstream.simulated.rules.AnthropicWords.wrong;

import dev.probity.gateway.upstream.simulated.script.Rejection;
import dev.probity.gateway.upstream.simulated.script.Sight;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What Anthropic refuses of single messages and their blocks. */
final class MessagesBlockRules {
  private static final String VENDOR = "anthropic";

  private static final Set<String> TEXT = Set.of("type", "text", "cache_control", "citations");
  private static final Map<String, Set<String>> MEMBERS =
      Map.of(
          "text", TEXT,
          "thinking", Set.of("type", "thinking", "signature"),
          "redacted_thinking", Set.of("type", "data"),
          "image", Set.of("type", "source", "cache_control", "transformations"),
          "document", Set.of("type", "source", "cache_control", "citations", "context", "title"),
          "tool_use",
              Set.of("type", "id", "name", "input", "cache_control", "caller", "toolset_name"),
          "tool_result",
              Set.of(
                  "type", "tool_use_id", "content", "is_error", "cache_control", "toolset_name"));
  private static final Set<String> IMAGES =
      Set.of("image/jpeg", "image/png", "image/gif", "image/webp");
  private static final String ID = "[a-zA-Z0-9_-]+";

  private MessagesBlockRules() {}

  static void system(JsonNode system) {
    for (int i = 0; system.isArray() && i < system.size(); i++) {
      JsonNode block = system.get(i);
      AnthropicWords.only(block, "system." + i, TEXT);
      text(block, "system", "system." + i);
    }
  }

  static void messages(JsonNode messages) {
    for (int i = 0; i < messages.size(); i++) {
      JsonNode message = messages.get(i);
      String at = "messages." + i;
      AnthropicWords.only(message, at, Set.of("role", "content", "clear_at", "output_config"));
      JsonNode content = message.path("content");
      boolean last =
          i == messages.size() - 1 && message.path("role").asString("").equals("assistant");
      boolean empty = content.isString() ? content.asString("").isEmpty() : content.isEmpty();
      if (empty && !last) {
        throw wrong(
            at,
            "all messages must have non-empty content except for the optional final assistant"
                + " message");
      }
      for (int k = 0; content.isArray() && k < content.size(); k++) {
        block(content.get(k), at + ".content." + k);
      }
    }
  }

  private static void block(JsonNode block, String at) {
    String type = block.path("type").asString("");
    if (type.isEmpty()) {
      throw wrong(at + ".type", "Field required");
    }
    Set<String> known = MEMBERS.get(type);
    if (known != null) {
      AnthropicWords.only(block, at + "." + type, known);
    }
    switch (type) {
      case "text" -> text(block, "messages", at);
      case "thinking" -> thinking(block, at);
      case "redacted_thinking" -> redacted(block, at);
      case "image" -> image(block, at);
      case "tool_use" -> call(block, at + ".tool_use");
      case "tool_result" -> result(block, at + ".tool_result");
      default -> {}
    }
  }

  private static void text(JsonNode block, String where, String at) {
    AnthropicWords.required(block, at + ".text", "text");
    String text = block.path("text").asString("");
    if (text.isEmpty() && block.has("cache_control")) {
      throw wrong(at + ".text", "cache_control cannot be set for empty text blocks");
    }
    if (text.isEmpty()) {
      throw wrong(where, "text content blocks must be non-empty");
    }
    if (text.isBlank()) {
      throw wrong(where, "text content blocks must contain non-whitespace text");
    }
  }

  private static void thinking(JsonNode block, String at) {
    AnthropicWords.required(block, at + ".thinking", "thinking", "signature");
    String thought = block.path("thinking").asString("");
    if (!isGenuine(block.path("signature").asString(""), thought)) {
      throw wrong(at, "Invalid `signature` in `thinking` block");
    }
  }

  private static void redacted(JsonNode block, String at) {
    if (!isGenuine(block.path("data").asString(""), "")) {
      throw wrong(at, "Invalid `data` in `redacted_thinking` block");
    }
  }

  private static void image(JsonNode block, String at) {
    JsonNode source = block.path("source");
    if (source.path("type").asString("").equals("base64")
        && !IMAGES.contains(source.path("media_type").asString(""))) {
      throw wrong(
          at + ".image.source.base64.media_type",
          "Input should be 'image/jpeg', 'image/png', 'image/gif' or 'image/webp'");
    }
  }

  private static void call(JsonNode block, String at) {
    AnthropicWords.required(block, at, "id", "name", "input");
    AnthropicWords.pattern(block.path("id"), at + ".id", ID);
    AnthropicWords.pattern(block.path("name"), at + ".name", "[a-zA-Z0-9_-]{1,200}");
    if (!block.path("input").isObject()) {
      throw wrong(at + ".input", "Input should be a valid dictionary");
    }
  }

  private static void result(JsonNode block, String at) {
    AnthropicWords.required(block, at, "tool_use_id");
    AnthropicWords.pattern(block.path("tool_use_id"), at + ".tool_use_id", ID);
    JsonNode content = block.path("content");
    for (int i = 0; content.isArray() && i < content.size(); i++) {
      String type = content.get(i).path("type").asString("");
      if (Set.of("thinking", "redacted_thinking", "tool_use", "tool_result").contains(type)) {
        throw Rejection.invalid(
            at + ".content." + i + ": Input tag '" + type + "' found using 'type' does not match");
      }
      block(content.get(i), at + ".content." + i);
    }
  }

  /**
   * Whether the model signed this thought.
   *
   * @param thought may be empty, as one is that was left out of the answer
   */
  private static boolean isGenuine(String signature, String thought) {
    return thought.isEmpty()
        ? Sight.isSealOf(VENDOR, signature)
        : signature.equals(Sight.seal(VENDOR, thought));
  }
}
