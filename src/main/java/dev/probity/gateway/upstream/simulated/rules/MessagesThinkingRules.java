package dev.probity.gateway.upstream.simulated.rules;

import static dev.probity.gateway.upstream.simulated.rules.AnthropicWords.wrong;

import dev.probity.gateway.upstream.simulated.script.Rejection;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What Anthropic refuses of thinking, and of what can't be had with it. */
final class MessagesThinkingRules {
  private static final long LEAST_BUDGET = 1024;
  private static final Set<String> THOUGHTS = Set.of("thinking", "redacted_thinking");

  private MessagesThinkingRules() {}

  static void check(JsonNode body) {
    JsonNode thinking = body.path("thinking");
    if (!thinking.isObject()) {
      return;
    }
    String type = thinking.path("type").asString("");
    switch (type) {
      case "enabled" -> enabled(body, thinking);
      case "adaptive" ->
          AnthropicWords.only(
              thinking, "thinking.adaptive", Set.of("type", "display", "block_binding"));
      case "disabled", "between_tools" -> {
        AnthropicWords.only(thinking, "thinking." + type, Set.of("type"));
        return;
      }
      default ->
          throw wrong(
              "thinking",
              "Input tag '"
                  + type
                  + "' found using 'type' does not match any of the expected tags: 'adaptive',"
                  + " 'between_tools', 'disabled', 'enabled'");
    }
    if (body.has("temperature") && body.path("temperature").asDouble(1) != 1) {
      throw Rejection.invalid(
          "`temperature` may only be set to 1 when thinking is enabled or in adaptive mode.");
    }
    if (body.has("top_k")) {
      throw Rejection.invalid(
          "`top_k` must be unset when thinking is enabled or in adaptive mode.");
    }
  }

  private static void enabled(JsonNode body, JsonNode thinking) {
    String at = "thinking.enabled";
    AnthropicWords.only(thinking, at, Set.of("type", "budget_tokens", "display", "block_binding"));
    AnthropicWords.required(thinking, at, "budget_tokens");
    long budget = thinking.path("budget_tokens").asLong(0);
    if (budget < LEAST_BUDGET) {
      throw wrong(at + ".budget_tokens", "Input should be greater than or equal to 1024");
    }
    if (body.has("max_tokens") && body.path("max_tokens").asLong(0) <= budget) {
      throw Rejection.invalid("`max_tokens` must be greater than `thinking.budget_tokens`.");
    }
    String choice = body.path("tool_choice").path("type").asString("");
    if (choice.equals("any") || choice.equals("tool")) {
      throw Rejection.invalid("Thinking may not be enabled when tool_choice forces tool use.");
    }
    begunWithThought(body.path("messages"));
  }

  /** Since the user last said something other than a tool's result. */
  private static void begunWithThought(JsonNode messages) {
    int said = messages.size() - 1;
    while (said >= 0 && !isSaid(messages.get(said))) {
      said--;
    }
    for (int i = said + 1; i < messages.size(); i++) {
      JsonNode message = messages.get(i);
      if (message.path("role").asString("").equals("assistant")) {
        String first = MessagesTurnRules.type(message.path("content").path(0));
        if (!THOUGHTS.contains(first)) {
          throw wrong(
              "messages." + i + ".content.0.type",
              "Expected `thinking` or `redacted_thinking`, but found `"
                  + (first.isEmpty() ? "text" : first)
                  + "`. When `thinking` is enabled, a final `assistant` message must start with a"
                  + " thinking block (preceeding the lastmost set of `tool_use` and `tool_result`"
                  + " blocks).");
        }
        return;
      }
    }
  }

  private static boolean isSaid(JsonNode message) {
    if (!message.path("role").asString("").equals("user")) {
      return false;
    }
    JsonNode content = message.path("content");
    return !content.isArray()
        || content.valueStream().noneMatch(b -> MessagesTurnRules.type(b).equals("tool_result"));
  }
}
