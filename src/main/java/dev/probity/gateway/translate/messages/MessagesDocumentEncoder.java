package dev.probity.gateway.translate.messages;

import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.AnswerEncoder;
import dev.probity.gateway.neutral.AnswerEvent;
import dev.probity.gateway.neutral.AnswerEvent.StopReason;
import dev.probity.gateway.neutral.AnswerFrame;
import dev.probity.gateway.neutral.Untranslatable;
import java.util.Optional;

/** Writes whole answers for clients of Anthropic's messages. */
public final class MessagesDocumentEncoder implements AnswerEncoder {
  private final AnswerFrame frame;
  private final AnswerSequence blocks;
  private final JsonWriter content = new JsonWriter().beginArray();
  private StopReason reason = StopReason.END;
  private Optional<RawText> sequence = Optional.empty();

  public MessagesDocumentEncoder(AnswerFrame frame) {
    this.frame = frame;
    this.blocks = new AnswerSequence(frame, new DocumentBlocks());
  }

  @Override
  public void accept(AnswerEvent event, JsonWriter out) throws Untranslatable {
    switch (event) {
      case AnswerEvent.BlockBegun block -> blocks.begin(block);
      case AnswerEvent.TextPiece piece -> blocks.accept(piece.block(), piece, content);
      case AnswerEvent.InputPiece piece -> blocks.accept(piece.block(), piece, content);
      case AnswerEvent.Proven proven -> blocks.accept(proven.block(), proven, content);
      case AnswerEvent.Cited cited -> blocks.accept(cited.block(), cited, content);
      case AnswerEvent.BlockEnded ended -> blocks.accept(ended.block(), ended, content);
      case AnswerEvent.Stopped stopped -> {
        reason = stopped.reason();
        sequence = stopped.sequence().map(RawText::copy);
      }
      case AnswerEvent.Ended _ -> end(out);
      case AnswerEvent.Failed failed -> throw new Untranslatable(failed.refusal());
      case AnswerEvent.Begun _, AnswerEvent.Ping _ -> {}
    }
  }

  private void end(JsonWriter out) throws Untranslatable {
    blocks.finish(content);
    head(frame, out);
    out.member("content", content.endArray().toJson());
    stop(reason, blocks.called(), sequence, out);
    out.name("usage");
    AnswerUsage.write(frame.read().usage(), out);
    out.endObject();
  }

  /** Opens a message, as far as it is known before its content. */
  static void head(AnswerFrame frame, JsonWriter out) {
    out.beginObject()
        .member("id", frame.name("msg_"))
        .member("type", "message")
        .member("role", "assistant")
        .member("model", frame.model());
  }

  static void stop(StopReason reason, boolean called, Optional<RawText> sequence, JsonWriter out) {
    String word = StopReasons.write(reason, called);
    out.member("stop_reason", word).name("stop_sequence");
    if (word.equals("stop_sequence") && sequence.isPresent()) {
      out.value(sequence.get());
    } else {
      out.nullValue();
    }
  }
}
