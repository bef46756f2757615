package dev.probity.gateway.translate.messages;

import dev.probity.gateway.json.JsonCursor;
import dev.probity.gateway.json.JsonMembers;
import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.neutral.AnswerDecoder;
import dev.probity.gateway.neutral.AnswerEvent;
import dev.probity.gateway.neutral.AnswerEvent.StopReason;
import dev.probity.gateway.neutral.Untranslatable;
import java.util.function.Consumer;

/** Reads whole answers of providers of Anthropic's messages. */
public final class MessagesDocumentDecoder implements AnswerDecoder {
  private boolean over;

  @Override
  public void event(String name, RawJson data, Consumer<AnswerEvent> out)
      throws MalformedJson, Untranslatable {
    if (over) {
      throw Untranslatable.answer("second_message", "The provider answered twice.");
    }
    over = true;
    JsonMembers message = JsonMembers.of(data);
    if (message.textOrEmpty("type").is("error")) {
      out.accept(MessagesFailure.of(message));
      return;
    }
    out.accept(new AnswerEvent.Begun(message.textOrEmpty("id"), message.textOrEmpty("model")));
    ArrivingBlocks blocks = new ArrivingBlocks();
    JsonCursor json = message.get("content").cursor();
    json.enterArray();
    while (json.nextElement()) {
      blocks.whole(json.raw(), out);
    }
    out.accept(
        new AnswerEvent.Stopped(
            message.get("stop_reason").text().map(StopReasons::read).orElse(StopReason.END),
            message.get("stop_sequence").text()));
    out.accept(AnswerEvent.ENDED);
  }

  @Override
  public void end(Consumer<AnswerEvent> out) throws Untranslatable {
    if (!over) {
      throw Untranslatable.answer("incomplete_answer", "The provider's answer is empty.");
    }
  }
}
