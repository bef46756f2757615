package dev.probity.gateway.translate.chat;

import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.neutral.AnswerDecoder;
import dev.probity.gateway.neutral.AnswerEvent;
import dev.probity.gateway.neutral.Untranslatable;
import java.util.function.Consumer;

/** Reads streamed answers of providers of OpenAI's chat completions. */
public final class ChatEventDecoder implements AnswerDecoder {
  @Override
  public void event(String name, RawJson data, Consumer<AnswerEvent> out)
      throws MalformedJson, Untranslatable {
    throw new UnsupportedOperationException();
  }

  @Override
  public void end(Consumer<AnswerEvent> out) throws Untranslatable {
    throw new UnsupportedOperationException();
  }
}
