package dev.probity.telemetry.otlp.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Makes texts of bytes, and gives the same text again for bytes that come again and again, such as
 * ids of sessions and names of models. A text takes its place when it comes a second time, so that
 * those which come once do not drive out the others.
 */
final class TextCache {
  /** Longer texts, other than content, are cut. In characters. */
  static final int LONGEST_TEXT = 1024;

  /** Longer content is cut. In bytes. */
  static final int LONGEST_CONTENT = 64 * 1024;

  private static final int ENTRIES = 1024;
  private static final int LONGEST_KEPT = 100;
  private static final int MOST_BYTES_OF_A_CHARACTER = 3;

  private final long seed;
  private final byte[][] keys = new byte[ENTRIES][];
  private final String[] texts = new String[ENTRIES];
  private final long[] seenOnce = new long[ENTRIES];

  TextCache(long seed) {
    this.seed = seed;
    Arrays.fill(keys, new byte[0]);
    Arrays.fill(texts, "");
  }

  /** A short text: what is too long is cut, what is no UTF-8 replaced, control characters are ?. */
  String text(byte[] bytes, long slice) {
    int from = Slice.from(slice);
    int to = Slice.to(slice);
    if (to - from > LONGEST_KEPT) {
      return decoded(bytes, from, to);
    }
    if (from == to) {
      return "";
    }
    long hash = XxHash64.hash(bytes, from, to, seed);
    int place = (int) hash & ENTRIES - 1;
    byte[] key = keys[place];
    if (Arrays.equals(key, 0, key.length, bytes, from, to)) {
      return texts[place];
    }
    String text = decoded(bytes, from, to);
    if (seenOnce[place] == hash) {
      keys[place] = Arrays.copyOfRange(bytes, from, to);
      texts[place] = text;
    }
    seenOnce[place] = hash;
    return text;
  }

  /** Content that may be read: like a text, but longer, and lines stay lines. */
  static String content(byte[] bytes, long slice) {
    int from = Slice.from(slice);
    int to = wholeCharacters(bytes, from, Slice.to(slice), LONGEST_CONTENT);
    return withoutControls(new String(bytes, from, to - from, UTF_8), true);
  }

  private static String decoded(byte[] bytes, int from, int to) {
    if (isPlain(bytes, from, to)) {
      return new String(bytes, from, Math.min(to - from, LONGEST_TEXT), ISO_8859_1);
    }
    int end = wholeCharacters(bytes, from, to, LONGEST_TEXT * MOST_BYTES_OF_A_CHARACTER);
    String text = new String(bytes, from, end - from, UTF_8);
    return withoutControls(cut(text, LONGEST_TEXT), false);
  }

  /** At most so many characters, and none of two halves only the first. */
  static String cut(String text, int longest) {
    if (text.length() <= longest) {
      return text;
    }
    boolean split = Character.isHighSurrogate(text.charAt(longest - 1));
    return text.substring(0, split ? longest - 1 : longest);
  }

  /** Whether it is ASCII without control characters. */
  private static boolean isPlain(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] < ' ' || bytes[i] == 0x7F) {
        return false;
      }
    }
    return true;
  }

  /** The end of at most so many bytes that does not stand within a character. */
  private static int wholeCharacters(byte[] bytes, int from, int to, int most) {
    if (to - from <= most) {
      return to;
    }
    int end = from + most;
    while (end > from + most - MOST_BYTES_OF_A_CHARACTER && (bytes[end] & 0xC0) == 0x80) {
      end--;
    }
    return end;
  }

  private static String withoutControls(String text, boolean keepLines) {
    @Nullable StringBuilder mended = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isISOControl(c) && !(keepLines && (c == '\n' || c == '\t' || c == '\r'))) {
        mended = mended == null ? new StringBuilder(text) : mended;
        mended.setCharAt(i, '?');
      }
    }
    return mended == null ? text : mended.toString();
  }
}
