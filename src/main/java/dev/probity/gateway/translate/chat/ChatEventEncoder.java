package dev.probity.gateway.translate.chat;

import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.neutral.AnswerEncoder;
import dev.probity.gateway.neutral.AnswerEvent;
import dev.probity.gateway.neutral.AnswerFrame;
import dev.probity.gateway.neutral.Untranslatable;

/** Writes streamed answers for clients of OpenAI's chat completions. */
public final class ChatEventEncoder implements AnswerEncoder {
  private final AnswerFrame frame;

  public ChatEventEncoder(AnswerFrame frame) {
    this.frame = frame;
  }

  @Override
  public void accept(AnswerEvent event, JsonWriter out) throws Untranslatable {
    throw new UnsupportedOperationException(frame.asked().text());
  }
}
