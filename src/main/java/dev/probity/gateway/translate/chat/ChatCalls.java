package dev.probity.gateway.translate.chat;

import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.Untranslatable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** The calls of a round that wait for their results; chat wants them all before it goes on. */
final class ChatCalls {
  /** OpenAI takes no longer ids. */
  private static final int MOST_ID_BYTES = 40;

  private final List<Asked> open = new ArrayList<>();
  private int made;

  record Asked(RawText id, RawText name, boolean freeform) {}

  /**
   * A call.
   *
   * @param id empty if it has none: one is made
   * @return the id that the call has in chat
   */
  RawText ask(RawText id, RawText name, boolean freeform) {
    RawText own = id.isEmpty() ? RawText.of("call_" + made++) : id;
    open.add(new Asked(own, name, freeform));
    return shown(own);
  }

  /**
   * A result.
   *
   * @param id empty if it has none: it belongs to the first call of that name then
   * @param name of the tool; may be empty if there is an id
   */
  Asked answer(RawText id, RawText name) throws Untranslatable {
    Optional<Asked> call =
        open.stream()
            .filter(asked ->
                id.isEmpty() ? name.isEmpty() || asked.name.equals(name) : asked.id.equals(id))
            .findFirst();
    if (call.isEmpty()) {
      throw Untranslatable.request(
          "tool_result_without_call",
          "A result of a tool"
              + (id.isEmpty() ? "" : " ('" + id.plain() + "')")
              + " follows no call that it could belong to. Send the assistant's message with that"
              + " call right before its results, or leave the result out.");
    }
    open.remove(call.get());
    return call.get();
  }

  /** The conversation goes on, or is over. */
  void expectNone() throws Untranslatable {
    if (!open.isEmpty()) {
      throw Untranslatable.request(
          "tool_call_without_result",
          "The call '"
              + open.getFirst().id.plain()
              + "' of the tool '"
              + open.getFirst().name.plain()
              + "' has no result. Each of the assistant's calls must be followed by its result"
              + " before the conversation goes on.");
    }
  }

  /** The id as chat takes it: the same for a call and its result. */
  static RawText shown(RawText id) {
    if (id.length() <= MOST_ID_BYTES) {
      return id;
    }
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(id.plain().getBytes(StandardCharsets.UTF_8));
      return RawText.of("call_" + HexFormat.of().formatHex(hash, 0, 16));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
