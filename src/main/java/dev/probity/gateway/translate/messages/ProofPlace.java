package dev.probity.gateway.translate.messages;

import dev.probity.gateway.Dialect;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.Proof;
import dev.probity.gateway.neutral.ProofEnvelope;

/**
 * Where a proof belongs that travels as a thinking block. Anthropic signs thoughts alone; another
 * vendor may sign a call or a text, too, whose proof then goes in a block without a text beside it
 * and says by its id, which is empty otherwise, which one that is.
 */
enum ProofPlace {
  /** To the thought that it stands with. */
  THOUGHT(""),
  /** To the call or text that comes next. */
  NEXT("next"),
  /** To the call or text before. */
  PREVIOUS("previous"),
  /** To a text of no length in this very place. */
  EMPTY_TEXT("empty");

  /**
   * What stands as the signature of a thought that nobody has signed. No empty string: Anthropic
   * refuses a thought with that, and it would not be found and taken out.
   */
  static final RawText UNSIGNED =
      ProofEnvelope.wrap(
          new Proof(Dialect.CHAT, Proof.Kind.SIGNATURE, RawText.EMPTY, RawText.EMPTY));

  private final String mark;

  ProofPlace(String mark) {
    this.mark = mark;
  }

  static ProofPlace of(Proof proof) {
    if (!proof.id().isEmpty()) {
      for (ProofPlace place : values()) {
        if (place != THOUGHT && proof.id().is(place.mark)) {
          return place;
        }
      }
    }
    return THOUGHT;
  }

  /** The proof as a client of messages gets it. */
  RawText envelope(Proof proof) {
    boolean marked = this != THOUGHT && proof.id().isEmpty();
    return ProofEnvelope.wrap(marked ? withId(proof, RawText.of(mark)) : proof);
  }

  /** The proof as its vendor made it. */
  Proof unmarked(Proof proof) {
    return this == THOUGHT ? proof : withId(proof, RawText.EMPTY);
  }

  private static Proof withId(Proof proof, RawText id) {
    return new Proof(proof.origin(), proof.kind(), proof.value(), id);
  }
}
