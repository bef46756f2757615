package dev.probity.gateway.translate.matrix;

import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.AnswerEvent;
import dev.probity.gateway.neutral.AnswerEvent.StopReason;
import dev.probity.gateway.neutral.Proof;
import dev.probity.gateway.neutral.ProofEnvelope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What an answer's events come to, whatever pieces they came in. */
final class Heard {
  final StringBuilder text = new StringBuilder();
  final StringBuilder thought = new StringBuilder();
  final StringBuilder declined = new StringBuilder();
  final Map<Integer, String> calls = new TreeMap<>();
  final List<Proof> proofs = new ArrayList<>();
  final List<String> cited = new ArrayList<>();
  final List<String> foreign = new ArrayList<>();
  Optional<StopReason> stop = Optional.empty();
  Optional<RawText> sequence = Optional.empty();
  boolean freeform;
  boolean ended;

  private final Map<Integer, AnswerEvent.Block> blocks = new TreeMap<>();

  static Heard of(List<AnswerEvent> events) {
    Heard heard = new Heard();
    events.forEach(heard::hear);
    return heard;
  }

  private void hear(AnswerEvent event) {
    switch (event) {
      case AnswerEvent.BlockBegun(int block, AnswerEvent.Block kind) -> {
        blocks.put(block, kind);
        if (kind instanceof AnswerEvent.ToolCall call) {
          calls.put(block, call.name().plain() + ":");
          freeform |= call.freeform();
        } else if (kind instanceof AnswerEvent.Foreign f) {
          foreign.add(f.type());
        }
      }
      case AnswerEvent.TextPiece(int block, RawText piece) -> {
        switch (blocks.get(block)) {
          case AnswerEvent.Thought _ -> thought.append(piece.plain());
          case AnswerEvent.Declined _ -> declined.append(piece.plain());
          default -> text.append(piece.plain());
        }
      }
      case AnswerEvent.InputPiece(int block, RawText piece) ->
          calls.merge(block, piece.plain(), String::concat);
      case AnswerEvent.Proven(int _, Proof proof) -> proofs.add(unwrapped(proof));
      case AnswerEvent.Cited(int _, AnswerEvent.Citation citation) ->
          citation.url().ifPresent(url -> cited.add(url.plain()));
      case AnswerEvent.Stopped(StopReason reason, Optional<RawText> met) -> {
        stop = Optional.of(reason);
        sequence = met;
      }
      case AnswerEvent.Ended _ -> ended = true;
      default -> {}
    }
  }

  /** Here a provider's own proofs come in envelopes, and go into others. */
  private static Proof unwrapped(Proof proof) {
    return ProofEnvelope.unwrap(proof.value()).map(Heard::unwrapped).orElse(proof);
  }

  /** Calls in order; a call without input has an empty object for one. */
  List<String> callTexts() {
    return calls.values().stream()
        .map(call -> call.endsWith(":") ? call + "{}" : call)
        .map(call -> call.replace(" ", ""))
        .toList();
  }
}
