package dev.probity.gateway.json;

/** Reads a number, cut wherever it is. */
final class JsonNumber {
  /** Returned instead of a position: see {@link #reason}, {@link #problemAt}. */
  static final int FAILED = -1;

  private static final int START = 0;
  private static final int MINUS = 1;
  private static final int ZERO = 2;
  private static final int INTEGER = 3;
  private static final int POINT = 4;
  private static final int FRACTION = 5;
  private static final int EXPONENT = 6;
  private static final int EXPONENT_SIGN = 7;
  private static final int EXPONENT_DIGITS = 8;

  private int state;
  private boolean negative;
  private boolean open;
  private long value;
  private String reason = "";
  private int problemAt;

  void begin() {
    state = START;
    negative = false;
    value = 0;
    open = true;
  }

  void reset() {
    open = false;
  }

  /** Whether the number may go on in bytes yet to come. */
  boolean isOpen() {
    return open;
  }

  /** Whether the number could end where it is. */
  boolean couldEnd() {
    return state == ZERO || state == INTEGER || state == FRACTION || state == EXPONENT_DIGITS;
  }

  /** Ends the number with the document. */
  void end() {
    open = false;
  }

  boolean isInteger() {
    return state == ZERO || state == INTEGER;
  }

  /** The whole part; the largest or smallest long if it is beyond that. 0 with an exponent. */
  long value() {
    if (state == EXPONENT_DIGITS) {
      return 0;
    }
    return negative ? -value : value;
  }

  String reason() {
    return reason;
  }

  /** Where it failed, as a position in the array. */
  int problemAt() {
    return problemAt;
  }

  /** Reads on; the position after the number, {@code to}, or {@link #FAILED}. */
  int scan(byte[] bytes, int from, int to) {
    int p = from;
    while (p < to) {
      byte c = bytes[p];
      if (c >= '0' && c <= '9') {
        p = digits(bytes, p, to);
        if (p == FAILED) {
          return FAILED;
        }
        continue;
      }
      if (!symbol(c)) {
        open = false;
        return couldEnd() ? p : fail("a number that is not whole", p);
      }
      p++;
    }
    return p;
  }

  private int digits(byte[] bytes, int from, int to) {
    int p = from;
    switch (state) {
      case START, MINUS -> {
        state = bytes[p] == '0' ? ZERO : INTEGER;
        value = bytes[p] - '0';
        return p + 1;
      }
      case ZERO -> {
        return fail("a number that starts with 0", p);
      }
      case INTEGER -> {
        while (p < to && bytes[p] >= '0' && bytes[p] <= '9') {
          int digit = bytes[p] - '0';
          value = value > (Long.MAX_VALUE - digit) / 10 ? Long.MAX_VALUE : value * 10 + digit;
          p++;
        }
        return p;
      }
      case POINT, FRACTION -> state = FRACTION;
      default -> state = EXPONENT_DIGITS;
    }
    return PlainRun.digitsEnd(bytes, p, to);
  }

  private boolean symbol(byte c) {
    switch (state) {
      case START -> {
        state = MINUS;
        negative = true;
        return c == '-';
      }
      case ZERO, INTEGER, FRACTION -> {
        if (c == '.' && state != FRACTION) {
          state = POINT;
          return true;
        }
        if (c == 'e' || c == 'E') {
          state = EXPONENT;
          return true;
        }
        return false;
      }
      case EXPONENT -> {
        if (c == '+' || c == '-') {
          state = EXPONENT_SIGN;
          return true;
        }
        return false;
      }
      default -> {
        return false;
      }
    }
  }

  private int fail(String why, int at) {
    reason = why;
    problemAt = at;
    return FAILED;
  }
}
