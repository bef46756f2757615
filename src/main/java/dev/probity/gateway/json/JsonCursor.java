package dev.probity.gateway.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

/**
 * Walks over a JSON document in memory, from front to back, building nothing. Meant for documents
 * that were checked before ({@link JsonScanner}); whatever else it meets is a {@link MalformedJson}
 * and nothing worse.
 *
 * <pre>{@code
 * json.enterObject();
 * while (json.nextMember()) {
 *   switch (json.name()) {
 *     case "role" -> role = json.text();
 *     case "content" -> content = json.raw();
 *     default -> rest(json.name(), json.raw());
 *   }
 * }
 * }</pre>
 *
 * A value that is not taken is passed over. An object or array that was entered must be walked to
 * its end.
 */
public final class JsonCursor {
  private static final int KNOWN_NAMES = 1 << 10;
  private static final int KNOWN_LENGTH = 40;

  /** Names seen lately. A race between threads costs a string, no more. */
  private static final @Nullable String[] NAMES = new @Nullable String[KNOWN_NAMES];

  private final byte[] bytes;
  private final int to;
  private int at;
  private boolean pending;
  private int nameFrom;
  private int nameTo;

  public JsonCursor(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.at = from;
    this.to = to;
    this.pending = true;
  }

  /** The kind of the value at hand. */
  public JsonKind kind() throws MalformedJson {
    space();
    return kind(bytes[at]);
  }

  static JsonKind kind(byte first) {
    return switch (first) {
      case '"' -> JsonKind.STRING;
      case '{' -> JsonKind.OBJECT;
      case '[' -> JsonKind.ARRAY;
      case 't' -> JsonKind.TRUE;
      case 'f' -> JsonKind.FALSE;
      case 'n' -> JsonKind.NULL;
      default -> JsonKind.NUMBER;
    };
  }

  /** Where the value at hand begins, as a position in the array. */
  public int position() throws MalformedJson {
    space();
    return at;
  }

  /** Goes into the object at hand. */
  public void enterObject() throws MalformedJson {
    open('{', "an object");
  }

  /** Goes into the array at hand. */
  public void enterArray() throws MalformedJson {
    open('[', "an array");
  }

  private void open(char bracket, String expected) throws MalformedJson {
    space();
    if (bytes[at] != bracket) {
      throw unexpected(expected);
    }
    at++;
    pending = false;
  }

  /** Goes to the next member; false at the end of the object, which is then left. */
  public boolean nextMember() throws MalformedJson {
    if (!next('}')) {
      return false;
    }
    if (bytes[at] != '"') {
      throw unexpected("a name");
    }
    nameFrom = at + 1;
    at = stringEnd(at);
    nameTo = at - 1;
    space();
    if (bytes[at] != ':') {
      throw unexpected("a colon");
    }
    at++;
    pending = true;
    return true;
  }

  /** Goes to the next element; false at the end of the array, which is then left. */
  public boolean nextElement() throws MalformedJson {
    if (!next(']')) {
      return false;
    }
    pending = true;
    return true;
  }

  private boolean next(char end) throws MalformedJson {
    if (pending) {
      skip();
    }
    space();
    if (bytes[at] == end) {
      at++;
      pending = false;
      return false;
    }
    if (bytes[at] == ',') {
      at++;
      space();
    }
    return true;
  }

  /** The name of the member at hand. */
  public String name() {
    int length = nameTo - nameFrom;
    if (length > KNOWN_LENGTH) {
      return new RawText(bytes, nameFrom, nameTo).plain();
    }
    int hash = length;
    for (int p = nameFrom; p < nameTo; p++) {
      hash = 31 * hash + bytes[p];
    }
    int slot = (hash ^ hash >>> 15) & KNOWN_NAMES - 1;
    String known = NAMES[slot];
    if (known != null && isName(known)) {
      return known;
    }
    String made = new RawText(bytes, nameFrom, nameTo).plain();
    NAMES[slot] = made;
    return made;
  }

