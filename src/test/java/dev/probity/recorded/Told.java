package dev.probity.recorded;

import dev.probity.gateway.Dialect;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an answer says, read plainly out of its frames, so that answers of two dialects can be held
 * against each other.
 *
 * @param text without thoughts
 * @param calls of the client's tools, each {@code NAME ARGUMENTS}
 * @param input tokens, the cache's with them; -1 if not said
 * @param output tokens, the thoughts' with them; -1 if not said
 * @param failure whether it says that it failed
 */
record Told(String text, List<String> calls, long input, long output, boolean failure) {
  static Told read(Dialect dialect, List<JsonNode> frames) {
    Reading reading = new Reading();
    for (JsonNode frame : frames) {
      switch (dialect) {
        case CHAT -> reading.chat(frame);
        case RESPONSES -> reading.responses(frame);
        case MESSAGES -> reading.messages(frame);
        case GEMINI -> reading.gemini(frame);
      }
    }
    return reading.done();
  }

  private static final class Reading {
    private final StringBuilder text = new StringBuilder();
    private final Map<Integer, StringBuilder> open = new TreeMap<>();
    private final List<String> calls = new ArrayList<>();
    private long input = -1;
    private long output = -1;
    private boolean failure;

    void chat(JsonNode frame) {
      failure |= frame.path("error").isObject();
      JsonNode choice = frame.path("choices").path(0);
      JsonNode said = choice.has("delta") ? choice.path("delta") : choice.path("message");
      text.append(said.path("content").asString("")).append(said.path("refusal").asString(""));
      int position = 0;
      for (JsonNode call : said.path("tool_calls")) {
        JsonNode function = call.has("custom") ? call.path("custom") : call.path("function");
        int index = call.path("index").asInt(position++);
        StringBuilder whole = open.computeIfAbsent(index, _ -> new StringBuilder());
        String name = function.path("name").asString("");
        whole.append(name.isEmpty() ? "" : name + " ");
        whole.append(function.path("arguments").asString(function.path("input").asString("")));
      }
      JsonNode usage = frame.path("usage");
      if (usage.has("prompt_tokens")) {
        input = usage.path("prompt_tokens").asLong(-1);
        output = usage.path("completion_tokens").asLong(-1);
      }
    }

    void responses(JsonNode frame) {
      String type = frame.path("type").asString("");
      switch (type) {
        case "error", "response.failed" -> failure = true;
        case "response.output_text.delta", "response.refusal.delta" ->
            text.append(frame.path("delta").asString(""));
        case "response.output_item.done" -> call(frame.path("item"));
        case "response.completed", "response.incomplete" -> usage(frame.path("response"));
        case "" -> {
          failure |= frame.path("error").isObject();
          for (JsonNode item : frame.path("output")) {
            for (JsonNode part : item.path("content")) {
              boolean said = item.path("type").asString("").equals("message");
              text.append(said ? part.path("text").asString("") : "");
              text.append(part.path("refusal").asString(""));
            }
            call(item);
          }
          usage(frame);
        }
        default -> {}
      }
    }

    private void call(JsonNode item) {
      String name = item.path("name").asString("");
      switch (item.path("type").asString("")) {
        case "function_call" -> calls.add(name + " " + item.path("arguments").asString(""));
        case "custom_tool_call" -> calls.add(name + " " + item.path("input").asString(""));
        default -> {}
      }
    }

    private void usage(JsonNode response) {
      input = response.at("/usage/input_tokens").asLong(-1);
      output = response.at("/usage/output_tokens").asLong(-1);
    }

    void messages(JsonNode frame) {
      switch (frame.path("type").asString("")) {
        case "error" -> failure = true;
        case "message_start" -> anthropic(frame.at("/message/usage"));
        case "message_delta" -> anthropic(frame.path("usage"));
        case "content_block_start" ->
            block(frame.path("index").asInt(), frame.path("content_block"));
        case "content_block_delta" -> {
          JsonNode delta = frame.path("delta");
          text.append(delta.path("text").asString(""));
          StringBuilder call = open.get(frame.path("index").asInt());
          if (call != null) {
            call.append(delta.path("partial_json").asString(""));
          }
        }
        case "message" -> {
          int index = 0;
          for (JsonNode block : frame.path("content")) {
            block(index++, block);
          }
          anthropic(frame.path("usage"));
        }
        default -> {}
      }
    }

    private void block(int index, JsonNode block) {
      switch (block.path("type").asString("")) {
        case "text" -> text.append(block.path("text").asString(""));
        case "tool_use" -> {
          JsonNode given = block.path("input");
          open.put(
              index,
              new StringBuilder(block.path("name").asString(""))
                  .append(' ')
                  .append(given.isEmpty() ? "" : given.toString()));
        }
        default -> {}
      }
    }

    private void anthropic(JsonNode usage) {
      if (usage.path("input_tokens").isNumber()) {
        input =
            usage.path("input_tokens").asLong()
                + usage.path("cache_read_input_tokens").asLong(0)
                + usage.path("cache_creation_input_tokens").asLong(0);
      }
      output = usage.path("output_tokens").asLong(output);
    }

    void gemini(JsonNode frame) {
      failure |= frame.path("error").isObject();
      for (JsonNode part : frame.at("/candidates/0/content/parts")) {
        if (!part.path("thought").asBoolean(false)) {
          text.append(part.path("text").asString(""));
        }
        if (part.has("functionCall")) {
          JsonNode call = part.path("functionCall");
          calls.add(call.path("name").asString("") + " " + call.path("args"));
        }
      }
      JsonNode usage = frame.path("usageMetadata");
      if (usage.has("promptTokenCount")) {
        input =
            usage.path("promptTokenCount").asLong()
                + usage.path("toolUsePromptTokenCount").asLong(0);
        output =
            usage.path("candidatesTokenCount").asLong(0)
                + usage.path("thoughtsTokenCount").asLong(0);
      }
    }

    Told done() {
      open.values().forEach(call -> calls.add(call.toString()));
      return new Told(
          text.toString(),
          calls.stream().map(Reading::plain).sorted().toList(),
          input,
          output,
          failure);
    }

    /** Arguments as JSON writes them shortest, as far as they are JSON. */
    private static String plain(String call) {
      int space = call.indexOf(' ');
      String arguments = space < 0 ? "" : call.substring(space + 1).strip();
      String name = space < 0 ? call : call.substring(0, space);
      try {
        return name + " " + (arguments.isEmpty() ? "{}" : JsonMapper.shared().readTree(arguments));
      } catch (JacksonException notJson) {
        return name + " " + arguments;
      }
    }
  }
}
