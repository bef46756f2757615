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
 * @param pieces the text, too, where a stream says in pieces something else than at the end (as
 *     recordings do that were shortened by hand); else the text
 * @param calls of the client's tools, each {@code NAME ARGUMENTS}; plain text, as custom tools take
 *     it, is the same alone and as an object's only member {@code input}
 * @param input tokens, the cache's with them
 * @param output tokens, the thoughts' with them
 * @param failure whether it says that it failed
 */
record Told(
    String text, String pieces, List<String> calls, long input, long output, boolean failure) {
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
    private final StringBuilder pieces = new StringBuilder();
    private final Map<Integer, StringBuilder> open = new TreeMap<>();
    private final List<String> calls = new ArrayList<>();
    private long input;
    private long output;
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
        input = usage.path("prompt_tokens").asLong();
        // Some count thoughts in the total alone.
        output =
            Math.max(
                usage.path("completion_tokens").asLong(),
                usage.path("total_tokens").asLong(0) - input);
      }
    }

    void responses(JsonNode frame) {
      String type = frame.path("type").asString("");
      switch (type) {
        case "error", "response.failed" -> failure = true;
        case "response.output_text.delta", "response.refusal.delta" ->
            pieces.append(frame.path("delta").asString(""));
        // What is said when an item is done is whole; some recordings of deltas were shortened.
        case "response.output_item.done" -> item(frame.path("item"));
        case "response.completed", "response.incomplete" -> usage(frame.path("response"));
        case "" -> {
          failure |= frame.path("error").isObject();
          frame.path("output").forEach(this::item);
          usage(frame);
        }
        default -> {}
      }
    }

    private void item(JsonNode item) {
      String namespace = item.path("namespace").asString("");
      String name = (namespace.isEmpty() ? "" : namespace + "__") + item.path("name").asString("");
      switch (item.path("type").asString("")) {
        case "message" -> {
          for (JsonNode part : item.path("content")) {
            text.append(part.path("text").asString("")).append(part.path("refusal").asString(""));
          }
        }
        case "function_call" -> calls.add(name + " " + item.path("arguments").asString(""));
        case "custom_tool_call" -> calls.add(name + " " + item.path("input").asString(""));
        default -> {}
      }
    }

    private void usage(JsonNode response) {
      input = response.at("/usage/input_tokens").asLong(0);
      output = response.at("/usage/output_tokens").asLong(0);
    }

    void messages(JsonNode frame) {
      switch (frame.path("type").asString("")) {
        case "error" -> failure = true;
        case "message_start" -> {
          // A message that goes on has what was said before in it.
          int index = -1000;
          for (JsonNode block : frame.at("/message/content")) {
            block(index++, block);
          }
          anthropic(frame.at("/message/usage"));
        }
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
      if (usage.path("iterations").isArray() && !usage.path("iterations").isEmpty()) {
        // The sums beside leave some of them out.
        input = usage.path("iterations").valueStream().mapToLong(Reading::anthropicInput).sum();
        output =
            usage
                .path("iterations")
                .valueStream()
                .mapToLong(each -> each.path("output_tokens").asLong(0))
                .sum();
        return;
      }
      if (usage.path("input_tokens").isNumber()) {
        input = anthropicInput(usage);
      }
      output = usage.path("output_tokens").asLong(output);
    }

    private static long anthropicInput(JsonNode usage) {
      return usage.path("input_tokens").asLong(0)
          + usage.path("cache_read_input_tokens").asLong(0)
          + usage.path("cache_creation_input_tokens").asLong(0);
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
          pieces.isEmpty() ? text.toString() : pieces.toString(),
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
        JsonNode json = JsonMapper.shared().readTree(arguments.isEmpty() ? "{}" : arguments);
        boolean wrapped = json.size() == 1 && json.path("input").isString();
        return name + " " + (wrapped ? json.path("input").stringValue() : json);
      } catch (JacksonException notJson) {
        return name + " " + arguments;
      }
    }
  }
}
