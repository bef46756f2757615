package dev.probity.gateway.translate.gemini;

import dev.probity.gateway.json.JsonCursor;
import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.neutral.AnswerDecoder;
import dev.probity.gateway.neutral.AnswerEvent;
import dev.probity.gateway.neutral.Untranslatable;
import java.util.function.Consumer;

/**
 * Reads whole answers of providers of Google's generateContent: one answer, or the array of them
 * that a stream is when it was not asked for as events.
 */
public final class GeminiDocumentDecoder implements AnswerDecoder {
  private final AnswerChunks chunks = new AnswerChunks();

  @Override
  public void event(String name, RawJson data, Consumer<AnswerEvent> out)
      throws MalformedJson, Untranslatable {
    if (data.isArray()) {
      JsonCursor json = data.cursor();
      json.enterArray();
      while (json.nextElement()) {
        chunks.read(json.raw(), out);
      }
    } else {
      chunks.read(data, out);
    }
    chunks.end(out);
  }

  @Override
  public void end(Consumer<AnswerEvent> out) throws Untranslatable {
    chunks.end(out);
  }
}
