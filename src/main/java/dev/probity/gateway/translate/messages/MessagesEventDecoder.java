package dev.probity.gateway.translate.messages;

import dev.probity.gateway.json.JsonCursor;
import dev.probity.gateway.json.JsonMembers;
import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.AnswerDecoder;
import dev.probity.gateway.neutral.AnswerEvent;
import dev.probity.gateway.neutral.AnswerEvent.StopReason;
import dev.probity.gateway.neutral.Untranslatable;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads streamed answers of providers of Anthropic's messages. */
public final class MessagesEventDecoder implements AnswerDecoder {
  private final ArrivingBlocks blocks = new ArrivingBlocks();
  private boolean begun;
  private boolean stopped;
  private boolean over;

  @Override
  public void event(String name, RawJson data, Consumer<AnswerEvent> out)
      throws MalformedJson, Untranslatable {
    if (over) {
      return;
    }
    JsonMembers event = JsonMembers.of(data);
    RawText type = event.textOrEmpty("type");
    switch (type.isEmpty() ? name : type.plain()) {
      case "message_start" -> start(JsonMembers.of(event.get("message")), out);
      case "content_block_start" -> {
        mustHaveBegun();
        blocks.begin(index(event), event.get("content_block"), out);
      }
      case "content_block_delta" -> blocks.delta(index(event), event.get("delta"), out);
      case "content_block_stop" -> blocks.end(index(event), out);
      case "message_delta" -> {
        mustHaveBegun();
        stop(JsonMembers.of(event.get("delta")), out);
      }
      case "message_stop" -> {
        mustHaveBegun();
        finish(out);
      }
      case "ping" -> out.accept(AnswerEvent.PING);
      case "error" -> {
        over = true;
        out.accept(MessagesFailure.of(event));
      }
      default -> {}
    }
  }

  private void start(JsonMembers message, Consumer<AnswerEvent> out)
      throws Untranslatable, MalformedJson {
    if (begun) {
      throw Untranslatable.answer(
          "second_message", "The provider began a second answer amid the first.");
    }
    begun = true;
    out.accept(new AnswerEvent.Begun(message.textOrEmpty("id"), message.textOrEmpty("model")));
    // Goes on with an earlier turn's blocks where the provider's own tools were paused.
    RawJson content = message.get("content");
    if (content.isArray()) {
      JsonCursor json = content.cursor();
      json.enterArray();
      while (json.nextElement()) {
        blocks.whole(json.raw(), out);
      }
    }
  }

  private static long index(JsonMembers event) throws MalformedJson {
    return event
        .get("index")
        .integer()
        .filter(index -> index >= 0)
        .orElseThrow(() -> new MalformedJson("expected a whole number as \"index\""));
  }

  private void stop(JsonMembers delta, Consumer<AnswerEvent> out) throws MalformedJson {
    Optional<RawText> reason = delta.get("stop_reason").text();
    if (reason.isPresent() && !stopped) {
      blocks.endAll(out);
      stopped = true;
      out.accept(
          new AnswerEvent.Stopped(
              StopReasons.read(reason.get()), delta.get("stop_sequence").text()));
    }
  }

  private void finish(Consumer<AnswerEvent> out) throws MalformedJson {
    blocks.endAll(out);
    if (!stopped) {
      out.accept(new AnswerEvent.Stopped(StopReason.END, Optional.empty()));
    }
    over = true;
    out.accept(AnswerEvent.ENDED);
  }

  private void mustHaveBegun() throws Untranslatable {
    if (!begun) {
      throw Untranslatable.answer("invalid_stream", "The provider's answer lacks its beginning.");
    }
  }

  @Override
  public void end(Consumer<AnswerEvent> out) throws Untranslatable {
    if (!over) {
      throw Untranslatable.answer(
          "incomplete_answer", "The provider's answer ended before it was complete.");
    }
  }
}
