package dev.probity.gateway.translate.chat;

import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.neutral.AnswerDecoder;
import dev.probity.gateway.neutral.AnswerEvent;
import dev.probity.gateway.neutral.Untranslatable;
import java.util.function.Consumer;

/** Reads streamed answers of providers of OpenAI's chat completions. */
public final class ChatEventDecoder implements AnswerDecoder {
  private final ChatAnswer answer = new ChatAnswer("delta");

  @Override
  public void event(String name, RawJson data, Consumer<AnswerEvent> out)
      throws MalformedJson, Untranslatable {
    answer.read(data, out);
  }

  @Override
  public void end(Consumer<AnswerEvent> out) throws Untranslatable {
    if (answer.hasFailed()) {
      return;
    }
    if (!answer.isStopped()) {
      throw Untranslatable.answer(
          "incomplete_stream", "The provider's stream ended without saying why it stopped.");
    }
    out.accept(AnswerEvent.ENDED);
  }
}
