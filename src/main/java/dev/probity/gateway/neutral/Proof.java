package dev.probity.gateway.neutral;

import dev.probity.gateway.Dialect;
import dev.probity.gateway.json.RawText;

/**
 * What a vendor wants to see again with a thought (or a call or a text), byte for byte, before it
 * believes that its model thought it: a signature, or the thought itself encrypted. It means
 * something to that vendor alone. {@link ProofEnvelope} takes it through other dialects.
 *
 * @param origin the dialect whose vendor made it
 * @param id the item's id (responses); else empty
 */
public record Proof(Dialect origin, Kind kind, RawText value, RawText id) {
  /** What it is to its vendor. */
  public enum Kind {
    /** Signs a visible thought, call or text. */
    SIGNATURE,
    /** Stands in place of a thought that may not be seen. */
    HIDDEN_THOUGHT
  }
}
