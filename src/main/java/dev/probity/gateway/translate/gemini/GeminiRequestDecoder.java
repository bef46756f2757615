package dev.probity.gateway.translate.gemini;

import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.neutral.Losses;
import dev.probity.gateway.neutral.Prompt;
import dev.probity.gateway.neutral.RequestDecoder;
import dev.probity.gateway.neutral.Untranslatable;

/** Reads requests of clients of Google's generateContent. */
public enum GeminiRequestDecoder implements RequestDecoder {
  INSTANCE;

  @Override
  public Prompt decode(RawJson body, Losses losses) throws Untranslatable, MalformedJson {
    throw new UnsupportedOperationException();
  }
}
