package dev.probity.gateway.openai;

import dev.probity.gateway.answer.AnswerEvents;
import dev.probity.gateway.answer.AnswerTally;
import dev.probity.gateway.json.JsonKind;
import dev.probity.gateway.json.JsonPaths;
import dev.probity.gateway.json.JsonScanner;

/**
 * The stream of a chat completion or older completion. Its usage comes in a chunk of its own at the
 * end, or (with other providers) in the last choice's chunk or in all of them.
 */
public final class ChatEvents implements AnswerEvents {
  private static final ChatPaths PATHS = ChatPaths.EVENT;

  private boolean finished;
  private boolean counted;

  @Override
  public JsonPaths paths() {
    return PATHS.paths;
  }

  @Override
  public void read(JsonScanner json, String name, AnswerTally tally) {
    long bytes = PATHS.textBytes(json);
    if (bytes > 0 || PATHS.hasOtherContent(json)) {
      tally.addContent(bytes);
    }
    finished |= json.kind(PATHS.finishReason) == JsonKind.STRING;
    if (PATHS.usage.isIn(json)) {
      counted = true;
      boolean alone = json.kind(PATHS.choices) != JsonKind.ARRAY || !json.isFilled(PATHS.choices);
      tally.usage(PATHS.usage.read(json), finished || alone);
    }
    tally.serviceTier(json.text(PATHS.serviceTier));
    PATHS.error.read(json, tally);
  }

  @Override
  public void done(AnswerTally tally) {
    tally.complete();
    if (counted) {
      tally.usageIsFinal();
    }
  }

  /** Not every compatible provider sends {@code [DONE]}. */
  @Override
  public void finish(AnswerTally tally) {
    if (finished) {
      tally.complete();
    }
  }
}
