package dev.probity.gateway.translate.gemini;

import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.neutral.Losses;
import dev.probity.gateway.neutral.Prompt;
import dev.probity.gateway.neutral.RequestEncoder;
import dev.probity.gateway.neutral.Untranslatable;
import dev.probity.gateway.translate.gemini.request.RequestWriter;

/** Writes requests for providers of Google's generateContent. */
public enum GeminiRequestEncoder implements RequestEncoder {
  INSTANCE;

  @Override
  public void encode(Prompt prompt, Target target, JsonWriter out, Losses losses)
      throws Untranslatable, MalformedJson {
    RequestWriter.write(prompt, target, out, losses);
  }
}
