package dev.probity.gateway.neutral;

import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.json.RawJson;

/** Reads a client's request. Stateless. */
public interface RequestDecoder {
  /**
   * @param body a well-formed object, whose bytes stay as they are while the prompt lives
   * @throws Untranslatable if it is no valid request of its dialect, or asks for what this gateway
   *     must have its provider for
   * @throws MalformedJson if a member is of another kind than it must be
   */
  Prompt decode(RawJson body, Losses losses) throws Untranslatable, MalformedJson;
}
