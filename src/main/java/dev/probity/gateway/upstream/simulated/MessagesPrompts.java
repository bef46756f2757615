package dev.probity.gateway.upstream.simulated;

import dev.probity.gateway.upstream.simulated.rules.MessagesRules;
import dev.probity.gateway.upstream.simulated.script.Offered;
import dev.probity.gateway.upstream.simulated.script.Prompt;
import dev.probity.gateway.upstream.simulated.script.Rejection;
import dev.probity.gateway.upstream.simulated.script.Segments;
import dev.probity.gateway.upstream.simulated.script.Sight;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads a messages request, in the order in which Anthropic's cache does: tools, system, messages.
 */
final class MessagesPrompts {
  private MessagesPrompts() {}

  /** The whole request, as {@code /v1/messages} takes it. */
  static Prompt read(Call call) {
    if (!call.body().path("max_tokens").isNumber()) {
      throw Vendor.ANTHROPIC.missing("max_tokens");
    }
    if (call.body().path("max_tokens").asLong(0) < 1) {
      throw Rejection.invalid("max_tokens: Input should be greater than or equal to 1");
    }
    Prompt.Reading reading = reading(call);
    reading.limit(call.body().path("max_tokens").asLong(0));
    return reading.done();
  }

  /** What counting tokens needs of it. */
  static Prompt readForCounting(Call call) {
    return reading(call).done();
  }

  private static Prompt.Reading reading(Call call) {
    JsonNode body = call.body();
    if (call.header().apply("anthropic-version").isEmpty()) {
      throw Rejection.invalid("anthropic-version: header is required");
    }
    call.required("model", Vendor.ANTHROPIC);
    JsonNode messages = body.path("messages");
    if (!messages.isArray()) {
      throw Vendor.ANTHROPIC.missing("messages");
    }
    if (messages.isEmpty()) {
      throw Rejection.invalid("messages: at least one message is required");
    }
    MessagesRules.check(body);
    Prompt.Reading reading = new Prompt.Reading();
    reading.shows(new Sight(MessagesSimulation.SEAL, messages));
    tools(body.path("tools"), reading);
    blocks(body.path("system"), reading);
    for (int i = 0; i < messages.size(); i++) {
      // A mark on the whole request means its last block.
      boolean last = i == messages.size() - 1;
      message(messages.get(i), i, last ? body.path("cache_control") : messages.path(-1), reading);
    }
    choice(body.path("tool_choice"), reading);
    String thinking = body.path("thinking").path("type").asString("");
    reading.reasons(!thinking.isEmpty() && !thinking.equals("disabled"));
    JsonNode format = body.path("output_config").path("format");
    format = format.isMissingNode() ? body.path("output_format") : format;
    if (format.has("schema")) {
      reading.answersIn(format.path("schema"));
    }
    return reading;
  }

  private static void tools(JsonNode tools, Prompt.Reading reading) {
    for (JsonNode tool : tools) {
      add(tool, tool.path("cache_control"), reading);
      reading
          .tools()
          .add(new Offered(tool.path("name").asString(""), "", false, tool.path("input_schema")));
    }
  }

  private static void choice(JsonNode choice, Prompt.Reading reading) {
    switch (choice.path("type").asString("")) {
      case "none" -> reading.choose("none");
      case "any" -> reading.choose("any");
      case "tool" -> reading.choose(choice.path("name").asString(""));
      default -> {}
    }
  }

  private static void message(
      JsonNode message, int index, JsonNode lastMark, Prompt.Reading reading) {
    JsonNode content = message.path("content");
    if (!content.isString() && !content.isArray()) {
      throw Vendor.ANTHROPIC.missing("messages." + index + ".content");
    }
    if (content.isString()) {
      add(content, lastMark, reading);
    }
    for (int i = 0; content.isArray() && i < content.size(); i++) {
      JsonNode block = content.get(i);
      boolean marked = block.has("cache_control") || i < content.size() - 1;
      add(block, marked ? block.path("cache_control") : lastMark, reading);
    }
    switch (message.path("role").asString("")) {
      case "user" -> user(content, reading);
      case "assistant" -> {
        if (has(content, "tool_use")) {
          reading.called();
        }
      }
      case "system" -> {}
      default ->
          throw Rejection.invalid(
              "messages." + index + ".role: Input should be 'user' or 'assistant'");
    }
  }

  private static void user(JsonNode content, Prompt.Reading reading) {
    if (!has(content, "tool_result")) {
      reading.user(ChatPrompts.text(content));
      return;
    }
    for (JsonNode block : content) {
      if (block.path("type").asString("").equals("tool_result")) {
        reading.result(ChatPrompts.text(block.path("content")));
      }
    }
  }

  private static boolean has(JsonNode content, String type) {
    return content.isArray()
        && content.valueStream().anyMatch(block -> type.equals(block.path("type").asString("")));
  }

  private static void blocks(JsonNode system, Prompt.Reading reading) {
    if (system.isString()) {
      reading.segments().add(system);
    }
    if (system.isArray()) {
      system.forEach(block -> add(block, block.path("cache_control"), reading));
    }
  }

  /** The mark itself is no part of what is cached: it moves from turn to turn. */
  private static void add(JsonNode block, JsonNode mark, Prompt.Reading reading) {
    JsonNode plain = block;
    if (block.has("cache_control")) {
      ObjectNode copy = ((ObjectNode) block).objectNode();
      copy.setAll((ObjectNode) block);
      copy.remove("cache_control");
      plain = copy;
    }
    reading.segments().add(plain, mark(mark));
  }

  private static Segments.Mark mark(JsonNode control) {
    if (!control.path("type").asString("").equals("ephemeral")) {
      return Segments.Mark.NONE;
    }
    return control.path("ttl").asString("5m").equals("1h")
        ? Segments.Mark.ONE_HOUR
        : Segments.Mark.FIVE_MINUTES;
  }
}
