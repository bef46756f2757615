package dev.probity.gateway.openai;

import dev.probity.gateway.answer.AnswerDocument;
import dev.probity.gateway.answer.AnswerTally;
import dev.probity.gateway.json.JsonPaths;
import dev.probity.gateway.json.JsonScanner;

/** A whole chat completion, older completion, list of embeddings, or error. */
public final class ChatDocument implements AnswerDocument {
  private static final ChatPaths PATHS = ChatPaths.WHOLE;

  @Override
  public JsonPaths paths() {
    return PATHS.paths;
  }

  @Override
  public void read(JsonScanner json, AnswerTally tally) {
    tally.contentSoFar(PATHS.textBytes(json), PATHS.hasOtherContent(json));
    if (json.isComplete()) {
      tally.serviceTier(json.text(PATHS.serviceTier));
      PATHS.error.read(json, tally);
      if (PATHS.usage.isIn(json)) {
        tally.usage(PATHS.usage.read(json), true);
      }
    }
  }
}
