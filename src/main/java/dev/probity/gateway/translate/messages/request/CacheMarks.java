package dev.probity.gateway.translate.messages.request;

import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.neutral.OutputFormat;
import dev.probity.gateway.neutral.Part;
import dev.probity.gateway.neutral.Part.CacheMark;
import dev.probity.gateway.neutral.Prompt;
import dev.probity.gateway.neutral.Prompt.Turn;
import dev.probity.gateway.neutral.Tool;
import dev.probity.gateway.translate.messages.request.Conversation.Message;
import java.util.List;

/**
 * Marks where Anthropic is to cache a prompt. Clients of formats that have no marks get them by
 * themselves: at the last tool, the system's last words and the user's last two messages, so that a
 * conversation is not paid for in full at each turn. Not for a single question without tools, as
 * writing to the cache costs more than it can save there; and not for a prompt that is too short to
 * be cached.
 */
final class CacheMarks {
  private static final int MOST = 4;

  /** 1,024 tokens, the least that any model caches, of about four bytes. */
  private static final long LEAST_BYTES = 4096;

  private static final int LAST_MESSAGES = 2;

  private final boolean automatic;
  private int written;

  private CacheMarks(boolean automatic) {
    this.automatic = automatic;
  }

  static CacheMarks of(Prompt prompt) {
    boolean goesOn = prompt.turns().size() > 1 || !prompt.tools().isEmpty();
    return new CacheMarks(goesOn && !isMarked(prompt) && bytes(prompt) >= LEAST_BYTES);
  }

  /** The mark for a thing, where {@code last} says that it is the last of its kind. */
  CacheMark mark(CacheMark given, boolean last) {
    CacheMark mark = automatic && last ? CacheMark.FIVE_MINUTES : given;
    if (mark == CacheMark.NONE || written == MOST) {
      return CacheMark.NONE;
    }
    written++;
    return mark;
  }

  /** From which message on the user's last words are marked. */
  int firstMarked(List<Message> messages) {
    int found = 0;
    for (int i = messages.size() - 1; i >= 0; i--) {
      if (messages.get(i).isUser() && ++found == LAST_MESSAGES) {
        return i;
      }
    }
    return 0;
  }

  static void write(CacheMark mark, JsonWriter out) {
    if (mark == CacheMark.NONE) {
      return;
    }
    out.name("cache_control").beginObject().member("type", "ephemeral");
    if (mark == CacheMark.ONE_HOUR) {
      out.member("ttl", "1h");
    }
    out.endObject();
  }

  private static boolean isMarked(Prompt prompt) {
    for (Tool tool : prompt.tools()) {
      if (tool instanceof Tool.Function function && function.cache() != CacheMark.NONE) {
        return true;
      }
    }
    return isMarked(prompt.instructions())
        || prompt.turns().stream().map(Turn::parts).anyMatch(CacheMarks::isMarked);
  }

  private static boolean isMarked(List<Part> parts) {
    return parts.stream().anyMatch(part -> of(part) != CacheMark.NONE);
  }

  static CacheMark of(Part part) {
    return switch (part) {
      case Part.Text text -> text.cache();
      case Part.Media media -> media.cache();
      case Part.ToolCall call -> call.cache();
      case Part.ToolResult result -> result.cache();
      case Part.Thought _, Part.Declined _, Part.Foreign _ -> CacheMark.NONE;
    };
  }

  private static long bytes(Prompt prompt) {
    long bytes =
        prompt.format() instanceof OutputFormat.Schema schema ? schema.schema().length() : 0;
    for (Tool tool : prompt.tools()) {
      if (tool instanceof Tool.Function function) {
        bytes += function.schema().map(schema -> (long) schema.length()).orElse(0L);
        bytes += function.description().map(text -> (long) text.length()).orElse(0L);
      }
    }
    bytes += bytes(prompt.instructions());
    for (Turn turn : prompt.turns()) {
      bytes += bytes(turn.parts());
    }
    return bytes;
  }

  private static long bytes(List<Part> parts) {
    long bytes = 0;
    for (Part part : parts) {
      bytes +=
          switch (part) {
            case Part.Text text -> text.text().length();
            case Part.Media _ -> LEAST_BYTES;
            case Part.ToolCall call -> call.input().length();
            case Part.ToolResult result -> bytes(result.content());
            case Part.Thought _, Part.Declined _, Part.Foreign _ -> 0;
          };
    }
    return bytes;
  }
}
