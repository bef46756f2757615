package dev.probity.gateway.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/** The watched members of one object, found by the bytes of a name: a sparse hash table. */
final class MemberTable {
  private static final MemberTable EMPTY = new MemberTable(0, Long.SIZE - 1);
  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

  private final int[] lengths;
  private final long[] words;
  private final byte[][] names;
  private final int[] indexes;
  private final int shift;

  private MemberTable(int slots, int shift) {
    this.lengths = new int[slots];
    this.words = new long[slots];
    this.names = new byte[slots][];
    this.indexes = new int[slots];
    this.shift = shift;
    Arrays.fill(lengths, -1);
  }

  static MemberTable of(Map<String, Integer> members) {
    if (members.isEmpty()) {
      return EMPTY;
    }
    int bits = 34 - Integer.numberOfLeadingZeros(members.size());
    var table = new MemberTable(1 << bits, Long.SIZE - bits);
    members.forEach(
        (name, index) -> table.add(name.getBytes(StandardCharsets.UTF_8), index.intValue()));
    return table;
  }

  private void add(byte[] name, int index) {
    long word = word(name, 0, name.length);
    int slot = slot(word, name, 0, name.length);
    while (lengths[slot] >= 0) {
      slot = slot + 1 & lengths.length - 1;
    }
    lengths[slot] = name.length;
    words[slot] = word;
    names[slot] = name;
    indexes[slot] = index;
  }

  boolean isEmpty() {
    return this == EMPTY;
  }

  /** The index of the member with that name; {@link JsonPaths#NOTHING} if it is not watched. */
  int find(byte[] bytes, int from, int length) {
    if (isEmpty()) {
      return JsonPaths.NOTHING;
    }
    long word = word(bytes, from, length);
    int slot = slot(word, bytes, from, length);
    while (lengths[slot] >= 0) {
      if (lengths[slot] == length
          && words[slot] == word
          && (length <= 8
              || Arrays.equals(bytes, from + 8, from + length, names[slot], 8, length))) {
        return indexes[slot];
      }
      slot = slot + 1 & lengths.length - 1;
    }
    return JsonPaths.NOTHING;
  }

  private int slot(long word, byte[] bytes, int from, int length) {
    long tail = length > 8 ? PlainRun.word(bytes, from + length - 8) : 0;
    return (int) ((word + length ^ tail * 31) * MULTIPLIER >>> shift);
  }

  /** The name's first eight bytes, fewer filled up with zeros. */
  private static long word(byte[] bytes, int from, int length) {
    if (from + 8 <= bytes.length) {
      long word = PlainRun.word(bytes, from);
      return length >= 8 ? word : word & (1L << (length << 3)) - 1;
    }
    long word = 0;
    for (int i = Math.min(length, 8) - 1; i >= 0; i--) {
      word = word << 8 | bytes[from + i] & 0xFF;
    }
    return word;
  }
}
