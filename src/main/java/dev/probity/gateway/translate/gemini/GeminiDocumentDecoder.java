package dev.probity.gateway.translate.gemini;

import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.neutral.AnswerDecoder;
import dev.probity.gateway.neutral.AnswerEvent;
import dev.probity.gateway.neutral.Untranslatable;
import java.util.function.Consumer;

/** Reads whole answers of providers of Google's generateContent. */
public final class GeminiDocumentDecoder implements AnswerDecoder {
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
