package dev.probity.gateway.translate.messages;

import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.neutral.Losses;
import dev.probity.gateway.neutral.Prompt;
import dev.probity.gateway.neutral.RequestDecoder;
import dev.probity.gateway.neutral.Untranslatable;

/** Reads requests of clients of Anthropic's messages. */
public enum MessagesRequestDecoder implements RequestDecoder {
  INSTANCE;

  @Override
  public Prompt decode(RawJson body, Losses losses) throws Untranslatable, MalformedJson {
    throw new UnsupportedOperationException();
  }
}
