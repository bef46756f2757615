package dev.probity.gateway.translate.openai;

import dev.probity.gateway.json.JsonCursor;
import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.neutral.AnswerEvent.StopReason;
import dev.probity.kernel.Usage;

/** What stands at an answer's end: why it stopped, and what it used. */
public final class Closing {
  private Closing() {}

  /**
   * The word for {@code finish_reason}.
   *
   * @param refused whether the model's own words of refusal were told: that is an end like others
   */
  public static String word(StopReason reason, boolean refused) {
    return switch (reason) {
      case END, STOP_SEQUENCE, PAUSED -> "stop";
      case MAX_TOKENS, CONTEXT_FULL -> "length";
      case TOOL_CALLS -> "tool_calls";
      case DECLINED -> refused ? "stop" : "content_filter";
    };
  }

  /** Writes the member {@code usage}, in which what was cached is part of the prompt. */
  public static void usage(Usage usage, JsonWriter out) {
    out.name("usage").beginObject();
    out.member("prompt_tokens", usage.input());
    out.member("completion_tokens", usage.output());
    out.member("total_tokens", usage.total());
    out.name("prompt_tokens_details").beginObject();
    out.member("cached_tokens", usage.cacheRead());
    out.member("cache_write_tokens", usage.cacheWrite5m() + usage.cacheWrite1h());
    out.endObject();
    out.name("completion_tokens_details").beginObject();
    out.member("reasoning_tokens", usage.outputReasoning()).endObject();
    out.endObject();
  }

  /** Whether the client wants a last chunk with the usage. */
  public static boolean wantsUsage(RawJson request) {
    return flag(member(request, "stream_options"), "include_usage");
  }

  private static boolean flag(RawJson object, String name) {
    return member(object, name).isTrue();
  }

  /** A member of an object; null if there is none. The last one counts. */
  public static RawJson member(RawJson object, String name) {
    RawJson found = RawJson.NULL;
    if (!object.isObject()) {
      return found;
    }
    try {
      JsonCursor cursor = object.cursor();
      cursor.enterObject();
      while (cursor.nextMember()) {
        if (cursor.name().equals(name)) {
          found = cursor.raw();
        }
      }
    } catch (MalformedJson _) {
      // It was read before, so this does not happen; nothing is asked for then.
    }
    return found;
  }
}
