package dev.probity.gateway.translate.gemini;

import dev.probity.gateway.Dialect;
import dev.probity.gateway.Operation;
import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.AnswerEncoder;
import dev.probity.gateway.neutral.AnswerEvent;
import dev.probity.gateway.neutral.AnswerFrame;
import dev.probity.gateway.neutral.Untranslatable;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes whole answers for clients of Google's generateContent. A stream that was not asked for as
 * events is an array of answers; of one, here.
 */
public final class GeminiDocumentEncoder implements AnswerEncoder {
  /** As long as an answer may be. */
  private static final int MOST_BYTES = 64 << 20;

  private final AnswerFrame frame;
  private final AnswerTail tail;
  private final ThoughtsBefore thoughts = new ThoughtsBefore();
  private final Map<Integer, Gathered> blocks = new TreeMap<>();
  private int calls;
  private long bytes;

  /** A block, until the answer is written. */
  private static final class Gathered {
    private final boolean thought;
    private final JsonWriter text = new JsonWriter().beginText();
    private @Nullable CallWriting call;
    private RawText carried = RawText.EMPTY;
    private RawText signature = RawText.EMPTY;
    private RawJson whole = RawJson.NULL;

    Gathered(boolean thought) {
      this.thought = thought;
    }

    void write(JsonWriter out) throws Untranslatable {
      if (call != null) {
        call.write(carried, out);
        return;
      }
      if (!whole.isNull()) {
        out.value(whole);
        return;
      }
      RawText all = text.endText().toJson().text().orElse(RawText.EMPTY);
      if (!all.isEmpty() || !signature.isEmpty()) {
        GeminiEventEncoder.part(all, thought, signature, out);
      }
    }
  }

  public GeminiDocumentEncoder(AnswerFrame frame) {
    this.frame = frame;
    this.tail = new AnswerTail(frame);
  }

  @Override
  public void accept(AnswerEvent event, JsonWriter out) throws Untranslatable {
    switch (event) {
      case AnswerEvent.Begun begun -> tail.begun(begun);
      case AnswerEvent.BlockBegun begun -> blocks.put(begun.block(), begin(begun));
      case AnswerEvent.TextPiece piece -> {
        take(piece.text());
        thoughts.piece(piece.block(), piece.text());
        block(piece.block()).text.piece(piece.text());
      }
      case AnswerEvent.InputPiece piece -> {
        CallWriting call = block(piece.block()).call;
        if (call != null) {
          take(piece.text());
          call.piece(piece.text());
        }
      }
      case AnswerEvent.Proven proven -> proven(proven);
      case AnswerEvent.Cited cited -> tail.cited(cited.citation());
      case AnswerEvent.BlockEnded ended -> {
        Gathered block = block(ended.block());
        if (block.call != null) {
          block.carried = thoughts.take();
        }
      }
      case AnswerEvent.Stopped stopped -> tail.stopped(stopped.reason());
      case AnswerEvent.Ended _ -> write(out);
      case AnswerEvent.Failed failed -> throw new Untranslatable(failed.refusal());
      case AnswerEvent.Ping _ -> {}
    }
  }

  private Gathered begin(AnswerEvent.BlockBegun begun) {
    Gathered block = new Gathered(begun.kind() instanceof AnswerEvent.Thought);
    switch (begun.kind()) {
      case AnswerEvent.ToolCall call -> {
        block.call = new CallWriting(call, frame, calls);
        calls++;
      }
      case AnswerEvent.Thought _ -> thoughts.begun(begun.block());
      case AnswerEvent.Foreign foreign -> {
        if (foreign.origin() == Dialect.GEMINI) {
          block.whole = foreign.block().copy();
        }
      }
      case AnswerEvent.Text _, AnswerEvent.Declined _ -> {}
    }
    return block;
  }

  private void take(RawText text) throws Untranslatable {
    bytes += text.length();
    if (bytes > MOST_BYTES) {
      throw Untranslatable.answer(
          "answer_too_long",
          "The answer is longer than can be carried over whole. Ask for a stream.");
    }
  }

  private void proven(AnswerEvent.Proven proven) {
    Gathered block = block(proven.block());
    if (block.call != null) {
      block.call.proven(proven.proof());
    } else {
      thoughts.proven(proven.block(), proven.proof());
      block.signature = GeminiEventEncoder.signature(proven.proof()).copy();
    }
  }

  private Gathered block(int number) {
    return blocks.computeIfAbsent(number, _ -> new Gathered(false));
  }

  private void write(JsonWriter out) throws Untranslatable {
    boolean array = frame.asked() == Operation.STREAM_GENERATE_CONTENT;
    if (array) {
      out.beginArray();
    }
    AnswerTail.begin(out);
    for (Gathered block : blocks.values()) {
      block.write(out);
    }
    tail.end(out, true);
    if (array) {
      out.endArray();
    }
  }
}
