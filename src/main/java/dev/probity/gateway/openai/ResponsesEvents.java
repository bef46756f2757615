package dev.probity.gateway.openai;

import dev.probity.gateway.answer.AnswerEvents;
import dev.probity.gateway.answer.AnswerTally;
import dev.probity.gateway.json.JsonKind;
import dev.probity.gateway.json.JsonPaths;
import dev.probity.gateway.json.JsonScanner;

/** The stream of a response. The document says which event it is; the name repeats it. */
public final class ResponsesEvents implements AnswerEvents {
  private static final JsonPaths PATHS = watched();
  private static final OpenAiUsage USAGE = OpenAiUsage.ofResponses(PATHS, "response.usage");
  private static final OpenAiError RESPONSE_ERROR = new OpenAiError(PATHS, "response.error");
  private static final OpenAiError ERROR = new OpenAiError(PATHS, "error");
  private static final int TYPE = PATHS.index("type");
  private static final int CODE = PATHS.index("code");
  private static final int DELTA = PATHS.index("delta");
  private static final int ARGUMENTS = PATHS.index("arguments");
  private static final int INPUT = PATHS.index("input");
  private static final int ITEM_TYPE = PATHS.index("item.type");
  private static final int RESPONSE_ID = PATHS.index("response.id");
  private static final int SERVICE_TIER = PATHS.index("response.service_tier");

  /** Bytes of tool arguments that came in pieces since the last whole ones. */
  private long argumentBytes;

  private static JsonPaths watched() {
    JsonPaths.Builder watched =
        JsonPaths.watch()
            .text("type", 64)
            .text("code", 64)
            .text("item.type", 64)
            .text("response.service_tier", 32)
            .text("response.id", 256)
            .value("delta", "arguments", "input");
    OpenAiUsage.watchResponses(watched, "response.usage");
    OpenAiError.watch(watched, "response.error");
    OpenAiError.watch(watched, "error");
    return watched.build();
  }

  @Override
  public JsonPaths paths() {
    return PATHS;
  }

  @Override
  public void read(JsonScanner json, String name, AnswerTally tally) {
    String type = json.kind(TYPE) == JsonKind.STRING ? json.text(TYPE) : name;
    switch (type) {
      case "response.completed", "response.incomplete", "response.failed", "response.cancelled" ->
          end(json, type, tally);
      case "error" -> error(json, tally);
      case "response.output_item.added" -> {
        if (json.text(ITEM_TYPE).endsWith("_call")) {
          tally.addContent(0);
        }
      }
      case "response.function_call_arguments.done", "response.mcp_call_arguments.done" ->
          wholeArguments(json.length(ARGUMENTS), tally);
      case "response.custom_tool_call_input.done" -> wholeArguments(json.length(INPUT), tally);
      case "response.image_generation_call.partial_image" -> tally.addContent(0);
      default -> {
        if (type.endsWith(".delta")) {
          delta(json, type, tally);
        }
      }
    }
  }

  private void delta(JsonScanner json, String type, AnswerTally tally) {
    long bytes = json.length(DELTA);
    if (bytes == 0) {
      return;
    }
    if (type.endsWith("audio.delta")) {
      tally.addContent(0);
      return;
    }
    if (type.contains("_call_arguments.") || type.contains("_call_input.")) {
      argumentBytes += bytes;
    }
    tally.addContent(bytes);
  }

  /** Some providers send a tool's arguments only whole, not in pieces first. */
  private void wholeArguments(long length, AnswerTally tally) {
    if (length > argumentBytes) {
      tally.addContent(length - argumentBytes);
    }
    argumentBytes = 0;
  }

  private static void end(JsonScanner json, String type, AnswerTally tally) {
    tally.complete();
    tally.answerId(json.text(RESPONSE_ID));
    tally.serviceTier(json.text(SERVICE_TIER));
    if (USAGE.isIn(json)) {
      tally.usage(USAGE.read(json), true);
    }
    RESPONSE_ERROR.read(json, tally);
    if (type.equals("response.failed")) {
      tally.error("response_failed");
    }
  }

  private static void error(JsonScanner json, AnswerTally tally) {
    ERROR.read(json, tally);
    String code = json.text(CODE);
    tally.error(code.isEmpty() ? "error" : code);
  }

  @Override
  public void done(AnswerTally tally) {}

  @Override
  public void finish(AnswerTally tally) {}
}
