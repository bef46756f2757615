package dev.probity.gateway.translate.gemini;

import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.neutral.AnswerEncoder;
import dev.probity.gateway.neutral.AnswerEvent;
import dev.probity.gateway.neutral.AnswerFrame;
import dev.probity.gateway.neutral.Untranslatable;

/** Writes streamed answers for clients of Google's generateContent. */
public final class GeminiEventEncoder implements AnswerEncoder {
  private final AnswerFrame frame;

  public GeminiEventEncoder(AnswerFrame frame) {
    this.frame = frame;
  }

  @Override
  public void accept(AnswerEvent event, JsonWriter out) throws Untranslatable {
    throw new UnsupportedOperationException(frame.asked().text());
  }
}
