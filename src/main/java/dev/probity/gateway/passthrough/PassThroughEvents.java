package dev.probity.gateway.passthrough;

import dev.probity.gateway.answer.AnswerEvents;
import dev.probity.gateway.answer.AnswerTally;
import dev.probity.gateway.json.JsonPaths;
import dev.probity.gateway.json.JsonScanner;

/** A stream of images, sound or a transcript: its last event tells the usage. */
public final class PassThroughEvents implements AnswerEvents {
  private static final JsonPaths PATHS =
      PassThroughUsage.watch(JsonPaths.watch().text("type", 64)).build();
  private static final PassThroughUsage USAGE = PassThroughUsage.of(PATHS);
  private static final int TYPE = PATHS.index("type");

  @Override
  public JsonPaths paths() {
    return PATHS;
  }

  @Override
  public void read(JsonScanner json, String name, AnswerTally tally) {
    tally.addContent(0);
    USAGE.read(json, tally);
    if (json.text(TYPE).equals("error")) {
      tally.error("error");
    }
  }

  @Override
  public void done(AnswerTally tally) {
    tally.complete();
  }

  /** There is no one last event; a body that ended in good order is whole. */
  @Override
  public void finish(AnswerTally tally) {
    tally.complete();
  }
}
