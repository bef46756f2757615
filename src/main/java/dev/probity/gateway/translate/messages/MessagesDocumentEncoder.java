package dev.probity.gateway.translate.messages;

import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.neutral.AnswerEncoder;
import dev.probity.gateway.neutral.AnswerEvent;
import dev.probity.gateway.neutral.AnswerFrame;
import dev.probity.gateway.neutral.Untranslatable;

/** Writes whole answers for clients of Anthropic's messages. */
public final class MessagesDocumentEncoder implements AnswerEncoder {
  private final AnswerFrame frame;

  public MessagesDocumentEncoder(AnswerFrame frame) {
    this.frame = frame;
  }

  @Override
  public void accept(AnswerEvent event, JsonWriter out) throws Untranslatable {
    throw new UnsupportedOperationException(frame.asked().text());
  }
}
