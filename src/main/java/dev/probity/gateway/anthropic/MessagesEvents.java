package dev.probity.gateway.anthropic;

import dev.probity.gateway.answer.AnswerEvents;
import dev.probity.gateway.answer.AnswerTally;
import dev.probity.gateway.json.JsonKind;
import dev.probity.gateway.json.JsonPaths;
import dev.probity.gateway.json.JsonScanner;

/**
 * The stream of a message. Its first event counts the input (and one token of output, which means
 * nothing yet), its last but one the output and, if they have changed, the rest.
 */
public final class MessagesEvents implements AnswerEvents {
  private static final JsonPaths PATHS = watched();
  private static final int TYPE = PATHS.index("type");
  private static final int BLOCK_TYPE = PATHS.index("content_block.type");
  private static final int BLOCK_TEXT = PATHS.index("content_block.text");
  private static final int BLOCK_THINKING = PATHS.index("content_block.thinking");
  private static final int TEXT = PATHS.index("delta.text");
  private static final int THINKING = PATHS.index("delta.thinking");
  private static final int PARTIAL_JSON = PATHS.index("delta.partial_json");
  private static final int ERROR_TYPE = PATHS.index("error.type");
  private static final MessagesUsage.Place START = new MessagesUsage.Place(PATHS, "message.usage");
  private static final MessagesUsage.Place DELTA = new MessagesUsage.Place(PATHS, "usage");
  private static final int[] SERVICE_TIERS = {
    PATHS.index("message.usage.service_tier"), PATHS.index("usage.service_tier")
  };
  private static final int[] SPEEDS = {
    PATHS.index("message.usage.speed"), PATHS.index("usage.speed")
  };

  private final MessagesUsage usage = new MessagesUsage();
  private boolean counted;

  private static JsonPaths watched() {
    JsonPaths.Builder watched =
        JsonPaths.watch()
            .text("type", 64)
            .text("content_block.type", 64)
            .text("error.type", 64)
            .value("content_block.text", "content_block.thinking")
            .value("delta.text", "delta.thinking", "delta.partial_json");
    for (String at : new String[] {"message.usage", "usage"}) {
      MessagesUsage.watch(watched, at);
      watched.text(at + ".service_tier", 32).text(at + ".speed", 32);
    }
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
      case "content_block_delta" -> {
        long bytes = json.length(TEXT) + json.length(THINKING) + json.length(PARTIAL_JSON);
        if (bytes > 0) {
          tally.addContent(bytes);
        }
      }
      case "content_block_start" -> blockStart(json, tally);
      case "message_start" -> {
        if (usage.take(json, START)) {
          tally.usage(usage.usage(), false);
        }
        tiers(json, tally);
      }
      case "message_delta" -> {
        if (usage.take(json, DELTA)) {
          counted |= usage.saysOutput(json, DELTA);
          tally.usage(usage.usage(), counted);
        }
        tiers(json, tally);
      }
      case "message_stop" -> tally.complete();
      case "error" -> tally.error(json.text(ERROR_TYPE));
      default -> {}
    }
  }

  /** A block may begin with text already in it; a tool's call is content from its name on. */
  private static void blockStart(JsonScanner json, AnswerTally tally) {
    long bytes = json.length(BLOCK_TEXT) + json.length(BLOCK_THINKING);
    if (bytes > 0 || json.text(BLOCK_TYPE).endsWith("tool_use")) {
      tally.addContent(bytes);
    }
  }

  private static void tiers(JsonScanner json, AnswerTally tally) {
    for (int tier : SERVICE_TIERS) {
      tally.serviceTier(json.text(tier));
    }
    for (int speed : SPEEDS) {
      if (json.text(speed).equals("fast")) {
        tally.serviceTier("fast");
      }
    }
  }

  @Override
  public void done(AnswerTally tally) {}

  @Override
  public void finish(AnswerTally tally) {}
}
