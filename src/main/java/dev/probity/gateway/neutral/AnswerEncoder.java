package dev.probity.gateway.neutral;

import dev.probity.gateway.json.JsonWriter;

/**
 * Writes an answer for a client: frames of a stream as they come, or one document at {@link
 * AnswerEvent.Ended}. One an answer, made with its {@link AnswerFrame}.
 */
public interface AnswerEncoder {
  /**
   * @param event its texts only stay during the call: what is needed later must be copied
   * @param out where to write; may be left untouched
   * @throws Untranslatable if it can't be said in this dialect; the answer has failed then
   */
  void accept(AnswerEvent event, JsonWriter out) throws Untranslatable;
}
