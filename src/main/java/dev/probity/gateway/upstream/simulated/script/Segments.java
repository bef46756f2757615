package dev.probity.gateway.upstream.simulated.script;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A prompt as a provider's prompt cache sees it: pieces in order, each with all before it. */
public final class Segments {
  /** Whether a client asked for the prompt to be cached up to here, and for how long. */
  public enum Mark {
    NONE,
    FIVE_MINUTES,
    ONE_HOUR
  }

  /**
   * @param tokens of everything up to the piece's end
   * @param hash of everything up to the piece's end
   */
  public record Segment(long tokens, long hash, Mark mark) {}

  private static final long FNV_PRIME = 0x100000001b3L;

  private final List<Segment> segments = new ArrayList<>();
  private long hash = 0xcbf29ce484222325L;
  private long tokens;

  public void add(JsonNode piece, Mark mark) {
    String text = piece.isString() ? piece.stringValue() : Trees.text(piece);
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * FNV_PRIME;
    }
    hash = (hash ^ 0xffff) * FNV_PRIME;
    tokens += Tokens.of(piece);
    segments.add(new Segment(tokens, hash, mark));
  }

  public void add(JsonNode piece) {
    add(piece, Mark.NONE);
  }

  public List<Segment> all() {
    return segments;
  }

  public long tokens() {
    return Math.max(1, tokens);
  }
}
