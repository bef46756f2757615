package dev.probity.gateway.neutral;

import dev.probity.gateway.Dialect;
import dev.probity.gateway.json.RawText;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/**
 * A vendor's {@link Proof} on its way through another vendor's client: written where that client
 * keeps its own opaque values (a signature, encrypted content), and unpacked when it comes back.
 *
 * <pre>pbty1.DIALECT.KIND.base64url(id).base64url(value)</pre>
 *
 * with the proof's bytes as they were written in JSON.
 */
public final class ProofEnvelope {
  /** How every envelope begins; no vendor's own values do. */
  public static final String MARK = "pbty1.";

  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
  private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

  private ProofEnvelope() {}

  /** The proof as an opaque text for clients of another dialect. */
  public static RawText wrap(Proof proof) {
    return RawText.of(
        MARK
            + proof.origin().text()
            + (proof.kind() == Proof.Kind.SIGNATURE ? ".s." : ".h.")
            + encoded(proof.id())
            + "."
            + encoded(proof.value()));
  }

  /** What a client of {@code dialect} sent back: an envelope's proof, or its own vendor's. */
  public static Proof read(Dialect dialect, Proof.Kind kind, RawText value, RawText id) {
    return unwrap(value).orElseGet(() -> new Proof(dialect, kind, value, id));
  }

  /** The proof within; empty if this is no envelope of ours. */
  public static Optional<Proof> unwrap(RawText text) {
    if (!text.startsWith(MARK)) {
      return Optional.empty();
    }
    String[] parts = text.plain().split("\\.", -1);
    if (parts.length != 5 || !(parts[2].equals("s") || parts[2].equals("h"))) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Proof(
              Dialect.valueOf(parts[1].toUpperCase(Locale.ROOT)),
              parts[2].equals("s") ? Proof.Kind.SIGNATURE : Proof.Kind.HIDDEN_THOUGHT,
              decoded(parts[4]),
              decoded(parts[3])));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static String encoded(RawText text) {
    return ENCODER.encodeToString(text.plain().getBytes(StandardCharsets.UTF_8));
  }

  private static RawText decoded(String encoded) {
    return RawText.of(new String(DECODER.decode(encoded), StandardCharsets.UTF_8));
  }
}
