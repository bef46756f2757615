package dev.probity.gateway.translate.messages;

import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.AnswerEncoder;
import dev.probity.gateway.neutral.AnswerEvent;
import dev.probity.gateway.neutral.AnswerEvent.StopReason;
import dev.probity.gateway.neutral.AnswerFrame;
import dev.probity.gateway.neutral.Untranslatable;
import java.util.Optional;

/**
 * Writes streamed answers for clients of Anthropic's messages, whose SDKs go by the events' names
 * and want one block at a time. Usage may only be known at the end: the last but one event says all
 * of it.
 */
public final class MessagesEventEncoder implements AnswerEncoder {
  private final AnswerFrame frame;
  private final AnswerSequence blocks;
  private StopReason reason = StopReason.END;
  private Optional<RawText> sequence = Optional.empty();
  private boolean begun;

  public MessagesEventEncoder(AnswerFrame frame) {
    this.frame = frame;
    this.blocks = new AnswerSequence(frame, new EventBlocks());
  }

  @Override
  public void accept(AnswerEvent event, JsonWriter out) throws Untranslatable {
    switch (event) {
      case AnswerEvent.Begun _ -> begin(out);
      case AnswerEvent.BlockBegun block -> blocks.begin(block);
      case AnswerEvent.TextPiece piece -> blocks.accept(piece.block(), piece, out);
      case AnswerEvent.InputPiece piece -> blocks.accept(piece.block(), piece, out);
      case AnswerEvent.Proven proven -> blocks.accept(proven.block(), proven, out);
      case AnswerEvent.Cited cited -> blocks.accept(cited.block(), cited, out);
      case AnswerEvent.BlockEnded ended -> blocks.accept(ended.block(), ended, out);
      case AnswerEvent.Stopped stopped -> {
        reason = stopped.reason();
        sequence = stopped.sequence().map(RawText::copy);
      }
      case AnswerEvent.Ended _ -> end(out);
      case AnswerEvent.Failed failed -> throw new Untranslatable(failed.refusal());
      case AnswerEvent.Ping _ -> EventBlocks.finish(EventBlocks.begin("ping", out));
    }
  }

  private void begin(JsonWriter out) {
    if (begun) {
      return;
    }
    begun = true;
    EventBlocks.begin("message_start", out).name("message");
    MessagesDocumentEncoder.head(frame, out);
    out.name("content").beginArray().endArray();
    out.name("stop_reason").nullValue().name("stop_sequence").nullValue().name("usage");
    AnswerUsage.writeFirst(frame.read().usage(), out);
    EventBlocks.finish(out.endObject());
  }

  private void end(JsonWriter out) throws Untranslatable {
    begin(out);
    blocks.finish(out);
    EventBlocks.begin("message_delta", out).name("delta").beginObject();
    MessagesDocumentEncoder.stop(reason, blocks.called(), sequence, out);
    out.endObject().name("usage");
    AnswerUsage.writeFinal(frame.read().usage(), out);
    EventBlocks.finish(out);
    EventBlocks.finish(EventBlocks.begin("message_stop", out));
  }
}