  private boolean isName(String known) {
    if (known.length() != nameTo - nameFrom) {
      return false;
    }
    for (int i = 0; i < known.length(); i++) {
      if (known.charAt(i) != bytes[nameFrom + i] || bytes[nameFrom + i] == '\\') {
        return false;
      }
    }
    return true;
  }

  /** Takes the value at hand, whatever it is. */
  public RawJson raw() throws MalformedJson {
    space();
    int from = at;
    skip();
    return new RawJson(bytes, from, at);
  }

  /** Takes the string at hand. */
  public RawText text() throws MalformedJson {
    space();
    if (bytes[at] != '"') {
      throw unexpected("a string");
    }
    int from = at + 1;
    at = stringEnd(at);
    pending = false;
    return new RawText(bytes, from, at - 1);
  }

  /** Takes the string at hand; {@code otherwise} if something else is there. */
  public RawText textOr(RawText otherwise) throws MalformedJson {
    if (kind() == JsonKind.STRING) {
      return text();
    }
    skip();
    return otherwise;
  }

  /** Takes the whole number at hand; {@code otherwise} if something else is there. */
  public long integerOr(long otherwise) throws MalformedJson {
    return raw().integer().orElse(otherwise);
  }

  /** Takes the value at hand: whether it is true. */
  public boolean isTrue() throws MalformedJson {
    return raw().isTrue();
  }

  /** Takes the value at hand if it is null. */
  public boolean skipNull() throws MalformedJson {
    if (kind() != JsonKind.NULL) {
      return false;
    }
    skip();
    return true;
  }

  /** Passes over the value at hand. */
  public void skip() throws MalformedJson {
    space();
    pending = false;
    int depth = 0;
    do {
      switch (bytes[at]) {
        case '"' -> at = stringEnd(at);
        case '{', '[' -> {
          depth++;
          at++;
        }
        case '}', ']' -> {
          depth--;
          at++;
        }
        case ',', ':', ' ', '\n', '\r', '\t' -> at++;
        default -> word();
      }
      if (depth > 0 && at >= to) {
        throw new MalformedJson("the JSON ends too soon");
      }
    } while (depth > 0);
  }

  private void word() throws MalformedJson {
    int from = at;
    while (at < to && isWord(bytes[at])) {
      at++;
    }
    if (at == from) {
      throw unexpected("a value");
    }
  }

  private static boolean isWord(byte value) {
    return value >= '0' && value <= '9'
        || value >= 'a' && value <= 'z'
        || value == '-'
        || value == '+'
        || value == '.'
        || value == 'E';
  }

  private int stringEnd(int quote) throws MalformedJson {
    int p = quote + 1;
    while (p < to) {
      p = PlainRun.end(bytes, p, to);
      if (p >= to) {
        break;
      }
      byte value = bytes[p];
      if (value == '"') {
        return p + 1;
      }
      p += value == '\\' ? 2 : 1;
    }
    throw new MalformedJson("the JSON ends within a string");
  }

  private void space() throws MalformedJson {
    while (at < to) {
      byte value = bytes[at];
      if (value != ' ' && value != '\n' && value != '\r' && value != '\t') {
        return;
      }
      at++;
    }
    throw new MalformedJson("the JSON ends too soon");
  }

  private MalformedJson unexpected(String expected) {
    return new MalformedJson("expected " + expected + ", found " + found());
  }

  private String found() {
    return switch (kind(bytes[at])) {
      case STRING -> "a string";
      case OBJECT -> "an object";
      case ARRAY -> "an array";
      case TRUE, FALSE -> "true or false";
      case NULL -> "null";
      case NUMBER, ABSENT ->
          Character.isDigit(bytes[at]) || bytes[at] == '-'
              ? "a number"
              : "'" + new String(bytes, at, 1, UTF_8) + "'";
    };
  }
}
