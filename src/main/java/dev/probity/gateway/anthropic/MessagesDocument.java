package dev.probity.gateway.anthropic;

import dev.probity.gateway.answer.AnswerDocument;
import dev.probity.gateway.answer.AnswerTally;
import dev.probity.gateway.json.JsonKind;
import dev.probity.gateway.json.JsonPaths;
import dev.probity.gateway.json.JsonScanner;

/** A whole message, a count of tokens, or an error. */
public final class MessagesDocument implements AnswerDocument {
  private static final JsonPaths PATHS =
      MessagesUsage.watch(
              JsonPaths.watch()
                  .text("error.type", 64)
                  .text("usage.service_tier", 32)
                  .text("usage.speed", 32)
                  .value("content[].text", "content[].thinking", "content[].input"),
              "usage")
          .build();
  private static final int ERROR = PATHS.index("error");
  private static final int ERROR_TYPE = PATHS.index("error.type");
  private static final int SERVICE_TIER = PATHS.index("usage.service_tier");
  private static final int SPEED = PATHS.index("usage.speed");
  private static final int TEXT = PATHS.index("content[].text");
  private static final int THINKING = PATHS.index("content[].thinking");
  private static final int INPUT = PATHS.index("content[].input");
  private static final MessagesUsage.Place USAGE = new MessagesUsage.Place(PATHS, "usage");

  private final MessagesUsage usage = new MessagesUsage();

  @Override
  public JsonPaths paths() {
    return PATHS;
  }

  @Override
  public void read(JsonScanner json, AnswerTally tally) {
    tally.contentSoFar(json.textTotal(TEXT) + json.textTotal(THINKING) + json.total(INPUT), false);
    if (json.isComplete()) {
      if (json.kind(ERROR) == JsonKind.OBJECT) {
        tally.error(json.text(ERROR_TYPE));
      }
      tally.serviceTier(json.text(SERVICE_TIER));
      if (json.text(SPEED).equals("fast")) {
        tally.serviceTier("fast");
      }
      if (usage.take(json, USAGE)) {
        tally.usage(usage.usage(), true);
      }
    }
  }
}
