package dev.probity.gateway.json;

/**
 * The grammar of JSON as a state between two bytes: what may come next, and in which objects and
 * arrays.
 */
final class JsonGrammar {
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

  private final JsonPaths paths;
  private final JsonValues values;
  private final JsonStrings strings;
  private final JsonNumber number = new JsonNumber();
  private final JsonWord word = new JsonWord();
  private final JsonNesting nesting;

  private Expected expected = Expected.VALUE;
  private long fed;
  private long base;
  private int next = JsonPaths.ROOT;
  private JsonProblem problem = JsonProblem.NONE;
  private String reason = "";
  private long problemOffset = -1;

  /**
   * @param maxDepth how many objects and arrays may be open at once
   */
  JsonGrammar(JsonPaths paths, JsonValues values, int maxDepth) {
    this.paths = paths;
    this.nesting = new JsonNesting(maxDepth);
    this.values = values;
    this.strings = new JsonStrings(values);
  }

  /** Makes ready for another document. */
  void reset() {
    strings.reset();
    number.reset();
    expected = Expected.VALUE;
    fed = 0;
    nesting.reset();
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
    if (expected == Expected.REST_OF_NUMBER && nesting.isOutermost() && number.couldEnd()) {
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
        if (c == (nesting.inObject() ? '}' : ']')) {
          return close(p + 1);
        }
        return fail(nesting.inObject() ? "expected , or }" : "expected , or ]", p);
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
    if (nesting.inObject()) {
      expected = Expected.MEMBER;
    } else {
      expected = Expected.VALUE;
      next = paths.element(nesting.container());
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
      case 't', 'f', 'n' -> {
        JsonKind kind = word.begin(c);
        if (next != JsonPaths.NOTHING) {
          values.begin(next, kind, base + p);
        }
        return word(bytes, p, to);
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
    if (nesting.isFull()) {
      return failAt(
          JsonProblem.DEPTH, "nested deeper than " + nesting.maxDepth() + " levels", base + p);
    }
    if (next != JsonPaths.NOTHING) {
      values.begin(next, object ? JsonKind.OBJECT : JsonKind.ARRAY, base + p);
    }
    nesting.open(next, object);
    if (object) {
      expected = Expected.MEMBER_OR_END;
    } else {
      expected = Expected.ELEMENT_OR_END;
      next = paths.element(next);
    }
    return p + 1;
  }

  private int close(int p) {
    if (nesting.container() != JsonPaths.NOTHING) {
      values.endContainer(nesting.container(), base + p);
    }
    nesting.close();
    endValue();
    return p;
  }

  private void endValue() {
    expected = nesting.isOutermost() ? Expected.NOTHING_MORE : Expected.COMMA_OR_END;
  }

  private void fillContainer() {
    if (nesting.container() != JsonPaths.NOTHING) {
      values.fill(nesting.container());
    }
  }

  private int beginName(byte[] bytes, int p, int to) {
    MemberTable members = paths.members(nesting.container());
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
      MemberTable members = paths.members(nesting.container());
      named(members.isEmpty() ? JsonPaths.NOTHING : strings.find(members));
    }
    return end;
  }

  private void named(int index) {
    next = index;
    expected = Expected.COLON;
    if (index != JsonPaths.NOTHING && nesting.nameAgain(paths.ordinal(index))) {
      values.duplicate(index);
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

  private int word(byte[] bytes, int p, int to) {
    int end = word.scan(bytes, p, to);
    if (end < 0) {
      return fail("expected a value", word.problemAt());
    }
    if (word.isOpen()) {
      expected = Expected.REST_OF_WORD;
    } else {
      if (next != JsonPaths.NOTHING) {
        values.end(next, base + end);
      }
      endValue();
    }
    return end;
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
