package dev.probity.gateway.translate.responses;

import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.Part;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;

/**
 * Ids for calls that came without any: each gets one, and the results that follow are given to them
 * in order, by the tool's name where it is said.
 */
final class CallIds {
  private final Deque<Made> unanswered = new ArrayDeque<>();
  private int count;

  private record Made(RawText id, RawText name) {}

  RawText of(Part.ToolCall call) {
    if (!call.id().isEmpty()) {
      return call.id();
    }
    count++;
    RawText id = RawText.of("call_" + count);
    unanswered.add(new Made(id, call.name()));
    return id;
  }

  RawText of(Part.ToolResult result) {
    if (!result.id().isEmpty()) {
      return result.id();
    }
    Optional<RawText> name = result.name();
    for (Iterator<Made> each = unanswered.iterator(); each.hasNext(); ) {
      Made made = each.next();
      if (name.isEmpty() || name.get().equals(made.name)) {
        each.remove();
        return made.id;
      }
    }
    return RawText.of("call_unknown");
  }
}
