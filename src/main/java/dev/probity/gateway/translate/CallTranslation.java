package dev.probity.gateway.translate;

import dev.probity.gateway.Operation;
import dev.probity.gateway.answer.AnswerReader;
import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.neutral.Losses;
import dev.probity.gateway.neutral.RequestEncoder.Target;
import dev.probity.gateway.neutral.Untranslatable;

/**
 * One client's call, to be made of providers that speak another dialect. Reads the client's request
 * once; writes it for as many providers as are tried.
 */
public interface CallTranslation {
  /**
   * Writes the request for a provider.
   *
   * @param sent what is called there
   * @param losses told what could not be carried over
   * @throws Untranslatable if this must be refused
   * @throws MalformedJson if the client's request is not what it must be
   */
  void request(Operation sent, Target target, JsonWriter out, Losses losses)
      throws Untranslatable, MalformedJson;

  /**
   * The way back for one provider's successful answer.
   *
   * @param eventStream whether that answer is a stream of events
   * @param read reads the same bytes; always a step ahead
   */
  AnswerTranslation answer(Operation sent, boolean eventStream, AnswerReader read);
}
