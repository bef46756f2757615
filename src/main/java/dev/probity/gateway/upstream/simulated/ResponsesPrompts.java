package dev.probity.gateway.upstream.simulated;

import dev.probity.gateway.upstream.simulated.script.Offered;
import dev.probity.gateway.upstream.simulated.script.Prompt;
import dev.probity.gateway.upstream.simulated.script.Sight;
import dev.probity.gateway.upstream.simulated.script.Trees;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Reads a request to create a response. */
final class ResponsesPrompts {
  private ResponsesPrompts() {}

  static Prompt read(Call call) {
    JsonNode body = call.body();
    call.required("model", Vendor.OPENAI);
    JsonNode input = body.path("input");
    if (!input.isArray() && !input.isString()) {
      throw Vendor.OPENAI.missing("input");
    }
    Prompt.Reading reading = new Prompt.Reading();
    reading.shows(new Sight(ResponsesSimulation.SEAL, input));
    tools(body.path("tools"), reading);
    if (Trees.has(body, "instructions")) {
      reading.segments().add(body.path("instructions"));
    }
    if (input.isString()) {
      reading.segments().add(input);
      reading.user(input.stringValue());
    } else {
      input.forEach(item -> item(item, reading));
    }
    ChatPrompts.choice(body.path("tool_choice"), reading);
    reading.reasons(reasons(body));
    JsonNode format = body.path("text").path("format");
    switch (format.path("type").asString("")) {
      case "json_schema" -> reading.answersIn(format.path("schema"));
      case "json_object" -> reading.answersIn(ChatPrompts.anyObject());
      default -> {}
    }
    reading.limit(body.path("max_output_tokens").asLong(0));
    return reading.done();
  }

  private static boolean reasons(JsonNode body) {
    JsonNode reasoning = body.path("reasoning");
    String effort = reasoning.path("effort").asString("");
    return reasoning.isObject()
        && !reasoning.isEmpty()
        && !Set.of("none", "minimal").contains(effort);
  }

  private static void tools(JsonNode tools, Prompt.Reading reading) {
    for (JsonNode tool : tools) {
      reading.segments().add(tool);
      offer(tool, "", reading);
    }
  }

  /** A tool, or a namespace of them; the provider's own tools have no name and are not called. */
  private static void offer(JsonNode tool, String namespace, Prompt.Reading reading) {
    String type = tool.path("type").asString("");
    String name = tool.path("name").asString("");
    if (type.equals("namespace")) {
      tool.path("tools").forEach(inner -> offer(inner, name, reading));
    } else if (type.equals("function") || type.equals("custom")) {
      reading
          .tools()
          .add(new Offered(name, namespace, type.equals("custom"), tool.path("parameters")));
    }
  }

  private static void item(JsonNode item, Prompt.Reading reading) {
    reading.segments().add(item);
    String type = item.path("type").asString("message");
    if (type.equals("message")) {
      if (item.path("role").asString("").equals("user")) {
        reading.user(ChatPrompts.text(item.path("content")));
      }
    } else if (type.equals("additional_tools")) {
      item.path("tools").forEach(tool -> offer(tool, "", reading));
    } else if (type.endsWith("_call")) {
      reading.called();
    } else if (type.endsWith("_call_output")) {
      reading.result(ChatPrompts.text(item.path("output")));
    }
  }
}
