package dev.probity.gateway.upstream.simulated;

import dev.probity.gateway.upstream.simulated.script.Offered;
import dev.probity.gateway.upstream.simulated.script.Prompt;
import dev.probity.gateway.upstream.simulated.script.Sight;
import dev.probity.gateway.upstream.simulated.script.Trees;
import tools.jackson.databind.JsonNode;

/** Reads a request to generate content; Google takes names in camel and in snake case. */
final class GeminiPrompts {
  private GeminiPrompts() {}

  static Prompt read(JsonNode body) {
    JsonNode contents = body.path("contents");
    if (contents.isMissingNode() || contents.isEmpty()) {
      throw Vendor.GOOGLE.missing("contents");
    }
    Prompt.Reading reading = new Prompt.Reading();
    reading.shows(new Sight(GeminiSimulation.SEAL, contents));
    tools(body.path("tools"), reading);
    JsonNode system = either(body, "systemInstruction", "system_instruction");
    if (!system.isMissingNode()) {
      reading.segments().add(system);
    }
    for (JsonNode content : contents.isArray() ? contents : Trees.array(contents)) {
      content(content, reading);
    }
    choice(either(body, "toolConfig", "tool_config"), reading);
    generation(either(body, "generationConfig", "generation_config"), reading);
    return reading.done();
  }

  static JsonNode either(JsonNode object, String camel, String snake) {
    return object.has(camel) ? object.path(camel) : object.path(snake);
  }

  /** The text of a content's parts, without its thoughts. */
  static String text(JsonNode content) {
    StringBuilder text = new StringBuilder();
    for (JsonNode part : content.path("parts")) {
      if (part.has("text") && !part.path("thought").asBoolean(false)) {
        text.append(text.isEmpty() ? "" : "\n").append(part.path("text").asString(""));
      }
    }
    return text.toString();
  }

  private static void tools(JsonNode tools, Prompt.Reading reading) {
    for (JsonNode tool : tools) {
      reading.segments().add(tool);
      for (JsonNode function : either(tool, "functionDeclarations", "function_declarations")) {
        JsonNode json = either(function, "parametersJsonSchema", "parameters_json_schema");
        reading
            .tools()
            .add(
                new Offered(
                    function.path("name").asString(""),
                    "",
                    false,
                    json.isMissingNode() ? function.path("parameters") : json));
      }
    }
  }

  private static void content(JsonNode content, Prompt.Reading reading) {
    reading.segments().add(content);
    boolean results = false;
    for (JsonNode part : content.path("parts")) {
      JsonNode result = either(part, "functionResponse", "function_response");
      if (!result.isMissingNode()) {
        results = true;
        JsonNode output = result.path("response").path("output");
        reading.result(
            output.isString() ? output.stringValue() : Trees.text(result.path("response")));
      } else if (!either(part, "functionCall", "function_call").isMissingNode()) {
        reading.called();
      }
    }
    if (!results && !content.path("role").asString("user").equals("model")) {
      reading.user(text(content));
    }
  }

  private static void choice(JsonNode config, Prompt.Reading reading) {
    JsonNode calling = either(config, "functionCallingConfig", "function_calling_config");
    switch (calling.path("mode").asString("")) {
      case "NONE" -> reading.choose("none");
      case "ANY" ->
          reading.choose(
              either(calling, "allowedFunctionNames", "allowed_function_names")
                  .path(0)
                  .asString("any"));
      default -> {}
    }
  }

  private static void generation(JsonNode config, Prompt.Reading reading) {
    JsonNode thinking = either(config, "thinkingConfig", "thinking_config");
    boolean off =
        either(thinking, "thinkingBudget", "thinking_budget").asLong(1) == 0
            || thinking.path("thinkingLevel").asString("").equalsIgnoreCase("minimal");
    reading.reasons(thinking.isObject() && !off);
    JsonNode json = either(config, "responseJsonSchema", "response_json_schema");
    JsonNode schema =
        json.isMissingNode() ? either(config, "responseSchema", "response_schema") : json;
    if (schema.isObject()) {
      reading.answersIn(schema);
    } else if (either(config, "responseMimeType", "response_mime_type")
        .asString("")
        .equals("application/json")) {
      reading.answersIn(ChatPrompts.anyObject());
    }
    reading.limit(either(config, "maxOutputTokens", "max_output_tokens").asLong(0));
  }
}
