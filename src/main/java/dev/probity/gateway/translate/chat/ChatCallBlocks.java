package dev.probity.gateway.translate.chat;

import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.AnswerEvent;
import dev.probity.gateway.neutral.Untranslatable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The calls of an answer as their pieces come. OpenAI numbers them and names each once; other
 * servers leave out the number, give all the same, repeat the id, or send whole calls.
 */
final class ChatCallBlocks {
  private final List<Call> calls = new ArrayList<>();

  private static final class Call {
    final long index;
    RawText id;
    RawText name;
    boolean freeform;
    int block = -1;

    /** What came before the name. */
    final List<RawText> waiting = new ArrayList<>(0);

    Call(ChatCall first) {
      index = first.index;
      id = first.id.copy();
      name = first.name.copy();
      freeform = first.freeform;
    }
  }

  boolean isEmpty() {
    return calls.isEmpty();
  }

  /**
   * Takes a call or a piece of one.
   *
   * @param next the number of the next block
   * @return the number of the next block after it
   */
  int take(ChatCall piece, int next, Consumer<AnswerEvent> out) {
    Optional<Call> known = find(piece);
    Call call = known.orElseGet(() -> new Call(piece));
    if (known.isEmpty()) {
      calls.add(call);
    } else if (call.block < 0) {
      call.id = call.id.isEmpty() ? piece.id.copy() : call.id;
      call.name = piece.name.copy();
      call.freeform |= piece.freeform;
    }
    int after = next;
    if (call.block < 0 && !call.name.isEmpty()) {
      call.block = after++;
      out.accept(
          new AnswerEvent.BlockBegun(
              call.block, new AnswerEvent.ToolCall(call.id, call.name, call.freeform)));
      for (RawText early : call.waiting) {
        out.accept(new AnswerEvent.InputPiece(call.block, early));
      }
    }
    Optional<RawText> input = input(piece.input);
    if (input.isPresent()) {
      if (call.block < 0) {
        call.waiting.add(input.get().copy());
      } else {
        out.accept(new AnswerEvent.InputPiece(call.block, input.get()));
      }
    }
    if (call.block >= 0) {
      int block = call.block;
      piece.proof().ifPresent(proof -> out.accept(new AnswerEvent.Proven(block, proof)));
    }
    return after;
  }

  /** Whose piece it is; empty if it begins a call. */
  private Optional<Call> find(ChatCall piece) {
    if (calls.isEmpty()) {
      return Optional.empty();
    }
    for (Call call : calls) {
      boolean sameId = !piece.id.isEmpty() && piece.id.equals(call.id);
      if (sameId && (piece.index < 0 || piece.index == call.index)) {
        return Optional.of(call);
      }
    }
    if (piece.index < 0) {
      return piece.id.isEmpty() && piece.name.isEmpty()
          ? Optional.of(calls.getLast())
          : Optional.empty();
    }
    for (Call call : calls.reversed()) {
      if (call.index == piece.index) {
        // The same number with another id is another call, sent by a server that does not count.
        boolean other =
            !piece.id.isEmpty()
                && !call.id.isEmpty()
                && !piece.id.equals(call.id)
                && !piece.name.isEmpty();
        return other ? Optional.empty() : Optional.of(call);
      }
    }
    return Optional.empty();
  }

  private static Optional<RawText> input(RawJson json) {
    if (json.isObject()) {
      return Optional.of(json.asText());
    }
    return json.text().filter(text -> !text.isEmpty());
  }

  void end(Consumer<AnswerEvent> out) throws Untranslatable {
    for (Call call : calls) {
      if (call.block < 0) {
        throw Untranslatable.answer(
            "nameless_tool_call", "The provider called a tool without saying which.");
      }
      out.accept(new AnswerEvent.BlockEnded(call.block));
    }
  }
}
