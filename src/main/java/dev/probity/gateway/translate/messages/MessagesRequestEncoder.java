package dev.probity.gateway.translate.messages;

import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.neutral.Losses;
import dev.probity.gateway.neutral.Prompt;
import dev.probity.gateway.neutral.RequestEncoder;
import dev.probity.gateway.neutral.Untranslatable;
import dev.probity.gateway.translate.messages.request.RequestWriter;

/** Writes requests for providers of Anthropic's messages. */
public enum MessagesRequestEncoder implements RequestEncoder {
  INSTANCE;

  @Override
  public void encode(Prompt prompt, Target target, JsonWriter out, Losses losses)
      throws Untranslatable, MalformedJson {
    new RequestWriter(prompt, target, out, losses).write();
  }
}
