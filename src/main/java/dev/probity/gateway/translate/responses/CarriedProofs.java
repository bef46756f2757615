package dev.probity.gateway.translate.responses;

import dev.probity.gateway.Dialect;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.Part;
import dev.probity.gateway.neutral.Proof;
import dev.probity.gateway.neutral.ProofEnvelope;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Proofs on their way back from a client. Responses keep them only with reasoning, so another
 * vendor's proof of a call or of a message comes in a reasoning item of its own, whose envelope
 * names what it proves; here they find each other again.
 */
final class CarriedProofs {
  private final Map<String, Place> places = new HashMap<>();
  private final Map<String, Proof> waiting = new HashMap<>();

  /** Where a call or the end of a message stands. */
  private record Place(List<Part> parts, int index) {}

  /**
   * A reasoning item with encrypted content.
   *
   * @return the thought that it is; empty if it belongs to a call or a message
   */
  Optional<Part> read(RawText text, RawText encryptedContent, RawText itemId) {
    Proof.Kind kind = text.isEmpty() ? Proof.Kind.HIDDEN_THOUGHT : Proof.Kind.SIGNATURE;
    Proof proof = ProofEnvelope.read(Dialect.RESPONSES, kind, encryptedContent, itemId);
    if (proof.origin() == Dialect.RESPONSES || proof.id().isEmpty()) {
      return Optional.of(new Part.Thought(text, Optional.of(proof)));
    }
    String owner = proof.id().plain();
    Proof bare = new Proof(proof.origin(), proof.kind(), proof.value(), RawText.EMPTY);
    Place place = places.get(owner);
    if (place == null) {
      waiting.put(owner, bare);
    } else {
      prove(place, bare);
    }
    return Optional.empty();
  }

  /** A call was added last. */
  void called(RawText id, List<Part> parts) {
    added(id, parts);
  }

  /** A message was added last, if it had any content. */
  void said(RawText id, List<Part> parts) {
    if (!id.isEmpty() && !parts.isEmpty() && parts.getLast() instanceof Part.Text) {
      added(id, parts);
    }
  }

  private void added(RawText id, List<Part> parts) {
    Place place = new Place(parts, parts.size() - 1);
    places.put(id.plain(), place);
    Proof proof = waiting.remove(id.plain());
    if (proof != null) {
      prove(place, proof);
    }
  }

  /** Whether there are proofs of what never came. */
  boolean areLeft() {
    return !waiting.isEmpty();
  }

  private static void prove(Place place, Proof proof) {
    Part proven =
        switch (place.parts.get(place.index)) {
          case Part.ToolCall call ->
              new Part.ToolCall(
                  call.id(),
                  call.name(),
                  call.input(),
                  call.freeform(),
                  Optional.of(proof),
                  call.cache());
          case Part.Text text -> new Part.Text(text.text(), text.cache(), Optional.of(proof));
          case Part other -> other;
        };
    place.parts.set(place.index, proven);
  }
}
