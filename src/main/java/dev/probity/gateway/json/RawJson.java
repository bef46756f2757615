package dev.probity.gateway.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value as it was written, known to be well-formed. A stretch of somebody's array, which
 * must not change while this lives; {@link #copy} to keep it longer.
 */
public final class RawJson {
  public static final RawJson NULL = of("null");
  public static final RawJson TRUE = of("true");
  public static final RawJson FALSE = of("false");
  public static final RawJson EMPTY_OBJECT = of("{}");
  public static final RawJson EMPTY_ARRAY = of("[]");

  private static final JsonPaths NO_PATHS = JsonPaths.watch().build();
  private static final int MAX_DEPTH = 256;

  private final byte[] bytes;
  private final int from;
  private final int to;

  RawJson(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.from = from;
    this.to = to;
  }

  /** Of bytes that were checked before. */
  public static RawJson of(byte[] bytes, int from, int to) {
    return new RawJson(bytes, from, to);
  }

  /** Of JSON of our own. */
  public static RawJson of(String json) {
    byte[] bytes = json.getBytes(UTF_8);
    return new RawJson(bytes, 0, bytes.length);
  }

  /** A string of our own. */
  public static RawJson text(String plain) {
    byte[] bytes = JsonText.quoted(plain);
    return new RawJson(bytes, 0, bytes.length);
  }

  public static RawJson number(long value) {
    return of(Long.toString(value));
  }

  /** Checks bytes that nobody has checked; empty if they are not one well-formed value. */
  public static Optional<RawJson> check(byte[] bytes, int from, int to) {
    JsonScanner scanner = new JsonScanner(NO_PATHS, MAX_DEPTH);
    scanner.reset();
    if (!scanner.feed(bytes, from, to) || !scanner.finish()) {
      return Optional.empty();
    }
    int first = from;
    int last = to;
    while (first < last && isSpace(bytes[first])) {
      first++;
    }
    while (last > first && isSpace(bytes[last - 1])) {
      last--;
    }
    return Optional.of(new RawJson(bytes, first, last));
  }

  /** The JSON that is written inside a string, if it is well-formed. */
  public static Optional<RawJson> inside(RawText text) {
    byte[] bytes = text.plain().getBytes(UTF_8);
    return check(bytes, 0, bytes.length);
  }

  private static boolean isSpace(byte value) {
    return value == ' ' || value == '\n' || value == '\r' || value == '\t';
  }

  public JsonKind kind() {
    return from == to ? JsonKind.ABSENT : JsonCursor.kind(bytes[from]);
  }

  public boolean isObject() {
    return kind() == JsonKind.OBJECT;
  }

  public boolean isArray() {
    return kind() == JsonKind.ARRAY;
  }

  public boolean isString() {
    return kind() == JsonKind.STRING;
  }

  public boolean isNull() {
    return kind() == JsonKind.NULL;
  }

  public boolean isTrue() {
    return kind() == JsonKind.TRUE;
  }

  /** Walks over it. */
  public JsonCursor cursor() {
    return new JsonCursor(bytes, from, to);
  }

  /** What is between its quotes; empty if it is no string. */
  public Optional<RawText> text() {
    return isString() ? Optional.of(new RawText(bytes, from + 1, to - 1)) : Optional.empty();
  }

  /** Its whole number; empty if it is none. */
  public Optional<Long> integer() {
    if (kind() != JsonKind.NUMBER || to - from > 19) {
      return Optional.empty();
    }
    try {
      return Optional.of(Long.parseLong(toString()));
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }

  /** Itself as the text of a JSON string: what {@link #inside} undoes. */
  public RawText asText() {
    return RawText.of(toString());
  }

  /** The same in an array of its own. */
  public RawJson copy() {
    return new RawJson(Arrays.copyOfRange(bytes, from, to), 0, to - from);
  }

  /** Bytes as written. */
  public int length() {
    return to - from;
  }

  byte[] bytes() {
    return bytes;
  }

  int from() {
    return from;
  }

  int to() {
    return to;
  }

  void writeTo(JsonWriter out) {
    out.verbatim(bytes, from, to);
  }

  /** Equal as written. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RawJson that
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
    return new String(bytes, from, to - from, UTF_8);
  }
}
