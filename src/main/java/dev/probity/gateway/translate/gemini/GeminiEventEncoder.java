package dev.probity.gateway.translate.gemini;

import dev.probity.gateway.Dialect;
import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.AnswerEncoder;
import dev.probity.gateway.neutral.AnswerEvent;
import dev.probity.gateway.neutral.AnswerFrame;
import dev.probity.gateway.neutral.Proof;
import dev.probity.gateway.neutral.ProofEnvelope;
import dev.probity.gateway.neutral.Untranslatable;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Writes streamed answers for clients of Google's generateContent, as server-sent events. Texts go
 * out as they come; a call when it is whole, as Google's never come in pieces.
 */
public final class GeminiEventEncoder implements AnswerEncoder {
  private final AnswerFrame frame;
  private final AnswerTail tail;
  private final ThoughtsBefore thoughts = new ThoughtsBefore();
  private final Map<Integer, CallWriting> calls = new HashMap<>();
  private final Set<Integer> thinking = new HashSet<>();
  private int callsSoFar;

  public GeminiEventEncoder(AnswerFrame frame) {
    this.frame = frame;
    this.tail = new AnswerTail(frame);
  }

  @Override
  public void accept(AnswerEvent event, JsonWriter out) throws Untranslatable {
    switch (event) {
      case AnswerEvent.Begun begun -> tail.begun(begun);
      case AnswerEvent.BlockBegun begun -> begin(begun, out);
      case AnswerEvent.TextPiece piece -> text(piece, out);
      case AnswerEvent.InputPiece piece -> {
        CallWriting call = calls.get(piece.block());
        if (call != null) {
          call.piece(piece.text());
        }
      }
      case AnswerEvent.Proven proven -> proven(proven, out);
      case AnswerEvent.Cited cited -> tail.cited(cited.citation());
      case AnswerEvent.BlockEnded ended -> {
        thinking.remove(ended.block());
        CallWriting call = calls.remove(ended.block());
        if (call != null) {
          begin(out);
          call.write(thoughts.take(), out);
          end(out, false);
        }
      }
      case AnswerEvent.Stopped stopped -> tail.stopped(stopped.reason());
      case AnswerEvent.Ended _ -> {
        begin(out);
        out.beginObject().member("text", "").endObject();
        end(out, true);
      }
      case AnswerEvent.Failed failed -> throw new Untranslatable(failed.refusal());
      // Google sends none, and its first SDK, which LangChain has, fails on a comment.
      case AnswerEvent.Ping _ -> {}
    }
  }

  private void begin(AnswerEvent.BlockBegun begun, JsonWriter out) {
    switch (begun.kind()) {
      case AnswerEvent.ToolCall call -> {
        calls.put(begun.block(), new CallWriting(call, frame, callsSoFar));
        callsSoFar++;
      }
      case AnswerEvent.Thought _ -> {
        thinking.add(begun.block());
        thoughts.begun(begun.block());
      }
      case AnswerEvent.Foreign foreign -> {
        if (foreign.origin() == Dialect.GEMINI) {
          begin(out);
          out.value(foreign.block());
          end(out, false);
        }
      }
      case AnswerEvent.Text _, AnswerEvent.Declined _ -> {}
    }
  }

  private void text(AnswerEvent.TextPiece piece, JsonWriter out) {
    boolean thought = thinking.contains(piece.block());
    if (thought) {
      thoughts.piece(piece.block(), piece.text());
    }
    if (!piece.text().isEmpty()) {
      begin(out);
      part(piece.text(), thought, RawText.EMPTY, out);
      end(out, false);
    }
  }

  private void proven(AnswerEvent.Proven proven, JsonWriter out) {
    CallWriting call = calls.get(proven.block());
    if (call != null) {
      call.proven(proven.proof());
      return;
    }
    boolean thought = thinking.contains(proven.block());
    thoughts.proven(proven.block(), proven.proof());
    begin(out);
    part(RawText.EMPTY, thought, signature(proven.proof()), out);
    end(out, false);
  }

  /** A part of text. */
  static void part(RawText text, boolean thought, RawText signature, JsonWriter out) {
    out.beginObject().member("text", text);
    if (thought) {
      out.member("thought", true);
    }
    if (!signature.isEmpty()) {
      out.member("thoughtSignature", signature);
    }
    out.endObject();
  }

  static RawText signature(Proof proof) {
    return proof.origin() == Dialect.GEMINI ? proof.value() : ProofEnvelope.wrap(proof);
  }

  private static void begin(JsonWriter out) {
    out.line("data: ");
    AnswerTail.begin(out);
  }

  private void end(JsonWriter out, boolean last) {
    tail.end(out, last);
    out.line("\n\n");
  }
}
