package dev.probity.gateway.json;

/** Checks characters outside ASCII: as UTF-8 must write them, cut wherever they are. */
final class Utf8Characters {
  /** Returned instead of a position: see {@link #problemAt}. */
  static final int FAILED = -1;

  private int missing;
  private int lowest;
  private int highest;
  private int problemAt;

  void reset() {
    missing = 0;
  }

  /** Whether the last character goes on in bytes yet to come. */
  boolean isCut() {
    return missing > 0;
  }

  /** Where it failed, as a position in the array. */
  int problemAt() {
    return problemAt;
  }

  /** Reads on to the first byte of ASCII; its position, {@code to}, or {@link #FAILED}. */
  int scan(byte[] bytes, int from, int to) {
    int p = from;
    while (p < to && (missing > 0 || bytes[p] < 0)) {
      int size = missing == 0 && to - p >= 4 ? wellFormed(bytes, p) : 0;
      if (size > 0) {
        p += size;
      } else if (missing > 0 ? follows(bytes[p]) : expect(bytes[p] & 0xFF)) {
        p++;
      } else {
        problemAt = p;
        return FAILED;
      }
    }
    return p;
  }

  /** The length of the character at {@code p}, which has four bytes to look at; 0 if it is none. */
  private static int wellFormed(byte[] bytes, int p) {
    int lead = bytes[p] & 0xFF;
    int second = bytes[p + 1];
    if ((second & 0xC0) != 0x80 || lead < 0xC2) {
      return 0;
    }
    if (lead < 0xE0) {
      return 2;
    }
    if ((bytes[p + 2] & 0xC0) != 0x80) {
      return 0;
    }
    if (lead < 0xF0) {
      int top = (lead & 0xF) << 1 | (second & 0x20) >> 5;
      return top == 0 || top == 0x1B ? 0 : 3;
    }
    int plane = (lead & 0xF) << 2 | (second & 0x30) >> 4;
    return (bytes[p + 3] & 0xC0) == 0x80 && plane >= 1 && plane <= 16 ? 4 : 0;
  }

  /**
   * Notes what may follow a first byte: no overlong forms, no surrogates, nothing past U+10FFFF.
   */
  private boolean expect(int lead) {
    lowest = 0x80;
    highest = 0xBF;
    if (lead < 0xC2 || lead > 0xF4) {
      return false;
    }
    if (lead < 0xE0) {
      missing = 1;
    } else if (lead < 0xF0) {
      missing = 2;
      if (lead == 0xE0) {
        lowest = 0xA0;
      } else if (lead == 0xED) {
        highest = 0x9F;
      }
    } else {
      missing = 3;
      if (lead == 0xF0) {
        lowest = 0x90;
      } else if (lead == 0xF4) {
        highest = 0x8F;
      }
    }
    return true;
  }

  private boolean follows(byte next) {
    int value = next & 0xFF;
    if (value < lowest || value > highest) {
      return false;
    }
    lowest = 0x80;
    highest = 0xBF;
    missing--;
    return true;
  }
}
