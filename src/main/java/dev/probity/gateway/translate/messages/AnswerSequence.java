package dev.probity.gateway.translate.messages;

import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.AnswerEvent;
import dev.probity.gateway.neutral.AnswerFrame;
import dev.probity.gateway.neutral.Proof;
import dev.probity.gateway.neutral.Reasoning;
import dev.probity.gateway.neutral.Untranslatable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Puts a provider's blocks into Anthropic's order: one after the other, none of them empty. What
 * belongs to a later block while an earlier one is open waits as a copy.
 */
final class AnswerSequence {
  private static final long MOST_WAITING_BYTES = 32 << 20;

  private final AnswerFrame frame;
  private final BlockSink sink;
  private final boolean thoughtsWanted;
  private final boolean thoughtsShown;

  /** Begun and not yet written to their end; the first is being written. */
  private final Deque<Waiting> blocks = new ArrayDeque<>();

  /**
   * Of texts that are over: written when something follows. What stands last is what agents take
   * for the answer, and a text's proof may be missed; a call's may not.
   */
  private final List<PlacedProof> trailing = new ArrayList<>(0);

  private record PlacedProof(ProofPlace place, Proof proof) {}

  private long waitingBytes;
  private int calls;

  private static final class Waiting {
    private final int number;
    private final AnswerEvent.Block kind;
    private final List<AnswerEvent> events = new ArrayList<>(0);
    private final List<Proof> proofs = new ArrayList<>(0);
    private final JsonWriter plain = new JsonWriter();
    private boolean open;
    private boolean ended;

    Waiting(int number, AnswerEvent.Block kind) {
      this.number = number;
      this.kind = kind;
    }
  }

  AnswerSequence(AnswerFrame frame, BlockSink sink) {
    Reasoning reasoning = frame.prompt().reasoning();
    this.frame = frame;
    this.sink = sink;
    this.thoughtsWanted = reasoning.proofs();
    this.thoughtsShown = thoughtsWanted && reasoning.show().orElse(true);
  }

  /** Whether a tool was called. */
  boolean called() {
    return calls > 0;
  }

  void begin(AnswerEvent.BlockBegun event) {
    blocks.add(new Waiting(event.block(), copy(event.kind())));
  }

  /** Something of a block, its end included. */
  void accept(int number, AnswerEvent event, JsonWriter out) throws Untranslatable {
    Waiting first = blocks.peek();
    if (first != null && first.number == number) {
      write(first, event, out);
    } else {
      later(number, event);
    }
    writeNext(out);
  }

  private void later(int number, AnswerEvent event) throws Untranslatable {
    for (Waiting block : blocks) {
      if (block.number == number) {
        block.events.add(copy(event));
        if (waitingBytes > MOST_WAITING_BYTES) {
          throw Untranslatable.answer(
              "answer_too_large", "The provider's answer has too much in parallel.");
        }
        return;
      }
    }
  }

  /** Ends what nobody has ended. */
  void finish(JsonWriter out) throws Untranslatable {
    for (Waiting block : List.copyOf(blocks)) {
      accept(block.number, new AnswerEvent.BlockEnded(block.number), out);
    }
  }

  private void writeNext(JsonWriter out) throws Untranslatable {
    Waiting first = blocks.peek();
    while (first != null && first.ended) {
      blocks.remove();
      first = blocks.peek();
      if (first != null) {
        for (AnswerEvent event : first.events) {
          write(first, event, out);
        }
        first.events.clear();
      }
    }
  }

  private void write(Waiting block, AnswerEvent event, JsonWriter out) throws Untranslatable {
    switch (event) {
      case AnswerEvent.TextPiece piece -> text(block, piece.text(), out);
      case AnswerEvent.InputPiece piece -> input(block, piece.text(), out);
      case AnswerEvent.Cited cited -> cite(block, cited, out);
      case AnswerEvent.Proven proven -> prove(block, proven.proof(), out);
      case AnswerEvent.BlockEnded _ -> end(block, out);
      default -> {}
    }
  }

  private void text(Waiting block, RawText text, JsonWriter out) {
    boolean thought = block.kind instanceof AnswerEvent.Thought;
    if (text.isEmpty() || thought && !thoughtsShown) {
      return;
    }
    if (!block.open) {
      block.open = true;
      writeTrailing(out);
      if (thought) {
        sink.beginThinking(out);
      } else {
        sink.beginText(out);
      }
    }
    sink.piece(text, out);
  }

  private void input(Waiting block, RawText text, JsonWriter out) {
    if (block.kind instanceof AnswerEvent.ToolCall call) {
      if (call.freeform()) {
        block.plain.piece(text);
      } else {
        open(block, call, out);
        sink.piece(text, out);
      }
    }
  }

