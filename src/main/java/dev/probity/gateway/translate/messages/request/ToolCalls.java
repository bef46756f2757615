package dev.probity.gateway.translate.messages.request;

import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.Part;
import dev.probity.gateway.neutral.Untranslatable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The calls of a conversation and which are answered. Ids become such as Anthropic takes, each
 * once; a result goes to the last call of its id, or without one to the first of its tool.
 */
final class ToolCalls {
  private static final Pattern ID = Pattern.compile("[a-zA-Z0-9_-]+");
  private static final Pattern STRANGE = Pattern.compile("[^a-zA-Z0-9_-]");

  private final List<Call> unanswered = new ArrayList<>();
  private final Set<String> ids = new HashSet<>();
  private int count;

  /**
   * @param given as the client calls it
   * @param id as it is sent
   * @param message which message it stands in
   */
  record Call(RawText given, RawText name, RawText id, int message) {}

  /** The call with the id to send. */
  Part.ToolCall called(Part.ToolCall call, int message) {
    RawText id = fresh(call.id());
    unanswered.add(new Call(call.id(), call.name(), id, message));
    return new Part.ToolCall(
        id, call.name(), call.input(), call.freeform(), call.proof(), call.cache());
  }

  private RawText fresh(RawText given) {
    count++;
    String plain = given.plain();
    if (ID.matcher(plain).matches() && ids.add(plain)) {
      return given;
    }
    String wanted = plain.isEmpty() ? "call" : STRANGE.matcher(plain).replaceAll("_");
    String made = wanted;
    for (int i = count; !ids.add(made); i++) {
      made = wanted + "_" + i;
    }
    return RawText.of(made);
  }

  /** The call that this is the result of. */
  Call answered(Part.ToolResult result) throws Untranslatable {
    for (int i = unanswered.size() - 1; i >= 0; i--) {
      if (!result.id().isEmpty() && unanswered.get(i).given().equals(result.id())) {
        return unanswered.remove(i);
      }
    }
    Optional<RawText> name = result.name();
    for (int i = 0; result.id().isEmpty() && i < unanswered.size(); i++) {
      if (name.isEmpty() || unanswered.get(i).name().equals(name.get())) {
        return unanswered.remove(i);
      }
    }
    throw Untranslatable.request(
        "tool_result_without_call",
        "The conversation has a tool's result without its call (or a second one for it). Send"
            + " each result once, after the assistant's turn that called the tool, with the id of"
            + " its call.");
  }

  void mustBeAnswered() throws Untranslatable {
    if (!unanswered.isEmpty()) {
      throw Untranslatable.request(
          "tool_call_without_result",
          "The conversation has a call of the tool '"
              + unanswered.getFirst().name().plain()
              + "' without its result. Send a result for each call.");
    }
  }
}
