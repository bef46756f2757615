package dev.probity.gateway.openai;

import dev.probity.gateway.json.JsonPaths;
import dev.probity.gateway.json.JsonScanner;

/**
 * Where chat completions, older completions and embeddings keep what matters, in whole answers
 * ({@code message}) and in the events of a stream ({@code delta}).
 */
final class ChatPaths {
  private static final String[] TEXTS = {
    "content",
    "content[].text",
    "content[].thinking[].text",
    "reasoning_content",
    "reasoning",
    "refusal",
    "tool_calls[].function.arguments",
    "function_call.arguments"
  };
  private static final String[] MARKS = {
    "tool_calls[].function.name", "function_call.name", "audio.data", "images[]"
  };

  static final ChatPaths WHOLE = new ChatPaths("choices[].message.");
  static final ChatPaths EVENT = new ChatPaths("choices[].delta.");

  final JsonPaths paths;
  final OpenAiUsage usage;
  final OpenAiError error;
  final int choices;
  final int finishReason;
  final int serviceTier;
  private final int[] texts;
  private final int[] marks;

  private ChatPaths(String message) {
    JsonPaths.Builder watched =
        JsonPaths.watch()
            .text("service_tier", 32)
            .value("choices", "choices[].finish_reason", "choices[].text", "data[].embedding");
    for (String text : TEXTS) {
      watched.value(message + text);
    }
    for (String mark : MARKS) {
      watched.value(message + mark);
    }
    OpenAiUsage.watchChat(watched, "usage");
    OpenAiError.watch(watched, "error");
    paths = watched.build();
    usage = OpenAiUsage.ofChat(paths, "usage");
    error = new OpenAiError(paths, "error");
    choices = paths.index("choices");
    finishReason = paths.index("choices[].finish_reason");
    serviceTier = paths.index("service_tier");
    texts = new int[TEXTS.length + 1];
    marks = new int[MARKS.length + 1];
    for (int i = 0; i < TEXTS.length; i++) {
      texts[i] = paths.index(message + TEXTS[i]);
    }
    for (int i = 0; i < MARKS.length; i++) {
      marks[i] = paths.index(message + MARKS[i]);
    }
    texts[TEXTS.length] = paths.index("choices[].text");
    marks[MARKS.length] = paths.index("data[].embedding");
  }

  /** Bytes of text in the document. */
  long textBytes(JsonScanner json) {
    long bytes = 0;
    for (int text : texts) {
      bytes += json.textTotal(text);
    }
    return bytes;
  }

  /** Whether there is content in the document that is no text. */
  boolean hasOtherContent(JsonScanner json) {
    for (int mark : marks) {
      if (json.textTotal(mark) + json.total(mark) > 0) {
        return true;
      }
    }
    return false;
  }
}