  private void open(Waiting block, AnswerEvent.ToolCall call, JsonWriter out) {
    if (!block.open) {
      block.open = true;
      writeTrailing(out);
      calls++;
      RawText id = call.id().isEmpty() ? RawText.of(frame.name("toolu_", calls)) : call.id();
      sink.beginCall(id, call.name(), out);
    }
  }

  private void cite(Waiting block, AnswerEvent.Cited cited, JsonWriter out) {
    Optional<WebCitation> citation = WebCitation.of(cited.citation());
    if (citation.isPresent() && block.kind instanceof AnswerEvent.Text) {
      if (!block.open) {
        block.open = true;
        writeTrailing(out);
        sink.beginText(out);
      }
      sink.citation(citation.get(), out);
    }
  }

  /** A call's proof goes ahead of it, if it comes in time. */
  private void prove(Waiting block, Proof proof, JsonWriter out) {
    if (block.kind instanceof AnswerEvent.ToolCall && !block.open) {
      thought(ProofPlace.NEXT, proof, out);
    } else {
      block.proofs.add(
          new Proof(proof.origin(), proof.kind(), proof.value().copy(), proof.id().copy()));
    }
  }

  private void end(Waiting block, JsonWriter out) throws Untranslatable {
    block.ended = true;
    switch (block.kind) {
      case AnswerEvent.Thought _ -> endThought(block, out);
      case AnswerEvent.ToolCall call -> {
        open(block, call, out);
        if (call.freeform()) {
          sink.piece(wrapped(block), out);
        }
        sink.end(out);
        block.proofs.forEach(proof -> thought(ProofPlace.PREVIOUS, proof, out));
      }
      case AnswerEvent.Text _, AnswerEvent.Declined _ -> {
        if (block.open) {
          sink.end(out);
        }
        ProofPlace place = block.open ? ProofPlace.PREVIOUS : ProofPlace.EMPTY_TEXT;
        block.proofs.forEach(proof -> trailing.add(new PlacedProof(place, proof)));
      }
      // Nothing of what another vendor's own tools did has a place here; their words have come.
      case AnswerEvent.Foreign _ -> {}
    }
  }

  private void endThought(Waiting block, JsonWriter out) {
    if (!thoughtsWanted) {
      return;
    }
    List<Proof> proofs = block.proofs;
    if (block.open) {
      sink.endThinking(
          proofs.isEmpty()
              ? ProofPlace.UNSIGNED
              : ProofPlace.THOUGHT.envelope(proofs.removeFirst()),
          out);
    }
    for (Proof proof : proofs) {
      writeTrailing(out);
      if (proof.kind() == Proof.Kind.HIDDEN_THOUGHT) {
        sink.hiddenThought(ProofPlace.THOUGHT.envelope(proof), out);
      } else {
        thought(ProofPlace.THOUGHT, proof, out);
      }
    }
  }

  private void writeTrailing(JsonWriter out) {
    List<PlacedProof> before = List.copyOf(trailing);
    trailing.clear();
    before.forEach(each -> thought(each.place, each.proof, out));
  }

  private void thought(ProofPlace place, Proof proof, JsonWriter out) {
    writeTrailing(out);
    sink.beginThinking(out);
    sink.endThinking(place.envelope(proof), out);
  }

  /** Plain text as the input of a tool that takes an object. */
  private static RawText wrapped(Waiting block) {
    RawJson text = RawJson.of("\"" + block.plain + "\"");
    return new JsonWriter().beginObject().member("input", text).endObject().toJson().asText();
  }

  private static AnswerEvent.Block copy(AnswerEvent.Block kind) {
    return kind instanceof AnswerEvent.ToolCall call
        ? new AnswerEvent.ToolCall(call.id().copy(), call.name().copy(), call.freeform())
        : kind;
  }

  private AnswerEvent copy(AnswerEvent event) {
    return switch (event) {
      case AnswerEvent.TextPiece piece ->
          new AnswerEvent.TextPiece(piece.block(), copy(piece.text()));
      case AnswerEvent.InputPiece piece ->
          new AnswerEvent.InputPiece(piece.block(), copy(piece.text()));
      case AnswerEvent.Proven(int block, Proof proof) ->
          new AnswerEvent.Proven(
              block,
              new Proof(proof.origin(), proof.kind(), copy(proof.value()), copy(proof.id())));
      case AnswerEvent.Cited(int block, AnswerEvent.Citation citation) ->
          new AnswerEvent.Cited(
              block,
              new AnswerEvent.Citation(
                  citation.origin(),
                  citation.url().map(this::copy),
                  citation.title().map(this::copy),
                  citation.quote().map(this::copy),
                  RawJson.NULL));
      default -> event;
    };
  }

  private RawText copy(RawText text) {
    waitingBytes += text.length();
    return text.copy();
  }
}
