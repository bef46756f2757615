package dev.probity.gateway.translate.gemini;

import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.neutral.AnswerDecoder;
import dev.probity.gateway.neutral.AnswerEvent;
import dev.probity.gateway.neutral.Untranslatable;
import java.util.function.Consumer;

/** Reads streamed answers of providers of Google's generateContent. */
public final class GeminiEventDecoder implements AnswerDecoder {
  private final AnswerChunks chunks = new AnswerChunks();

  @Override
  public void event(String name, RawJson data, Consumer<AnswerEvent> out)
      throws MalformedJson, Untranslatable {
    chunks.read(data, out);
  }

  @Override
  public void end(Consumer<AnswerEvent> out) throws Untranslatable {
    chunks.end(out);
  }
}
