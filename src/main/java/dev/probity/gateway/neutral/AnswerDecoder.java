package dev.probity.gateway.neutral;

import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.json.RawJson;
import java.util.function.Consumer;

/**
 * Reads a provider's successful answer. One an answer: it remembers what came before. An answer
 * that is one document comes as a single event.
 */
public interface AnswerDecoder {
  /**
   * An event of the stream, or the whole document.
   *
   * @param name the event's name; empty if it has none
   * @param data well-formed; its bytes only stay during the call, and so do those of the events
   *     that {@code out} is given
   * @throws MalformedJson if it is not what it must be; the answer has failed then
   * @throws Untranslatable likewise, with words for the client
   */
  void event(String name, RawJson data, Consumer<AnswerEvent> out)
      throws MalformedJson, Untranslatable;

  /**
   * The provider's bytes have come to their proper end ({@code [DONE]} included). Tells {@link
   * AnswerEvent.Ended} if the dialect says it only thus; nothing if it was told before.
   */
  void end(Consumer<AnswerEvent> out) throws Untranslatable;
}
