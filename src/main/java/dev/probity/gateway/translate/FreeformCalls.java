package dev.probity.gateway.translate;

import dev.probity.gateway.json.JsonCursor;
import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.AnswerEvent;
import dev.probity.gateway.neutral.AnswerEvent.BlockBegun;
import dev.probity.gateway.neutral.AnswerEvent.BlockEnded;
import dev.probity.gateway.neutral.AnswerEvent.InputPiece;
import dev.probity.gateway.neutral.AnswerEvent.ToolCall;
import dev.probity.gateway.neutral.Prompt;
import dev.probity.gateway.neutral.Tool;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Gives calls of tools that take plain text back as such. A provider without them was offered a
 * function with a single text, {@code input}; what comes back is {@code {"input":"..."}}, and the
 * client wants the text. Whatever else comes back goes on as it is.
 */
final class FreeformCalls implements Consumer<AnswerEvent> {
  /** The one member of the function that stands for such a tool. */
  private static final String INPUT = "input";

  private static final int MOST_CHARACTERS = 4 << 20;

  private final Set<RawText> freeform;
  private final Consumer<AnswerEvent> next;
  private final Map<Integer, StringBuilder> open = new HashMap<>(0);

  private FreeformCalls(Set<RawText> freeform, Consumer<AnswerEvent> next) {
    this.freeform = freeform;
    this.next = next;
  }

  /** What passes events on to {@code next}, which may be that itself. */
  static Consumer<AnswerEvent> before(Consumer<AnswerEvent> next, Prompt prompt) {
    Set<RawText> names = new HashSet<>(0);
    for (Tool tool : prompt.tools()) {
      if (tool instanceof Tool.Custom custom) {
        names.add(custom.name());
      }
    }
    return names.isEmpty() ? next : new FreeformCalls(names, next);
  }

  @Override
  public void accept(AnswerEvent event) {
    switch (event) {
      case BlockBegun(int block, ToolCall call)
          when !call.freeform() && freeform.contains(call.name()) -> {
        open.put(block, new StringBuilder());
        next.accept(new BlockBegun(block, new ToolCall(call.id(), call.name(), true)));
      }
      case InputPiece(int block, RawText piece) when open.containsKey(block) ->
          gather(block, piece);
      case BlockEnded(int block) when open.containsKey(block) -> {
        String gathered = Optional.ofNullable(open.remove(block)).map(String::valueOf).orElse("");
        next.accept(new InputPiece(block, text(gathered)));
        next.accept(event);
      }
      default -> next.accept(event);
    }
  }

  private void gather(int block, RawText piece) {
    StringBuilder gathered = open.get(block);
    if (gathered != null && gathered.append(piece.plain()).length() > MOST_CHARACTERS) {
      // Nobody means that; it goes on as it is.
      open.remove(block);
      next.accept(new InputPiece(block, RawText.of(gathered.toString())));
    }
  }

  private static RawText text(String gathered) {
    RawText all = RawText.of(gathered);
    Optional<RawJson> json = RawJson.inside(all);
    if (json.isEmpty() || !json.get().isObject()) {
      return all;
    }
    Optional<RawText> found = Optional.empty();
    int members = 0;
    try {
      JsonCursor cursor = json.get().cursor();
      cursor.enterObject();
      while (cursor.nextMember()) {
        members++;
        if (cursor.name().equals(INPUT)) {
          found = cursor.raw().text();
        }
      }
    } catch (MalformedJson _) {
      return all;
    }
    return members == 1 ? found.orElse(all) : all;
  }
}
