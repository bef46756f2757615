package dev.probity.gateway.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Looks through bytes eight at a time. A byte's test is worked into its highest bit; the borrow of
 * a subtraction can only spoil bytes above one that is itself a hit, so the lowest hit is exact.
 */
final class PlainRun {
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;
  private static final long UPPER_HALVES = 0xF0F0F0F0F0F0F0F0L;

  private PlainRun() {}

  /** Eight bytes, the first lowest. */
  static long word(byte[] bytes, int at) {
    return (long) WORDS.get(bytes, at);
  }

  /**
   * The first position from {@code at} that holds a quote, a backslash, a control character or a
   * byte outside ASCII; {@code to} if there is none.
   */
  static int end(byte[] bytes, int at, int to) {
    int p = at;
    int last = to - 8;
    while (p <= last) {
      long word = (long) WORDS.get(bytes, p);
      long hits =
          (word
                  | (word - ONES * 0x20)
                  | ((word ^ ONES * '"') - ONES)
                  | ((word ^ ONES * '\\') - ONES))
              & HIGHS;
      if (hits != 0) {
        return p + (Long.numberOfTrailingZeros(hits) >>> 3);
      }
      p += 8;
    }
    while (p < to && isPlain(bytes[p])) {
      p++;
    }
    return p;
  }

  /**
   * The same for a string that nobody reads: goes on over escapes of one character, too.
   *
   * @param escapes not 0 at each character that may follow a backslash by itself
   */
  static int endOfSkipped(byte[] bytes, int at, int to, byte[] escapes) {
    int p = end(bytes, at, to);
    while (p < to - 1 && bytes[p] == '\\' && bytes[p + 1] >= 0 && escapes[bytes[p + 1]] != 0) {
      p = end(bytes, p + 2, to);
    }
    return p;
  }

  private static boolean isPlain(byte value) {
    return value >= 0x20 && value != '"' && value != '\\';
  }

  /** The first position from {@code at} that holds no digit; {@code to} if there is none. */
  static int digitsEnd(byte[] bytes, int at, int to) {
    int p = at;
    while (p <= to - 8) {
      long word = (long) WORDS.get(bytes, p);
      // The upper half of a digit is 3, and stays 3 when 6 is added to the lower half.
      if ((word & UPPER_HALVES) != ONES * 0x30 || (word + ONES * 6 & UPPER_HALVES) != ONES * 0x30) {
        break;
      }
      p += 8;
    }
    while (p < to && bytes[p] >= '0' && bytes[p] <= '9') {
      p++;
    }
    return p;
  }

  /**
   * The first position from {@code at} that ends a line (CR or LF); {@code to} if there is none.
   */
  static int lineEnd(byte[] bytes, int at, int to) {
    int p = at;
    int last = to - 8;
    while (p <= last) {
      long word = (long) WORDS.get(bytes, p);
      long feed = word ^ ONES * '\n';
      long carriage = word ^ ONES * '\r';
      long hits = ((feed - ONES) & ~feed | (carriage - ONES) & ~carriage) & HIGHS;
      if (hits != 0) {
        return p + (Long.numberOfTrailingZeros(hits) >>> 3);
      }
      p += 8;
    }
    while (p < to && bytes[p] != '\n' && bytes[p] != '\r') {
      p++;
    }
    return p;
  }
}
