package dev.probity.gateway.passthrough;

import dev.probity.gateway.answer.AnswerDocument;
import dev.probity.gateway.answer.AnswerTally;
import dev.probity.gateway.json.JsonPaths;
import dev.probity.gateway.json.JsonScanner;

/** An answer that may be JSON, and then may say what it used and what it made. */
public final class PassThroughDocument implements AnswerDocument {
  private static final JsonPaths PATHS =
      PassThroughUsage.watch(
              JsonPaths.watch().text("id", 256).text("name", 256).text("file.name", 256))
          .build();
  private static final PassThroughUsage USAGE = PassThroughUsage.of(PATHS);
  private static final int ID = PATHS.index("id");
  private static final int NAME = PATHS.index("name");
  private static final int FILE_NAME = PATHS.index("file.name");

  @Override
  public JsonPaths paths() {
    return PATHS;
  }

  @Override
  public void read(JsonScanner json, AnswerTally tally) {
    tally.contentSoFar(0, true);
    if (json.isComplete()) {
      USAGE.read(json, tally);
      for (int path : new int[] {ID, NAME, FILE_NAME}) {
        if (!json.text(path).isEmpty()) {
          tally.answerId(json.text(path));
        }
      }
    }
  }
}
