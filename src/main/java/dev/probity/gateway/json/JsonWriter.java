package dev.probity.gateway.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.Arrays;

/**
 * Writes JSON, and what stands around it in a stream of events, into one array that grows. Puts the
 * commas; that brackets match and members have names is the caller's to see to. Reusable.
 */
public final class JsonWriter {
  private static final int FIRST_BYTES = 512;
  private static final int KEPT_BYTES = 256 << 10;
  private static final byte[] HEX = "0123456789abcdef".getBytes(UTF_8);

  private byte[] bytes = new byte[FIRST_BYTES];
  private int size;
  private boolean comma;

  public JsonWriter beginObject() {
    separate();
    put('{');
    comma = false;
    return this;
  }

  public JsonWriter endObject() {
    put('}');
    comma = true;
    return this;
  }

  public JsonWriter beginArray() {
    separate();
    put('[');
    comma = false;
    return this;
  }

  public JsonWriter endArray() {
    put(']');
    comma = true;
    return this;
  }

  /** A member's name; its value must follow. */
  public JsonWriter name(String name) {
    separate();
    put('"');
    piece(name);
    put('"');
    put(':');
    comma = false;
    return this;
  }

  public JsonWriter value(String text) {
    beginText();
    piece(text);
    return endText();
  }

  public JsonWriter value(RawText text) {
    beginText();
    piece(text);
    return endText();
  }

  /** A value as it was written, but on one line: a break would end the event that it stands in. */
  public JsonWriter value(RawJson json) {
    separate();
    int from = size;
    json.writeTo(this);
    for (int i = from; i < size; i++) {
      if (bytes[i] == '\n' || bytes[i] == '\r') {
        bytes[i] = ' ';
      }
    }
    comma = true;
    return this;
  }

  public JsonWriter value(long number) {
    separate();
    ascii(Long.toString(number));
    comma = true;
    return this;
  }

  public JsonWriter value(boolean flag) {
    separate();
    ascii(flag ? "true" : "false");
    comma = true;
    return this;
  }

  public JsonWriter nullValue() {
    separate();
    ascii("null");
    comma = true;
    return this;
  }

  public JsonWriter member(String name, String text) {
    return name(name).value(text);
  }

  public JsonWriter member(String name, RawText text) {
    return name(name).value(text);
  }

  public JsonWriter member(String name, RawJson json) {
    return name(name).value(json);
  }

  public JsonWriter member(String name, long number) {
    return name(name).value(number);
  }

  public JsonWriter member(String name, boolean flag) {
    return name(name).value(flag);
  }

  /** Begins a string that is written in pieces. */
  public JsonWriter beginText() {
    separate();
    put('"');
    return this;
  }

  public JsonWriter endText() {
    put('"');
    comma = true;
    return this;
  }

  /** A piece of a string, as it was written. */
  public JsonWriter piece(RawText text) {
    text.writeTo(this);
    return this;
  }

  /** A piece of a string, escaped where it must be. */
  public JsonWriter piece(String plain) {
    if (isPlain(plain)) {
      ascii(plain);
    } else {
      StringBuilder quoted = new StringBuilder(plain.length() + 8);
      JsonText.quote(plain, quoted);
      byte[] encoded = quoted.toString().getBytes(UTF_8);
      verbatim(encoded, 1, encoded.length - 1);
    }
    return this;
  }

  /** A piece of a string: the text of a JSON value, escaped. {@link RawJson#inside} undoes it. */
  public JsonWriter piece(RawJson json) {
    int from = size;
    json.writeTo(this);
    int plain = from;
    while (plain < size && bytes[plain] != '"' && bytes[plain] != '\\' && bytes[plain] >= ' ') {
      plain++;
    }
    if (plain < size) {
      escapeAgain(Arrays.copyOfRange(bytes, plain, size), plain);
    }
    return this;
  }

  private void escapeAgain(byte[] json, int at) {
    size = at;
    for (byte each : json) {
      if (each == '"' || each == '\\') {
        put('\\');
        put((char) each);
      } else if (each >= 0 && each < ' ') {
        ascii("\\u00");
        put((char) HEX[each >> 4]);
        put((char) HEX[each & 15]);
      } else {
        put((char) each);
      }
    }
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c >= 0x7F || c == '"' || c == '\\') {
        return false;
      }
    }
    return true;
  }

  /** Writes ASCII as it is: the lines around an event. What follows is not separated from it. */
  public JsonWriter line(String ascii) {
    ascii(ascii);
    comma = false;
    return this;
  }

  private void separate() {
    if (comma) {
      put(',');
    }
  }

  @SuppressWarnings("deprecation") // The one way to copy ASCII without a detour.
  private void ascii(String text) {
    room(text.length());
    text.getBytes(0, text.length(), bytes, size);
    size += text.length();
  }

  void verbatim(byte[] source, int from, int to) {
    room(to - from);
    System.arraycopy(source, from, bytes, size, to - from);
    size += to - from;
  }

  private void put(char value) {
    if (size == bytes.length) {
      room(1);
    }
    bytes[size] = (byte) value;
    size++;
  }

  private void room(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, Math.addExact(size, more)));
    }
  }

  public int size() {
    return size;
  }

  public boolean isEmpty() {
    return size == 0;
  }

  /** Forgets what was written. */
  public void clear() {
    size = 0;
    comma = false;
    if (bytes.length > KEPT_BYTES) {
      bytes = new byte[FIRST_BYTES];
    }
  }

  /** What was written, as one well-formed value. */
  public RawJson toJson() {
    return new RawJson(Arrays.copyOf(bytes, size), 0, size);
  }

  /** A copy of what was written. */
  public byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  /** A copy of what was written. */
  public ByteBuf toBuffer(ByteBufAllocator allocator) {
    return allocator.directBuffer(Math.max(size, 1)).writeBytes(bytes, 0, size);
  }

  @Override
  public String toString() {
    return new String(bytes, 0, size, UTF_8);
  }
}
