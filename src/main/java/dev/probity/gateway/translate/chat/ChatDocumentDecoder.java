package dev.probity.gateway.translate.chat;

import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.neutral.AnswerDecoder;
import dev.probity.gateway.neutral.AnswerEvent;
import dev.probity.gateway.neutral.Untranslatable;
import java.util.function.Consumer;

/** Reads whole answers of providers of OpenAI's chat completions. */
public final class ChatDocumentDecoder implements AnswerDecoder {
  private final ChatAnswer answer = new ChatAnswer("message");

  @Override
  public void event(String name, RawJson data, Consumer<AnswerEvent> out)
      throws MalformedJson, Untranslatable {
    answer.read(data, out);
    if (answer.isStopped()) {
      out.accept(AnswerEvent.ENDED);
    }
  }

  @Override
  public void end(Consumer<AnswerEvent> out) throws Untranslatable {
    if (!answer.isStopped() && !answer.hasFailed()) {
      throw Untranslatable.answer(
          "empty_answer", "The provider's answer has no message that has come to an end.");
    }
  }
}
