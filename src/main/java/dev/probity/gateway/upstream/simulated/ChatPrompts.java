package dev.probity.gateway.upstream.simulated;

import dev.probity.gateway.upstream.simulated.rules.ChatRules;
import dev.probity.gateway.upstream.simulated.script.Offered;
import dev.probity.gateway.upstream.simulated.script.Prompt;
import dev.probity.gateway.upstream.simulated.script.Rejection;
import dev.probity.gateway.upstream.simulated.script.Sight;
import dev.probity.gateway.upstream.simulated.script.Trees;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Reads a chat completion's request. */
final class ChatPrompts {
  /** The schema of an answer that must be some JSON object. */
  static JsonNode anyObject() {
    return Trees.object("const", Trees.object("simulated", true));
  }

  private ChatPrompts() {}

  static Prompt read(Call call) {
    JsonNode body = call.body();
    call.required("model", Vendor.OPENAI);
    JsonNode messages = body.path("messages");
    if (!messages.isArray()) {
      throw Vendor.OPENAI.missing("messages");
    }
    if (messages.isEmpty()) {
      throw new Rejection(
          400,
          "empty_array",
          "messages",
          "Invalid 'messages': empty array. Expected an array with minimum length 1, but got an"
              + " empty array instead.");
    }
    ChatRules.check(body);
    Prompt.Reading reading = new Prompt.Reading();
    reading.shows(new Sight("chat", messages));
    tools(body.path("tools"), reading);
    messages.forEach(message -> message(message, reading));
    choice(body.path("tool_choice"), reading);
    String effort = body.path("reasoning_effort").asString("");
    reading.reasons(!Set.of("", "none", "minimal").contains(effort));
    format(body.path("response_format"), reading);
    reading.limit(body.path("max_completion_tokens").asLong(body.path("max_tokens").asLong(0)));
    return reading.done();
  }

  /** The text of a message's content: a string, or parts of which some have text. */
  static String text(JsonNode content) {
    if (!content.isArray()) {
      return content.asString("");
    }
    StringBuilder text = new StringBuilder();
    for (JsonNode part : content) {
      String piece = part.path("text").asString("");
      text.append(text.isEmpty() || piece.isEmpty() ? "" : "\n").append(piece);
    }
    return text.toString();
  }

  /** A forced choice of a tool, which chat and responses write almost alike. */
  static void choice(JsonNode choice, Prompt.Reading reading) {
    String word = choice.asString("");
    switch (word) {
      case "none" -> reading.choose("none");
      case "required" -> reading.choose("any");
      default -> {
        JsonNode named = choice.path(choice.path("type").asString("function"));
        reading.choose(named.path("name").asString(choice.path("name").asString("")));
      }
    }
  }

  private static void tools(JsonNode tools, Prompt.Reading reading) {
    for (JsonNode tool : tools) {
      reading.segments().add(tool);
      String type = tool.path("type").asString("function");
      JsonNode definition = tool.path(type);
      reading
          .tools()
          .add(
              new Offered(
                  definition.path("name").asString(""),
                  "",
                  type.equals("custom"),
                  definition.path("parameters")));
    }
  }

  private static void message(JsonNode message, Prompt.Reading reading) {
    reading.segments().add(message);
    switch (message.path("role").asString("")) {
      case "user" -> reading.user(text(message.path("content")));
      case "assistant" -> {
        if (!message.path("tool_calls").isEmpty()) {
          reading.called();
        }
      }
      case "tool", "function" -> reading.result(text(message.path("content")));
      case "system", "developer" -> {}
      default ->
          throw new Rejection(
              400,
              "invalid_value",
              "messages[0].role",
              "Invalid value: '"
                  + message.path("role").asString("")
                  + "'. Supported values are: 'system', 'assistant', 'user', 'function', 'tool',"
                  + " and 'developer'.");
    }
  }

  private static void format(JsonNode format, Prompt.Reading reading) {
    switch (format.path("type").asString("")) {
      case "json_schema" -> reading.answersIn(format.path("json_schema").path("schema"));
      case "json_object" -> reading.answersIn(anyObject());
      default -> {}
    }
  }
}
