package dev.probity.gateway.json;

/** Reads {@code true}, {@code false} and {@code null}, cut wherever they are. */
final class JsonWord {
  /** Returned instead of a position: another letter stands where {@link #problemAt} says. */
  static final int FAILED = -1;

  private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
  private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};
  private static final byte[] NULL = {'n', 'u', 'l', 'l'};

  private byte[] letters = NULL;
  private int seen;
  private int problemAt;

  /** Begins the word with that first letter, and tells its kind. */
  JsonKind begin(byte first) {
    seen = 0;
    switch (first) {
      case 't' -> {
        letters = TRUE;
        return JsonKind.TRUE;
      }
      case 'f' -> {
        letters = FALSE;
        return JsonKind.FALSE;
      }
      default -> {
        letters = NULL;
        return JsonKind.NULL;
      }
    }
  }

  /** Whether the word goes on in bytes yet to come. */
  boolean isOpen() {
    return seen < letters.length;
  }

  /** Where it failed, as a position in the array. */
  int problemAt() {
    return problemAt;
  }

  /** Reads on; the position after the word, {@code to}, or {@link #FAILED}. */
  int scan(byte[] bytes, int from, int to) {
    int p = from;
    while (seen < letters.length && p < to) {
      if (bytes[p] != letters[seen]) {
        problemAt = p;
        return FAILED;
      }
      p++;
      seen++;
    }
    return p;
  }
}
