package dev.probity.gateway.openai;

import dev.probity.gateway.answer.AnswerDocument;
import dev.probity.gateway.answer.AnswerTally;
import dev.probity.gateway.json.JsonPaths;
import dev.probity.gateway.json.JsonScanner;

/** A whole response, or an error. */
public final class ResponsesDocument implements AnswerDocument {
  private static final String[] TEXT_PATHS = {
    "output[].content[].text",
    "output[].content[].refusal",
    "output[].summary[].text",
    "output[].arguments",
    "output[].input",
    "output[].code"
  };
  private static final JsonPaths PATHS = paths(TEXT_PATHS);
  private static final OpenAiUsage USAGE = OpenAiUsage.ofResponses(PATHS, "usage");
  private static final OpenAiError ERROR = new OpenAiError(PATHS, "error");
  private static final int[] TEXTS = indexes(TEXT_PATHS);
  private static final int RESULT = PATHS.index("output[].result");
  private static final int ID = PATHS.index("id");
  private static final int SERVICE_TIER = PATHS.index("service_tier");
  private static final int STATUS = PATHS.index("status");

  private static JsonPaths paths(String[] texts) {
    JsonPaths.Builder watched =
        JsonPaths.watch()
            .text("service_tier", 32)
            .text("status", 32)
            .text("id", 256)
            .value(texts)
            .value("output[].result");
    OpenAiUsage.watchResponses(watched, "usage");
    OpenAiError.watch(watched, "error");
    return watched.build();
  }

  private static int[] indexes(String[] texts) {
    int[] found = new int[texts.length];
    for (int i = 0; i < texts.length; i++) {
      found[i] = PATHS.index(texts[i]);
    }
    return found;
  }

  @Override
  public JsonPaths paths() {
    return PATHS;
  }

  @Override
  public void read(JsonScanner json, AnswerTally tally) {
    long bytes = 0;
    for (int text : TEXTS) {
      bytes += json.textTotal(text);
    }
    tally.contentSoFar(bytes, json.textTotal(RESULT) > 0);
    if (json.isComplete()) {
      tally.answerId(json.text(ID));
      tally.serviceTier(json.text(SERVICE_TIER));
      ERROR.read(json, tally);
      if (USAGE.isIn(json)) {
        // A background response is answered at once and counts nothing before it is over.
        String status = json.text(STATUS);
        tally.usage(USAGE.read(json), !status.equals("queued") && !status.equals("in_progress"));
      }
    }
  }
}
