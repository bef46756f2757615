package dev.probity.gateway.neutral;

import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.json.MalformedJson;

/** Writes a request for a provider. Stateless. */
public interface RequestEncoder {
  /**
   * @throws Untranslatable if it can't be said in this dialect, and leaving it out would be wrong
   * @throws MalformedJson if a value that must be looked into is not what it must be
   */
  void encode(Prompt prompt, Target target, JsonWriter out, Losses losses)
      throws Untranslatable, MalformedJson;

  /**
   * Whom it is written for.
   *
   * @param model the name to send
   * @param stream whether the answer is to be a stream of events; it must tell its usage then
   */
  record Target(String model, boolean stream) {}
}
