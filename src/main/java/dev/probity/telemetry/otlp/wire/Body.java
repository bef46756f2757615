package dev.probity.telemetry.otlp.wire;

import dev.probity.telemetry.otlp.OtlpFormatException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The bytes of the request that is being read. All views look into it, and let go of it at once.
 */
final class Body {
  private static final byte[] NONE = new byte[0];
  private static final int LONGEST_WORD = 100;
  private static final int LONGEST_ID = 32;
  private static final boolean[] WORD_CHARACTERS = new boolean[128];

  static {
    for (char c = 0; c < 128; c++) {
      WORD_CHARACTERS[c] =
          c >= 'a' && c <= 'z'
              || c >= 'A' && c <= 'Z'
              || c >= '0' && c <= '9'
              || "_.:/-".indexOf(c) >= 0;
    }
  }

  private final TextCache texts;
  private final long seed;
  private byte[] bytes = NONE;
  private int origin;

  Body(long seed) {
    this.seed = seed;
    texts = new TextCache(seed);
  }

  void open(byte[] newBytes, int newOrigin) {
    bytes = newBytes;
    origin = newOrigin;
  }

  void close() {
    bytes = NONE;
  }

  byte[] bytes() {
    return bytes;
  }

  String text(long slice) {
    return texts.text(bytes, slice);
  }

  String content(long slice) {
    return TextCache.content(bytes, slice);
  }

  /**
   * An id of bytes in lower-case hexadecimal; empty for one of no length, or of a senseless one.
   */
  String hex(long slice) {
    int length = Slice.length(slice);
    return length == 0 || length > LONGEST_ID
        ? ""
        : HexFormat.of().formatHex(bytes, Slice.from(slice), Slice.to(slice));
  }

  long hash(long slice) {
    return XxHash64.hash(bytes, Slice.from(slice), Slice.to(slice), seed);
  }

  /** What clients send in the place of content while they are told not to send any. */
  private static final byte[][] MASKS = {
    "<REDACTED>".getBytes(StandardCharsets.US_ASCII),
    "[REDACTED]".getBytes(StandardCharsets.US_ASCII)
  };

  /** Whether a text stands for content that was left out. */
  static boolean isMask(byte[] bytes, int from, int to) {
    for (byte[] mask : MASKS) {
      if (Arrays.equals(bytes, from, to, mask, 0, mask.length)) {
        return true;
      }
    }
    return false;
  }

  /** Whether it is a short name without blanks, which can't say much. */
  boolean isWord(long slice) {
    return isWord(bytes, Slice.from(slice), Slice.to(slice));
  }

  static boolean isWord(byte[] bytes, int from, int to) {
    if (to - from > LONGEST_WORD) {
      return false;
    }
    for (int i = from; i < to; i++) {
      if (bytes[i] < 0 || !WORD_CHARACTERS[bytes[i]]) {
        return false;
      }
    }
    return from < to;
  }

  OtlpFormatException malformed(String what, int at) {
    return new OtlpFormatException(what + " at byte " + (at - origin));
  }
}
