package dev.probity.gateway.translate.gemini;

import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.Untranslatable;
import dev.probity.gateway.translate.gemini.request.MadeIds;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Finds the call that a result answers. Calls of Google's may have no id, and clients may give the
 * result one of their own: then name and order decide.
 */
final class CallIds {
  private record Open(RawText id, RawText name) {}

  private final List<Open> open = new ArrayList<>();
  private final boolean fragments;

  /**
   * @param fragments whether results may come without their calls
   */
  CallIds(boolean fragments) {
    this.fragments = fragments;
  }

  /**
   * A call's id, the same whenever the conversation is sent.
   *
   * @param id empty if it has none
   * @param turn its content's place
   * @param call its place in the content
   */
  RawText called(RawText id, RawText name, int turn, int call) {
    RawText known = id.isEmpty() ? MadeIds.of(turn, call) : withoutName(id, name);
    open.add(new Open(known, name));
    return known;
  }

  /** The id of the call that is answered. */
  RawText answered(RawText id, RawText name) throws Untranslatable {
    RawText plain = withoutName(id, name);
    Optional<RawText> call =
        take(each -> !plain.isEmpty() && each.id.equals(plain))
            .or(() -> take(each -> each.name.equals(name)));
    if (call.isEmpty() && !fragments) {
      throw Untranslatable.request(
          "tool_result_without_call",
          "A functionResponse for \""
              + name.plain()
              + "\" answers no functionCall before it. Send the call, too.");
    }
    return call.orElse(plain);
  }

  private Optional<RawText> take(Predicate<Open> wanted) {
    for (Iterator<Open> calls = open.iterator(); calls.hasNext(); ) {
      Open call = calls.next();
      if (wanted.test(call)) {
        calls.remove();
        return Optional.of(call.id);
      }
    }
    return Optional.empty();
  }

  /** Google's command line client puts the function's name before every id. */
  private static RawText withoutName(RawText id, RawText name) {
    String prefix = name + "__";
    return id.length() > prefix.length() && id.startsWith(prefix) ? id.from(prefix.length()) : id;
  }
}
