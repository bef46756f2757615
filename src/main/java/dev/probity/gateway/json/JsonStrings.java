package dev.probity.gateway.json;

/**
 * Reads strings, from after the opening quote to the closing one, cut wherever they are. What a
 * string says goes to a watched value, into the buffer for names, or nowhere.
 */
final class JsonStrings {
  /** Returned instead of a position: see {@link #problem}, {@link #reason}, {@link #problemAt}. */
  static final int FAILED = -1;

  private static final int TO_NAME = -1;
  static final int NAME_BYTES = 64;
  private static final int NO_SURROGATE = 0;
  private static final int REPLACEMENT = 0xFFFD;

  /** What the byte after a backslash stands for; 0 if it may not stand there. */
  private static final byte[] ESCAPES = new byte[128];

  private static final byte[] HEX = new byte[128];

  static {
    String from = "\"\\/bfnrt";
    String to = "\"\\/\b\f\n\r\t";
    for (int i = 0; i < from.length(); i++) {
      ESCAPES[from.charAt(i)] = (byte) to.charAt(i);
    }
    for (int i = 0; i < HEX.length; i++) {
      HEX[i] = (byte) Character.digit(i, 16);
    }
  }

  /** Where a string was cut. */
  private enum Cut {
    NOWHERE,
    IN_CHARACTER,
    AFTER_BACKSLASH,
    IN_HEX
  }

  private final JsonValues values;
  private final byte[] name = new byte[NAME_BYTES];
  private final byte[] encoded = new byte[4];
  private final Utf8Characters characters = new Utf8Characters();
  private int target;
  private int nameLength;
  private boolean open;
  private Cut cut = Cut.NOWHERE;
  private int missing;
  private int hex;
  private int surrogate;
  private JsonProblem problem = JsonProblem.NONE;
  private String reason = "";
  private int problemAt;

  JsonStrings(JsonValues values) {
    this.values = values;
  }

  void reset() {
    open = false;
    cut = Cut.NOWHERE;
    characters.reset();
    surrogate = NO_SURROGATE;
  }

  void beginSkipped() {
    target = JsonPaths.NOTHING;
    open = true;
  }

  void beginValue(int index) {
    target = index;
    open = true;
  }

  void beginName() {
    target = TO_NAME;
    nameLength = 0;
    open = true;
  }

  /** Whether the string goes on in bytes yet to come. */
  boolean isOpen() {
    return open;
  }

  /** What is watched under the name that was read. */
  int find(MemberTable members) {
    return nameLength > NAME_BYTES ? JsonPaths.NOTHING : members.find(name, 0, nameLength);
  }

  JsonProblem problem() {
    return problem;
  }

  String reason() {
    return reason;
  }

  /** Where it failed, as a position in the array. */
  int problemAt() {
    return problemAt;
  }

  /** Reads on; the position after the closing quote, {@code to}, or {@link #FAILED}. */
  int scan(byte[] bytes, int from, int to) {
    int p = from;
    if (cut != Cut.NOWHERE) {
      p = resume(bytes, p, to);
      if (p == FAILED || cut != Cut.NOWHERE) {
        return p;
      }
    }
    while (p >= 0) {
      int end;
      if (target == JsonPaths.NOTHING) {
        end = PlainRun.endOfSkipped(bytes, p, to, ESCAPES);
      } else {
        end = PlainRun.end(bytes, p, to);
        if (end > p) {
          take(bytes, p, end);
        }
      }
      if (end == to) {
        return to;
      }
      byte stop = bytes[end];
      if (stop == '"') {
        settleSurrogate();
        open = false;
        return end + 1;
      }
      if (stop == '\\') {
        p = escape(bytes, end + 1, to);
      } else if (stop < 0) {
        p = characters(bytes, end, to);
      } else {
        return fail(
            JsonProblem.SYNTAX, "a control character in a string (it must be escaped)", end);
      }
      if (cut != Cut.NOWHERE) {
        return p;
      }
    }
    return FAILED;
  }

  /** Characters outside ASCII, as many as follow one another. */
  private int characters(byte[] bytes, int from, int to) {
    int p = characters.scan(bytes, from, to);
    if (p == FAILED) {
      return fail(JsonProblem.ENCODING, "a byte that is not UTF-8", characters.problemAt());
    }
    take(bytes, from, p);
    if (characters.isCut()) {
      cut = Cut.IN_CHARACTER;
    }
    return p;
  }

