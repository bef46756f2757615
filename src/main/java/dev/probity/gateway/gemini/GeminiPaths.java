package dev.probity.gateway.gemini;

import dev.probity.gateway.answer.AnswerTally;
import dev.probity.gateway.answer.Tokens;
import dev.probity.gateway.json.JsonKind;
import dev.probity.gateway.json.JsonPaths;
import dev.probity.gateway.json.JsonScanner;
import dev.probity.kernel.Usage;

/**
 * Where an answer of Google's keeps what matters, and what it means. Its prompt includes what was
 * cached; thoughts and what tools put into the prompt are counted beside everything else.
 */
final class GeminiPaths {
  private static final String[] COUNTS = {
    "promptTokenCount",
    "cachedContentTokenCount",
    "candidatesTokenCount",
    "thoughtsTokenCount",
    "toolUsePromptTokenCount",
    "totalTokenCount"
  };
  private static final int PROMPT = 0;
  private static final int CACHED = 1;
  private static final int CANDIDATES = 2;
  private static final int THOUGHTS = 3;
  private static final int TOOLS = 4;
  private static final int TOTAL = 5;
  private static final int WORD_BYTES = 64;

  private final int usage;
  private final int[] counts = new int[COUNTS.length];
  private final int text;
  private final int call;
  private final int code;
  private final int data;
  private final int embedding;
  private final int embeddings;
  private final int finishReason;
  private final int blockReason;
  private final int serviceTier;
  private final int error;
  private final int errorStatus;
  private final int errorCode;

  /**
   * @param at what stands before each path: nothing, or {@code [].} in an array of answers
   */
  GeminiPaths(JsonPaths paths, String at) {
    usage = paths.index(at + "usageMetadata");
    for (int i = 0; i < COUNTS.length; i++) {
      counts[i] = paths.index(at + "usageMetadata." + COUNTS[i]);
    }
    text = paths.index(at + "candidates[].content.parts[].text");
    call = paths.index(at + "candidates[].content.parts[].functionCall");
    code = paths.index(at + "candidates[].content.parts[].executableCode.code");
    data = paths.index(at + "candidates[].content.parts[].inlineData");
    embedding = paths.index(at + "embedding");
    embeddings = paths.index(at + "embeddings");
    finishReason = paths.index(at + "candidates[].finishReason");
    blockReason = paths.index(at + "promptFeedback.blockReason");
    serviceTier = paths.index(at + "usageMetadata.serviceTier");
    error = paths.index(at + "error");
    errorStatus = paths.index(at + "error.status");
    errorCode = paths.index(at + "error.code");
  }

  static JsonPaths.Builder watch(JsonPaths.Builder paths, String at) {
    for (String count : COUNTS) {
      paths.value(at + "usageMetadata." + count);
    }
    return paths
        .value(
            at + "candidates[].content.parts[].text",
            at + "candidates[].content.parts[].functionCall",
            at + "candidates[].content.parts[].executableCode.code",
            at + "candidates[].content.parts[].inlineData",
            at + "embedding",
            at + "embeddings",
            at + "candidates[].finishReason",
            at + "promptFeedback.blockReason",
            at + "error.code")
        .text(at + "usageMetadata.serviceTier", WORD_BYTES)
        .text(at + "error.status", WORD_BYTES);
  }

  /** Bytes of text, thoughts and function calls in the document. */
  long textBytes(JsonScanner json) {
    return json.textTotal(text) + json.total(call) + json.textTotal(code);
  }

  /** Whether there is content in the document that is no text. */
  boolean hasOtherContent(JsonScanner json) {
    return json.total(data) + json.total(embedding) + json.total(embeddings) > 0;
  }

  /** Whether the model has stopped, or was never asked. */
  boolean isFinished(JsonScanner json) {
    return json.kind(finishReason) == JsonKind.STRING || json.kind(blockReason) == JsonKind.STRING;
  }

  boolean hasUsage(JsonScanner json) {
    return json.isClosed(usage)
        && (Tokens.isAt(json, counts[PROMPT]) || Tokens.isAt(json, counts[TOTAL]));
  }

  Usage usage(JsonScanner json) {
    long prompt = Tokens.at(json, counts[PROMPT]);
    long thoughts = Tokens.at(json, counts[THOUGHTS]);
    long tools = Tokens.at(json, counts[TOOLS]);
    long answer = Tokens.at(json, counts[CANDIDATES]);
    // What the total has and no part accounts for was most likely written.
    long known = prompt + thoughts + tools + answer;
    answer += Math.max(0, Tokens.at(json, counts[TOTAL]) - known);
    long cached = Tokens.part(Tokens.at(json, counts[CACHED]), prompt);
    return new Usage(prompt - cached, cached, 0, 0, answer, thoughts, tools);
  }

  void words(JsonScanner json, AnswerTally tally) {
    if (json.isClosed(serviceTier)) {
      tally.serviceTier(json.text(serviceTier));
    }
    if (json.kind(error) == JsonKind.OBJECT && json.isClosed(error)) {
      String status = json.text(errorStatus);
      tally.error(
          status.isEmpty() && json.isInteger(errorCode)
              ? "status_" + json.number(errorCode)
              : status);
    }
  }
}
