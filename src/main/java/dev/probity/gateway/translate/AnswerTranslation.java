package dev.probity.gateway.translate;

import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.neutral.Untranslatable;

/** One provider's answer on its way into the client's dialect. */
public interface AnswerTranslation {
  /**
   * An event of the provider's stream, or its whole document.
   *
   * @param name the event's name; empty if it has none
   * @param data well-formed; only valid during the call
   * @param out what the client gets next; often nothing
   * @throws Untranslatable if the answer has failed, with words for the client
   * @throws MalformedJson if a member is not what it must be
   */
  void event(String name, RawJson data, JsonWriter out) throws Untranslatable, MalformedJson;

  /** The provider's answer came to its proper end. */
  void end(JsonWriter out) throws Untranslatable;
}
