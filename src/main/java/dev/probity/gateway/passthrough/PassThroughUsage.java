package dev.probity.gateway.passthrough;

import dev.probity.gateway.answer.AnswerTally;
import dev.probity.gateway.answer.Tokens;
import dev.probity.gateway.json.JsonPaths;
import dev.probity.gateway.json.JsonScanner;
import dev.probity.kernel.Usage;

/**
 * Tokens as images, sound, rankings and moderations tell them: in OpenAI's newer words, in its
 * older ones, or in Cohere's.
 */
final class PassThroughUsage {
  private static final String[] NAMES = {
    "usage.input_tokens",
    "usage.output_tokens",
    "usage.input_tokens_details.cached_tokens",
    "usage.prompt_tokens",
    "usage.completion_tokens",
    "usage.total_tokens",
    "meta.tokens.input_tokens",
    "meta.tokens.output_tokens"
  };

  private final int[] at = new int[NAMES.length];

  private PassThroughUsage(JsonPaths paths) {
    for (int i = 0; i < NAMES.length; i++) {
      at[i] = paths.index(NAMES[i]);
    }
  }

  static JsonPaths.Builder watch(JsonPaths.Builder paths) {
    return paths.value(NAMES);
  }

  static PassThroughUsage of(JsonPaths paths) {
    return new PassThroughUsage(paths);
  }

  /** Takes the count, if there is one. */
  void read(JsonScanner json, AnswerTally tally) {
    long input = first(json, 0, 3, 6);
    long output = first(json, 1, 4, 7);
    long total = Tokens.at(json, at[5]);
    if (input + output + total == 0) {
      return;
    }
    if (input + output == 0) {
      input = total;
    }
    long cached = Tokens.part(Tokens.at(json, at[2]), input);
    tally.usage(new Usage(input - cached, cached, 0, 0, output, 0, 0), true);
  }

  private long first(JsonScanner json, int... places) {
    for (int place : places) {
      if (Tokens.isAt(json, at[place])) {
        return Tokens.at(json, at[place]);
      }
    }
    return 0;
  }
}
