package dev.probity.gateway.translate.responses;

import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.neutral.Losses;
import dev.probity.gateway.neutral.Prompt;
import dev.probity.gateway.neutral.RequestDecoder;
import dev.probity.gateway.neutral.Untranslatable;

/** Reads requests of clients of OpenAI's responses. */
public enum ResponsesRequestDecoder implements RequestDecoder {
  INSTANCE;

  @Override
  public Prompt decode(RawJson body, Losses losses) throws Untranslatable, MalformedJson {
    throw new UnsupportedOperationException();
  }
}
