package dev.probity.gateway.translate.chat;

import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.neutral.Losses;
import dev.probity.gateway.neutral.Prompt;
import dev.probity.gateway.neutral.RequestEncoder;
import dev.probity.gateway.neutral.Untranslatable;

/** Writes requests for providers of OpenAI's chat completions. */
public enum ChatRequestEncoder implements RequestEncoder {
  INSTANCE;

  @Override
  public void encode(Prompt prompt, Target target, JsonWriter out, Losses losses)
      throws Untranslatable, MalformedJson {
    throw new UnsupportedOperationException();
  }
}
