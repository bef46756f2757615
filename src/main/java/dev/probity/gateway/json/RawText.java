package dev.probity.gateway.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What stands between the quotes of a JSON string, as it was written: escapes are escapes still.
 * Passing it on costs a copy, and changes no byte. A stretch of somebody's array, which must not
 * change while this lives; {@link #copy} to keep it longer.
 */
public final class RawText {
  public static final RawText EMPTY = new RawText(new byte[0], 0, 0);

  private final byte[] bytes;
  private final int from;
  private final int to;
  private @Nullable String plain;

  RawText(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.from = from;
    this.to = to;
  }

  /** A text of our own. */
  public static RawText of(String plain) {
    byte[] quoted = JsonText.quoted(plain);
    RawText made = new RawText(quoted, 1, quoted.length - 1);
    made.plain = plain;
    return made;
  }

  /** What its escapes mean; half of a surrogate pair stays half of one. */
  public String plain() {
    String known = plain;
    if (known == null) {
      known = decode();
      plain = known;
    }
    return known;
  }

  private String decode() {
    int slash = indexOf('\\');
    if (slash < 0) {
      return new String(bytes, from, to - from, UTF_8);
    }
    StringBuilder out = new StringBuilder(to - from);
    int run = from;
    int p = from + slash;
    while (p < to) {
      if (bytes[p] != '\\') {
        p++;
        continue;
      }
      out.append(new String(bytes, run, p - run, UTF_8));
      char escape = p + 1 < to ? (char) bytes[p + 1] : '\\';
      p += 2;
      switch (escape) {
        case 'n' -> out.append('\n');
        case 't' -> out.append('\t');
        case 'r' -> out.append('\r');
        case 'b' -> out.append('\b');
        case 'f' -> out.append('\f');
        case 'u' -> {
          out.append((char) hex(p));
          p += 4;
        }
        default -> out.append(escape);
      }
      run = Math.min(p, to);
    }
    return out.append(new String(bytes, run, to - run, UTF_8)).toString();
  }

  private int hex(int at) {
    int value = 0;
    for (int i = at; i < Math.min(at + 4, to); i++) {
      value = value * 16 + Math.max(0, Character.digit(bytes[i], 16));
    }
    return value;
  }

  public boolean isEmpty() {
    return from == to;
  }

  /** Whether it is empty or all white space, without decoding what is not. */
  public boolean isBlank() {
    int p = from;
    while (p < to && bytes[p] == ' ') {
      p++;
    }
    return p == to || bytes[p] == '\\' && isEscapedSpace(p + 1) && plain().isBlank();
  }

  private boolean isEscapedSpace(int at) {
    return at < to
        && (bytes[at] == 'n' || bytes[at] == 't' || bytes[at] == 'r' || bytes[at] == 'u');
  }

  /** Bytes as written. */
  public int length() {
    return to - from;
  }

  /** Characters (code points) that it means, counted without decoding it. */
  public int characters() {
    int count = 0;
    int p = from;
    while (p < to) {
      byte value = bytes[p];
      if (value == '\\') {
        boolean unicode = p + 1 < to && bytes[p + 1] == 'u';
        boolean lowHalf =
            unicode
                && p + 3 < to
                && (bytes[p + 2] == 'd' || bytes[p + 2] == 'D')
                && Character.digit(bytes[p + 3], 16) >= 12;
        count += lowHalf ? 0 : 1;
        p += unicode ? 6 : 2;
      } else {
        // The bytes that go on with a character begin with the bits 10.
        count += (value & 0xC0) == 0x80 ? 0 : 1;
        p++;
      }
    }
    return count;
  }

  /** Whether it says exactly this, which must need no escapes. */
  public boolean is(String plainAscii) {
    return length() == plainAscii.length() && startsWith(plainAscii);
  }

  /** Whether it begins, as written, with this. */
  public boolean startsWith(String plainAscii) {
    if (plainAscii.length() > length()) {
      return false;
    }
    for (int i = 0; i < plainAscii.length(); i++) {
      if (bytes[from + i] != plainAscii.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Where this byte first stands, counted from the beginning; -1 if nowhere. */
  public int indexOf(char ascii) {
    for (int p = from; p < to; p++) {
      if (bytes[p] == ascii) {
        return p - from;
      }
    }
    return -1;
  }

  /** What is left without the first bytes; must not cut an escape or a character. */
  public RawText from(int start) {
    return new RawText(bytes, from + start, to);
  }

  /** The first bytes; must not cut an escape or a character. */
  public RawText until(int end) {
    return new RawText(bytes, from, from + end);
  }

  /** The same in an array of its own. */
  public RawText copy() {
    return new RawText(Arrays.copyOfRange(bytes, from, to), 0, to - from);
  }

  /** This text as a JSON value, quotes included. */
  public RawJson quoted() {
    byte[] all = new byte[length() + 2];
    all[0] = '"';
    System.arraycopy(bytes, from, all, 1, length());
    all[all.length - 1] = '"';
    return new RawJson(all, 0, all.length);
  }

  void writeTo(JsonWriter out) {
    out.verbatim(bytes, from, to);
  }

  /** Equal as written; {@code "A"} and its escape are not equal. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RawText that
        && Arrays.equals(bytes, from, to, that.bytes, that.from, that.to);
  }

  @Override
  public int hashCode() {
    int hash = 1;
    for (int p = from; p < to; p++) {
      hash = 31 * hash + bytes[p];
    }
    return hash;
  }

  /** As written. */
  @Override
  public String toString() {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }
}
