package dev.probity.gateway.gemini;

import dev.probity.gateway.answer.AnswerEvents;
import dev.probity.gateway.answer.AnswerTally;
import dev.probity.gateway.json.JsonPaths;
import dev.probity.gateway.json.JsonScanner;

/**
 * The stream of an answer of Google's, in which each event is a whole answer with its part of the
 * text and the count so far. There is no last event: the one that says why the model stopped is.
 */
public final class GeminiEvents implements AnswerEvents {
  private static final JsonPaths PATHS = GeminiPaths.watch(JsonPaths.watch(), "").build();
  private static final GeminiPaths AT = new GeminiPaths(PATHS, "");

  private boolean finished;
  private boolean counted;

  @Override
  public JsonPaths paths() {
    return PATHS;
  }

  @Override
  public void read(JsonScanner json, String name, AnswerTally tally) {
    long bytes = AT.textBytes(json);
    if (bytes > 0 || AT.hasOtherContent(json)) {
      tally.addContent(bytes);
    }
    finished |= AT.isFinished(json);
    if (AT.hasUsage(json)) {
      counted = true;
      tally.usage(AT.usage(json), finished);
    }
    if (finished) {
      tally.complete();
      if (counted) {
        tally.usageIsFinal();
      }
    }
    AT.words(json, tally);
  }

  @Override
  public void done(AnswerTally tally) {}

  @Override
  public void finish(AnswerTally tally) {}
}
