package dev.probity.gateway.gemini;

import dev.probity.gateway.answer.AnswerDocument;
import dev.probity.gateway.answer.AnswerTally;
import dev.probity.gateway.json.JsonKind;
import dev.probity.gateway.json.JsonPaths;
import dev.probity.gateway.json.JsonScanner;

/**
 * A whole answer of Google's: content, embeddings, a count of tokens, an error; or the array of
 * answers that a stream is when it was not asked for as events.
 */
public final class GeminiDocument implements AnswerDocument {
  private static final JsonPaths PATHS =
      GeminiPaths.watch(GeminiPaths.watch(JsonPaths.watch(), ""), "[].").build();
  private static final GeminiPaths SINGLE = new GeminiPaths(PATHS, "");
  private static final GeminiPaths SEVERAL = new GeminiPaths(PATHS, "[].");

  @Override
  public JsonPaths paths() {
    return PATHS;
  }

  @Override
  public void read(JsonScanner json, AnswerTally tally) {
    GeminiPaths at = json.kind(JsonPaths.ROOT) == JsonKind.ARRAY ? SEVERAL : SINGLE;
    tally.contentSoFar(at.textBytes(json), at.hasOtherContent(json));
    at.words(json, tally);
    if (at.hasUsage(json)) {
      tally.usage(at.usage(json), json.isComplete());
    }
  }
}