  /** An escape, from after its backslash. */
  private int escape(byte[] bytes, int from, int to) {
    if (from == to) {
      cut = Cut.AFTER_BACKSLASH;
      return to;
    }
    byte kind = bytes[from];
    if (kind == 'u') {
      missing = 4;
      hex = 0;
      return hexDigits(bytes, from + 1, to);
    }
    byte plain = kind < 0 ? 0 : ESCAPES[kind];
    if (plain == 0) {
      return fail(JsonProblem.SYNTAX, "an escape that JSON does not have", from);
    }
    if (target != JsonPaths.NOTHING) {
      settleSurrogate();
      put(plain);
    }
    return from + 1;
  }

  private int hexDigits(byte[] bytes, int from, int to) {
    int p = from;
    while (missing > 0 && p < to) {
      int digit = bytes[p] < 0 ? -1 : HEX[bytes[p]];
      if (digit < 0) {
        return fail(JsonProblem.SYNTAX, "a \\u escape without four hexadecimal digits", p);
      }
      hex = hex << 4 | digit;
      missing--;
      p++;
    }
    if (missing > 0) {
      cut = Cut.IN_HEX;
    } else if (target != JsonPaths.NOTHING) {
      unit((char) hex);
    }
    return p;
  }

  /** Goes on with what the last piece cut in two. */
  private int resume(byte[] bytes, int from, int to) {
    Cut where = cut;
    if (from == to) {
      return from;
    }
    cut = Cut.NOWHERE;
    if (where == Cut.AFTER_BACKSLASH) {
      return escape(bytes, from, to);
    }
    if (where == Cut.IN_HEX) {
      return hexDigits(bytes, from, to);
    }
    return characters(bytes, from, to);
  }

  /** One UTF-16 unit; two surrogates make a character, one alone becomes U+FFFD. */
  private void unit(char unit) {
    if (surrogate != NO_SURROGATE && Character.isLowSurrogate(unit)) {
      int whole = Character.toCodePoint((char) surrogate, unit);
      surrogate = NO_SURROGATE;
      put(whole);
      return;
    }
    settleSurrogate();
    if (Character.isHighSurrogate(unit)) {
      surrogate = unit;
    } else {
      put(Character.isLowSurrogate(unit) ? REPLACEMENT : unit);
    }
  }

  private void settleSurrogate() {
    if (surrogate != NO_SURROGATE) {
      surrogate = NO_SURROGATE;
      put(REPLACEMENT);
    }
  }

  private void put(int character) {
    int length;
    if (character < 0x80) {
      encoded[0] = (byte) character;
      length = 1;
    } else if (character < 0x800) {
      encoded[0] = (byte) (0xC0 | character >> 6);
      encoded[1] = (byte) (0x80 | character & 0x3F);
      length = 2;
    } else if (character < 0x10000) {
      encoded[0] = (byte) (0xE0 | character >> 12);
      encoded[1] = (byte) (0x80 | character >> 6 & 0x3F);
      encoded[2] = (byte) (0x80 | character & 0x3F);
      length = 3;
    } else {
      encoded[0] = (byte) (0xF0 | character >> 18);
      encoded[1] = (byte) (0x80 | character >> 12 & 0x3F);
      encoded[2] = (byte) (0x80 | character >> 6 & 0x3F);
      encoded[3] = (byte) (0x80 | character & 0x3F);
      length = 4;
    }
    append(encoded, 0, length);
  }

  private void take(byte[] bytes, int from, int to) {
    if (target != JsonPaths.NOTHING) {
      settleSurrogate();
      append(bytes, from, to - from);
    }
  }

  private void append(byte[] bytes, int from, int length) {
    if (target != TO_NAME) {
      values.append(target, bytes, from, length);
    } else if (nameLength + length <= NAME_BYTES) {
      System.arraycopy(bytes, from, name, nameLength, length);
      nameLength += length;
    } else {
      nameLength = NAME_BYTES + 1;
    }
  }

  private int fail(JsonProblem what, String why, int at) {
    problem = what;
    reason = why;
    problemAt = at;
    return FAILED;
  }
}
