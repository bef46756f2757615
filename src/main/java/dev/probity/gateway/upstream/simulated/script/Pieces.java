package dev.probity.gateway.upstream.simulated.script;

import java.util.ArrayList;
import java.util.List;

/** How a text is cut up for streaming, never inside a character. */
public final class Pieces {
  private static final int DEFAULT_PIECES = 12;

  private Pieces() {}

  /** The answer's text, as the faults ask. */
  public static List<String> ofText(String text, Faults faults) {
    if (faults.number(Fault.CHUNK_BYTES).isPresent()) {
      return ofLength(text, (int) faults.number(Fault.CHUNK_BYTES, 1));
    }
    return inParts(text, (int) faults.number(Fault.CHUNKS, DEFAULT_PIECES));
  }

  /** So many parts of about the same length, or fewer if the text is short; none of nothing. */
  public static List<String> inParts(String text, int parts) {
    List<String> pieces = new ArrayList<>();
    int start = 0;
    for (int i = 1; i <= parts; i++) {
      int end = boundary(text, (int) ((long) text.length() * i / parts));
      if (end > start) {
        pieces.add(text.substring(start, end));
        start = end;
      }
    }
    return pieces;
  }

  private static List<String> ofLength(String text, int length) {
    List<String> pieces = new ArrayList<>();
    int start = 0;
    while (start < text.length()) {
      int end = boundary(text, Math.min(text.length(), start + length));
      pieces.add(text.substring(start, end));
      start = end;
    }
    return pieces;
  }

  private static int boundary(String text, int at) {
    return at > 0 && at < text.length() && Character.isLowSurrogate(text.charAt(at)) ? at + 1 : at;
  }
}
