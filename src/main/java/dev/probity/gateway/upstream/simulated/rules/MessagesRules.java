package dev.probity.gateway.upstream.simulated.rules;

import static dev.probity.gateway.upstream.simulated.rules.AnthropicWords.wrong;

import dev.probity.gateway.upstream.simulated.script.Rejection;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What Anthropic refuses of a messages request. */
public final class MessagesRules {
  private static final Set<String> KNOWN =
      Set.of(
          "billing_policy",
          "cache_control",
          "compaction",
          "container",
          "context_management",
          "diagnostics",
          "fallback_credit_token",
          "fallbacks",
          "inference_geo",
          "max_tokens",
          "mcp_servers",
          "messages",
          "metadata",
          "model",
          "output_config",
          "output_format",
          "service_tier",
          "speed",
          "stop_sequences",
          "stream",
          "system",
          "temperature",
          "thinking",
          "thread",
          "tool_choice",
          "tools",
          "top_k",
          "top_p",
          "user_profile_id",
          "workspace_id");
  private static final Set<String> TIERS = Set.of("auto", "standard_only");
  private static final Set<String> EFFORTS = Set.of("low", "medium", "high", "xhigh", "max");
  private static final int MOST_MARKS = 4;

  private MessagesRules() {}

  /**
   * Holds a request against the rules.
   *
   * @param body with messages, one at least
   * @throws Rejection in Anthropic's words
   */
  public static void check(JsonNode body) {
    AnthropicWords.only(body, "", KNOWN);
    sampling(body);
    AnthropicWords.only(body.path("metadata"), "metadata", Set.of("user_id"));
    if (body.has("service_tier") && !TIERS.contains(body.path("service_tier").asString(""))) {
      throw wrong("service_tier", "Input should be 'auto' or 'standard_only'");
    }
    for (JsonNode sequence : body.path("stop_sequences")) {
      if (sequence.asString("").isBlank()) {
        throw wrong("stop_sequences", "each stop sequence must contain non-whitespace");
      }
    }
    outputConfig(body);
    MessagesToolRules.check(body);
    MessagesBlockRules.system(body.path("system"));
    MessagesBlockRules.messages(body.path("messages"));
    MessagesTurnRules.check(body.path("messages"));
    MessagesThinkingRules.check(body);
    int marks = marks(body);
    if (marks > MOST_MARKS) {
      throw Rejection.invalid(
          "A maximum of 4 blocks with cache_control may be provided. Found " + marks + ".");
    }
  }

  private static void sampling(JsonNode body) {
    range(body, "temperature");
    range(body, "top_p");
    if (body.has("top_k") && body.path("top_k").asLong(-1) < 0) {
      throw wrong("top_k", "Input should be greater than or equal to 0");
    }
  }

  private static void range(JsonNode body, String name) {
    double value = body.path(name).asDouble(0);
    if (value < 0 || value > 1) {
      throw wrong(name, "range: 0..1");
    }
  }

  private static void outputConfig(JsonNode body) {
    JsonNode config = body.path("output_config");
    AnthropicWords.only(config, "output_config", Set.of("effort", "format", "task_budget"));
    if (config.path("effort").isString() && !EFFORTS.contains(config.path("effort").asString(""))) {
      throw wrong(
          "output_config.effort", "Input should be 'low', 'medium', 'high', 'xhigh' or 'max'");
    }
    schema(config.path("format").path("schema"), "output_config.format.schema");
    schema(body.path("output_format").path("schema"), "output_format.schema");
  }

  static void schema(JsonNode schema, String at) {
    boolean object = schema.path("type").asString("").equals("object");
    if (object && schema.path("additionalProperties").asBoolean(true)) {
      throw wrong(at, "For 'object' type, 'additionalProperties' must be explicitly set to false");
    }
    for (JsonNode inner : schema) {
      if (inner.isContainer()) {
        schema(inner, at);
      }
    }
  }

  private static int marks(JsonNode node) {
    int marks = node.path("cache_control").isObject() ? 1 : 0;
    for (JsonNode inner : node) {
      if (inner.isContainer()) {
        marks += marks(inner);
      }
    }
    return marks;
  }
}
