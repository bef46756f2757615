package dev.probity.gateway.json;

import java.util.Arrays;

/**
 * The grammar of JSON as a state between two bytes: what may come next, and in which objects and
 * arrays.
 */
final class JsonGrammar {
  private static final int FIRST_LEVELS = 16;

  private enum Expected {
    VALUE,
    ELEMENT_OR_END,
    MEMBER_OR_END,
    MEMBER,
    COLON,
    COMMA_OR_END,
    REST_OF_NAME,
    REST_OF_STRING,
    REST_OF_NUMBER,
    REST_OF_WORD,
    NOTHING_MORE,
    FAILED
  }

  private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
  private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};
  private static final byte[] NULL = {'n', 'u', 'l', 'l'};

  private final JsonPaths paths;
  private final JsonValues values;
  private final JsonStrings strings;
  private final JsonNumber number = new JsonNumber();
  private final int maxDepth;

  private Expected expected = Expected.VALUE;
  private long fed;
  private long base;
  private int depth;
  private int container;
  private boolean inObject;
  private int next = JsonPaths.ROOT;
  private byte[] word = NULL;
  private int wordSeen;
  private int[] containers = new int[FIRST_LEVELS];
  private boolean[] objects = new boolean[FIRST_LEVELS];
  private long[] seen = new long[FIRST_LEVELS];
  private JsonProblem problem = JsonProblem.NONE;
  private String reason = "";
  private long problemOffset = -1;

  /**
   * @param maxDepth how many objects and arrays may be open at once
   */
  JsonGrammar(JsonPaths paths, JsonValues values, int maxDepth) {
    this.paths = paths;
    this.maxDepth = maxDepth;
    this.values = values;
    this.strings = new JsonStrings(values);
  }

  /** Makes ready for another document. */
  void reset() {
    strings.reset();
    number.reset();
    expected = Expected.VALUE;
    fed = 0;
    depth = 0;
    container = JsonPaths.NOTHING;
    inObject = false;
    next = JsonPaths.ROOT;
    problem = JsonProblem.NONE;
    reason = "";
    problemOffset = -1;
  }

  /**
   * Reads on in {@code bytes[from, to)}.
   *
   * @return whether the document is well-formed so far; after a failure nothing more is read
   */
  boolean feed(byte[] bytes, int from, int to) {
    if (expected == Expected.FAILED) {
      return false;
    }
    base = fed - from;
    fed += to - from;
    int p = from;
    while (p < to) {
      byte c = bytes[p];
      p =
          switch (expected) {
            case REST_OF_NAME -> name(bytes, p, to);
            case REST_OF_STRING -> string(bytes, p, to);
            case REST_OF_NUMBER -> number(bytes, p, to);
            case REST_OF_WORD -> word(bytes, p, to);
            default -> isSpace(c) ? p + 1 : token(bytes, p, to, c);
          };
      if (p < 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * The document has no more bytes.
   *
   * @return whether it is well-formed and whole
   */
  boolean finish() {
    if (expected == Expected.REST_OF_NUMBER && depth == 0 && number.couldEnd()) {
      number.end();
      endNumber(fed);
    }
    if (expected == Expected.FAILED) {
      return false;
    }
    if (expected != Expected.NOTHING_MORE) {
      failAt(JsonProblem.TRUNCATED, "the document ends too early", fed);
      return false;
    }
    return true;
  }

  private static boolean isSpace(byte c) {
    return c <= ' ' && (c == ' ' || c == '\n' || c == '\r' || c == '\t');
  }

  private int token(byte[] bytes, int p, int to, byte c) {
    switch (expected) {
      case COMMA_OR_END -> {
        if (c == ',') {
          return afterComma(p + 1);
        }
        if (c == (inObject ? '}' : ']')) {
          return close(p + 1);
        }
        return fail(inObject ? "expected , or }" : "expected , or ]", p);
      }
      case MEMBER, MEMBER_OR_END -> {
        if (c == '"') {
          return beginName(bytes, p + 1, to);
        }
        if (c == '}' && expected == Expected.MEMBER_OR_END) {
          return close(p + 1);
        }
        return fail("expected a member's name in quotes", p);
      }
      case COLON -> {
        if (c == ':') {
          expected = Expected.VALUE;
          return p + 1;
        }
        return fail("expected : after a member's name", p);
      }
      case ELEMENT_OR_END -> {
        if (c == ']') {
          return close(p + 1);
        }
        fillContainer();
        return value(bytes, p, to, c);
      }
      case VALUE -> {
        return value(bytes, p, to, c);
      }
      default -> {
        return fail("something after the end of the document", p);
      }
    }
  }

  private int afterComma(int p) {
    if (inObject) {
      expected = Expected.MEMBER;
    } else {
      expected = Expected.VALUE;
      next = paths.element(container);
    }
    return p;
  }

  private int value(byte[] bytes, int p, int to, byte c) {
    switch (c) {
      case '"' -> {
        if (next == JsonPaths.NOTHING) {
          strings.beginSkipped();
        } else {
          values.begin(next, JsonKind.STRING, base + p);
          strings.beginValue(next);
        }
        return string(bytes, p + 1, to);
      }
      case '{' -> {
        return open(p, true);
      }
      case '[' -> {
        return open(p, false);
      }
      case 't' -> {
        return beginWord(bytes, p, to, TRUE, JsonKind.TRUE);
      }
      case 'f' -> {
        return beginWord(bytes, p, to, FALSE, JsonKind.FALSE);
      }
      case 'n' -> {
        return beginWord(bytes, p, to, NULL, JsonKind.NULL);
      }
      default -> {
        if (c != '-' && (c < '0' || c > '9')) {
          return fail("expected a value", p);
        }
        if (next != JsonPaths.NOTHING) {
          values.begin(next, JsonKind.NUMBER, base + p);
        }
        number.begin();
        return number(bytes, p, to);
      }
    }
  }

  private int open(int p, boolean object) {
    if (depth == maxDepth) {
      return failAt(JsonProblem.DEPTH, "nested deeper than " + maxDepth + " levels", base + p);
    }
    if (depth == containers.length) {
      int grown = Math.min(maxDepth, depth * 2);
      containers = Arrays.copyOf(containers, grown);
      objects = Arrays.copyOf(objects, grown);
      seen = Arrays.copyOf(seen, grown);
    }
    containers[depth] = container;
    objects[depth] = inObject;
    container = next;
    inObject = object;
    if (container != JsonPaths.NOTHING) {
      values.begin(container, object ? JsonKind.OBJECT : JsonKind.ARRAY, base + p);
      seen[depth] = 0;
    }
    depth++;
    if (object) {
      expected = Expected.MEMBER_OR_END;
    } else {
      expected = Expected.ELEMENT_OR_END;
      next = paths.element(container);
    }
    return p + 1;
  }

  private int close(int p) {
    if (container != JsonPaths.NOTHING) {
      values.endContainer(container, base + p);
    }
    depth--;
    container = containers[depth];
    inObject = objects[depth];
    endValue();
    return p;
  }

  private void endValue() {
    expected = depth == 0 ? Expected.NOTHING_MORE : Expected.COMMA_OR_END;
  }

  private void fillContainer() {
    if (container != JsonPaths.NOTHING) {
      values.fill(container);
    }
  }

  private int beginName(byte[] bytes, int p, int to) {
    MemberTable members = paths.members(container);
    fillContainer();
    if (members.isEmpty()) {
      strings.beginSkipped();
    } else {
      int end = PlainRun.end(bytes, p, to);
      if (end < to && bytes[end] == '"') {
        named(members.find(bytes, p, end - p));
        return end + 1;
      }
      strings.beginName();
    }
    return name(bytes, p, to);
  }

  private int name(byte[] bytes, int p, int to) {
    int end = strings.scan(bytes, p, to);
    if (end < 0) {
      return failInString();
    }
    if (strings.isOpen()) {
      expected = Expected.REST_OF_NAME;
    } else {
      MemberTable members = paths.members(container);
      named(members.isEmpty() ? JsonPaths.NOTHING : strings.find(members));
    }
    return end;
  }

  private void named(int index) {
    next = index;
    expected = Expected.COLON;
    if (index != JsonPaths.NOTHING) {
      long bit = 1L << paths.ordinal(index);
      if ((seen[depth - 1] & bit) != 0) {
        values.duplicate(index);
      }
      seen[depth - 1] |= bit;
    }
  }

  private int string(byte[] bytes, int p, int to) {
    int end = strings.scan(bytes, p, to);
    if (end < 0) {
      return failInString();
    }
    if (strings.isOpen()) {
      expected = Expected.REST_OF_STRING;
    } else {
      if (next != JsonPaths.NOTHING) {
        values.end(next, base + end);
      }
      endValue();
    }
    return end;
  }

  private int number(byte[] bytes, int p, int to) {
    int end = number.scan(bytes, p, to);
    if (end < 0) {
      return fail(number.reason(), number.problemAt());
    }
    if (number.isOpen()) {
      expected = Expected.REST_OF_NUMBER;
    } else {
      endNumber(base + end);
    }
    return end;
  }

  private void endNumber(long end) {
    if (next != JsonPaths.NOTHING) {
      values.number(next, number.value(), number.isInteger(), end);
    }
    endValue();
  }

  private int beginWord(byte[] bytes, int p, int to, byte[] letters, JsonKind kind) {
    if (next != JsonPaths.NOTHING) {
      values.begin(next, kind, base + p);
    }
    word = letters;
    wordSeen = 0;
    return word(bytes, p, to);
  }

  private int word(byte[] bytes, int from, int to) {
    int p = from;
    while (wordSeen < word.length) {
      if (p == to) {
        expected = Expected.REST_OF_WORD;
        return p;
      }
      if (bytes[p] != word[wordSeen]) {
        return fail("expected a value", p);
      }
      p++;
      wordSeen++;
    }
    if (next != JsonPaths.NOTHING) {
      values.end(next, base + p);
    }
    endValue();
    return p;
  }

  private int fail(String why, int at) {
    return failAt(JsonProblem.SYNTAX, why, base + at);
  }

  private int failInString() {
    return failAt(strings.problem(), strings.reason(), base + strings.problemAt());
  }

  private int failAt(JsonProblem what, String why, long offset) {
    expected = Expected.FAILED;
    problem = what;
    reason = why;
    problemOffset = offset;
    return -1;
  }

  boolean isComplete() {
    return expected == Expected.NOTHING_MORE;
  }

  boolean hasFailed() {
    return expected == Expected.FAILED;
  }

  JsonProblem problem() {
    return problem;
  }

  String reason() {
    return reason;
  }

  long problemOffset() {
    return problemOffset;
  }

  long fed() {
    return fed;
  }
}
