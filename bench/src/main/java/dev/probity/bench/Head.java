package dev.probity.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/** The head of a request or an answer, gathered from reads and looked into without copies. */
final class Head {
  private static final int LIMIT = 1 << 18;

  private byte[] bytes = new byte[4_096];
  private int length;
  private int searched;
  private int end = -1;

  /** Adds bytes and says whether the head is complete; what follows it is kept as well. */
  boolean add(byte[] from, int offset, int count) {
    if (length + count > LIMIT) {
      throw new IllegalStateException("a head of more than " + LIMIT + " bytes");
    }
    if (length + count > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(length + count, 2 * bytes.length));
    }
    System.arraycopy(from, offset, bytes, length, count);
    length += count;
    for (int i = Math.max(searched, 3); end < 0 && i < length; i++) {
      if (bytes[i] == '\n' && bytes[i - 1] == '\r' && bytes[i - 2] == '\n') {
        end = i + 1;
      }
    }
    searched = length;
    return end >= 0;
  }

  void clear() {
    length = 0;
    searched = 0;
    end = -1;
  }

  boolean isEmpty() {
    return length == 0;
  }

  byte[] bytes() {
    return bytes;
  }

  /** Where the body begins. */
  int end() {
    return end;
  }

  /** How many bytes were gathered, body included. */
  int length() {
    return length;
  }

  /** The value of a header as a number; -1 if it is not there. */
  long number(String lowerName) {
    int at = valueOf(lowerName);
    if (at < 0) {
      return -1;
    }
    long value = 0;
    for (; bytes[at] >= '0' && bytes[at] <= '9'; at++) {
      value = value * 10 + (bytes[at] - '0');
    }
    return value;
  }

  /** Whether a header is there with exactly this value, letter case aside. */
  boolean has(String lowerName, String lowerValue) {
    int at = valueOf(lowerName);
    return at >= 0 && startsWith(at, lowerValue) && bytes[at + lowerValue.length()] == '\r';
  }

  /** The status of an answer. */
  int status() {
    return (bytes[9] - '0') * 100 + (bytes[10] - '0') * 10 + (bytes[11] - '0');
  }

  /** What was gathered so far, for a message. */
  String excerpt() {
    return new String(bytes, 0, Math.min(length, 600), US_ASCII).replaceAll("\\s+", " ");
  }

  private int valueOf(String lowerName) {
    int line = 0;
    while (line < end) {
      if (startsWith(line, lowerName) && bytes[line + lowerName.length()] == ':') {
        int at = line + lowerName.length() + 1;
        while (bytes[at] == ' ') {
          at++;
        }
        return at;
      }
      while (bytes[line] != '\n') {
        line++;
      }
      line++;
    }
    return -1;
  }

  private boolean startsWith(int at, String lower) {
    if (at + lower.length() >= end) {
      return false;
    }
    for (int i = 0; i < lower.length(); i++) {
      int b = bytes[at + i];
      if (b >= 'A' && b <= 'Z') {
        b |= 0x20;
      }
      if (b != lower.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
