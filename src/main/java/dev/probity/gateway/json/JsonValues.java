package dev.probity.gateway.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What a scanner has seen at each watched path of the current document. */
final class JsonValues {
  private static final JsonKind[] KINDS = JsonKind.values();
  private static final byte[] NO_TEXT = {};

  private final JsonPaths paths;
  private final byte[] kinds;
  private final int[] counts;
  private final boolean[] duplicates;
  private final boolean[] filled;
  private final boolean[] integers;
  private final long[] numbers;
  private final long[] starts;
  private final long[] ends;
  private final long[] lengths;
  private final long[] totals;
  private final long[] textTotals;
  private final int[] textLengths;
  private final byte[][] texts;

  JsonValues(JsonPaths paths) {
    this.paths = paths;
    int size = paths.size();
    kinds = new byte[size];
    counts = new int[size];
    duplicates = new boolean[size];
    filled = new boolean[size];
    integers = new boolean[size];
    numbers = new long[size];
    starts = new long[size];
    ends = new long[size];
    lengths = new long[size];
    totals = new long[size];
    textTotals = new long[size];
    textLengths = new int[size];
    texts = new byte[size][];
    Arrays.fill(texts, NO_TEXT);
  }

  /** Forgets the last document. What is not cleared here is set by the first {@link #begin}. */
  void reset() {
    Arrays.fill(kinds, (byte) 0);
    Arrays.fill(counts, 0);
    Arrays.fill(duplicates, false);
  }

  void begin(int index, JsonKind kind, long start) {
    if (counts[index]++ == 0) {
      totals[index] = 0;
      textTotals[index] = 0;
    }
    kinds[index] = (byte) kind.ordinal();
    starts[index] = start;
    ends[index] = start;
    lengths[index] = 0;
    numbers[index] = 0;
    textLengths[index] = 0;
    filled[index] = false;
    integers[index] = false;
  }

  void end(int index, long end) {
    ends[index] = end;
  }

  void endContainer(int index, long end) {
    ends[index] = end;
    totals[index] += end - starts[index];
  }

  void fill(int index) {
    filled[index] = true;
  }

  void duplicate(int index) {
    duplicates[index] = true;
  }

  void number(int index, long value, boolean integer, long end) {
    numbers[index] = value;
    integers[index] = integer;
    ends[index] = end;
    long sum = totals[index] + value;
    totals[index] = ((totals[index] ^ sum) & (value ^ sum)) < 0 ? Long.MAX_VALUE : sum;
  }

  /** Adds decoded text to the string at {@code index}. */
  void append(int index, byte[] bytes, int from, int length) {
    lengths[index] += length;
    textTotals[index] += length;
    int limit = paths.textLimit(index);
    int have = textLengths[index];
    if (have < limit) {
      int more = Math.min(length, limit - have);
      if (have + more > texts[index].length) {
        int grown = Math.max(Math.max(32, have + more), texts[index].length * 2);
        texts[index] = Arrays.copyOf(texts[index], Math.min(limit, grown));
      }
      System.arraycopy(bytes, from, texts[index], have, more);
      textLengths[index] = have + more;
    }
  }

  JsonKind kind(int index) {
    return KINDS[kinds[index]];
  }

  int count(int index) {
    return counts[index];
  }

  boolean isDuplicate(int index) {
    return duplicates[index];
  }

  boolean isFilled(int index) {
    return counts[index] > 0 && filled[index];
  }

  boolean isInteger(int index) {
    return counts[index] > 0 && integers[index];
  }

  long number(int index) {
    return counts[index] > 0 ? numbers[index] : 0;
  }

  long start(int index) {
    return counts[index] > 0 ? starts[index] : -1;
  }

  long end(int index) {
    return counts[index] > 0 ? ends[index] : -1;
  }

  long length(int index) {
    return counts[index] > 0 ? lengths[index] : 0;
  }

  long total(int index) {
    return counts[index] > 0 ? totals[index] : 0;
  }

  long textTotal(int index) {
    return counts[index] > 0 ? textTotals[index] : 0;
  }

  boolean textEquals(int index, byte[] expected) {
    return kind(index) == JsonKind.STRING
        && lengths[index] == expected.length
        && Arrays.equals(texts[index], 0, textLengths[index], expected, 0, expected.length);
  }

  String text(int index) {
    if (kind(index) != JsonKind.STRING) {
      return "";
    }
    byte[] text = texts[index];
    int length = textLengths[index];
    if (length < lengths[index]) {
      length = wholeCharacters(text, length);
    }
    return new String(text, 0, length, StandardCharsets.UTF_8);
  }

  /** Steps back over a character that the limit cut in two. */
  private static int wholeCharacters(byte[] text, int length) {
    int lead = length - 1;
    while (lead >= 0 && (text[lead] & 0xC0) == 0x80) {
      lead--;
    }
    if (lead < 0 || text[lead] >= 0) {
      return length;
    }
    int size = (text[lead] & 0xE0) == 0xC0 ? 2 : (text[lead] & 0xF0) == 0xE0 ? 3 : 4;
    return lead + size > length ? lead : length;
  }
}
