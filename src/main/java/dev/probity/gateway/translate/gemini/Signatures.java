package dev.probity.gateway.translate.gemini;

import dev.probity.gateway.Dialect;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.Part;
import dev.probity.gateway.neutral.Proof;
import dev.probity.gateway.neutral.ProofEnvelope;
import dev.probity.gateway.translate.gemini.request.Placeholders;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What may stand in a {@code thoughtSignature}: Google's own signature; one of its placeholders,
 * which prove nothing; or envelopes with the thoughts of another vendor.
 *
 * <p>Google's command line client forgets thoughts and keeps calls. Other vendors want to see again
 * what was thought before a call, so their thoughts travel on the call, too: envelopes with commas
 * between them, and the thought's text in the place of an id that its vendor does not have.
 */
final class Signatures {
  private Signatures() {}

  /** What a signature proves; empty for none and for placeholders. */
  static Optional<Proof> read(RawText signature) {
    if (signature.isEmpty() || Placeholders.isOne(signature)) {
      return Optional.empty();
    }
    return Optional.of(
        ProofEnvelope.read(Dialect.GEMINI, Proof.Kind.SIGNATURE, signature, RawText.EMPTY));
  }

  /** Whether a call's signature is made of envelopes. */
  static boolean carriesThoughts(RawText signature) {
    return signature.startsWith(ProofEnvelope.MARK);
  }

  /** The thoughts that a call carries; none that can't be read. */
  static List<Part.Thought> thoughts(RawText signature) {
    List<Part.Thought> thoughts = new ArrayList<>(1);
    for (String envelope : signature.plain().split(",", -1)) {
      ProofEnvelope.unwrap(RawText.of(envelope)).map(Signatures::thought).ifPresent(thoughts::add);
    }
    return thoughts;
  }

  private static Part.Thought thought(Proof proof) {
    if (proof.origin() == Dialect.RESPONSES) {
      return new Part.Thought(RawText.EMPTY, Optional.of(proof));
    }
    Proof plain = new Proof(proof.origin(), proof.kind(), proof.value(), RawText.EMPTY);
    return new Part.Thought(proof.id(), Optional.of(plain));
  }

  /** An envelope for a call, to be read by {@link #thoughts}. */
  static String carried(RawText text, Proof proof) {
    Proof withText =
        proof.id().isEmpty() ? new Proof(proof.origin(), proof.kind(), proof.value(), text) : proof;
    return ProofEnvelope.wrap(withText).plain();
  }
}
