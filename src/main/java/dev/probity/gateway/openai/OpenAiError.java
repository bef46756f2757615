package dev.probity.gateway.openai;

import dev.probity.gateway.answer.AnswerTally;
import dev.probity.gateway.json.JsonPaths;
import dev.probity.gateway.json.JsonScanner;

/** Reads an error inside an answer: its code where there is one, or else its type. */
final class OpenAiError {
  private static final int WORD_BYTES = 64;

  private final int error;
  private final int code;
  private final int type;

  OpenAiError(JsonPaths paths, String at) {
    error = paths.index(at);
    code = paths.index(at + ".code");
    type = paths.index(at + ".type");
  }

  static JsonPaths.Builder watch(JsonPaths.Builder paths, String at) {
    return paths.text(at, WORD_BYTES).text(at + ".code", WORD_BYTES).text(at + ".type", WORD_BYTES);
  }

  /** Notes the error, if there is one; SDKs take anything truthy for one. */
  void read(JsonScanner json, AnswerTally tally) {
    switch (json.kind(error)) {
      case OBJECT -> tally.error(word(json));
      case STRING -> {
        if (json.length(error) > 0) {
          tally.error("error");
        }
      }
      case TRUE, ARRAY -> tally.error("error");
      case NUMBER -> {
        if (json.number(error) != 0) {
          tally.error("error");
        }
      }
      case ABSENT, NULL, FALSE -> {}
    }
  }

  private String word(JsonScanner json) {
    if (!json.text(code).isEmpty()) {
      return json.text(code);
    }
    if (!json.text(type).isEmpty()) {
      return json.text(type);
    }
    return json.isInteger(code) ? "status_" + json.number(code) : "error";
  }
}
