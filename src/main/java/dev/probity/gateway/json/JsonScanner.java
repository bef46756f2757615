package dev.probity.gateway.json;

/**
 * Reads a JSON document as its bytes pass, cut wherever they are: checks all of RFC 8259 and UTF-8,
 * builds nothing, and notes what stands at the watched paths. Reusable; not for several threads.
 *
 * <p>A path's index comes from {@link JsonPaths#index}. Offsets count from the document's first
 * byte. Of a path that occurs several times (elements of an array, or a name given twice) the last
 * value stands, {@link #textTotal} and {@link #total} sum over all, {@link #isDuplicate} tells the
 * second case.
 */
public final class JsonScanner {
  private final JsonValues values;
  private final JsonGrammar grammar;

  /**
   * @param maxDepth how many objects and arrays may be open at once
   */
  public JsonScanner(JsonPaths paths, int maxDepth) {
    values = new JsonValues(paths);
    grammar = new JsonGrammar(paths, values, maxDepth);
  }

  /** Makes ready for another document. */
  public void reset() {
    values.reset();
    grammar.reset();
  }

  /**
   * Reads on in {@code bytes[from, to)}.
   *
   * @return whether the document is well-formed so far; after a failure nothing more is read
   */
  public boolean feed(byte[] bytes, int from, int to) {
    return grammar.feed(bytes, from, to);
  }

  /**
   * The document has no more bytes.
   *
   * @return whether it is well-formed and whole
   */
  public boolean finish() {
    return grammar.finish();
  }

  /** Whether the document's value has closed. */
  public boolean isComplete() {
    return grammar.isComplete();
  }

  public boolean hasFailed() {
    return grammar.hasFailed();
  }

  /** What kind of failure there was. */
  public JsonProblem problem() {
    return grammar.problem();
  }

  /** The failure in words, without the document's own; empty if there was none. */
  public String reason() {
    return grammar.reason();
  }

  /** Where it failed; -1 if it did not. */
  public long problemOffset() {
    return grammar.problemOffset();
  }

  /** How many bytes of the document were fed. */
  public long fed() {
    return grammar.fed();
  }

  public JsonKind kind(int path) {
    return values.kind(path);
  }

  /** How often the path occurred, array elements included. */
  public int count(int path) {
    return values.count(path);
  }

  /** Whether some object named this member more than once. */
  public boolean isDuplicate(int path) {
    return values.isDuplicate(path);
  }

  /** Whether the object or array there has anything in it. */
  public boolean isFilled(int path) {
    return values.isFilled(path);
  }

  public boolean isTrue(int path) {
    return values.kind(path) == JsonKind.TRUE;
  }

  /** Whether the number there has no fraction and no exponent. */
  public boolean isInteger(int path) {
    return values.isInteger(path);
  }

  /** The number's whole part, saturating; 0 if there is no number or it has an exponent. */
  public long number(int path) {
    return values.number(path);
  }

  /** The offset of the value's first byte (a string's quote); -1 if the path has not occurred. */
  public long start(int path) {
    return values.start(path);
  }

  /** The offset after the value's last byte; -1 if the path has not occurred. */
  public long end(int path) {
    return values.end(path);
  }

  /** Whether the path has occurred and its last value has come to its end. */
  public boolean isClosed(int path) {
    return values.end(path) > values.start(path);
  }

  /** The length of the string there, in bytes of UTF-8 after decoding its escapes. */
  public long length(int path) {
    return values.length(path);
  }

  /** The decoded bytes of all strings that occurred at the path, as far as they have passed. */
  public long textTotal(int path) {
    return values.textTotal(path);
  }

  /**
   * A sum over the numbers, objects and arrays that occurred at the path: numbers by their value,
   * the others by their bytes as written, once they have closed.
   */
  public long total(int path) {
    return values.total(path);
  }

  /** The string there, as much of it as the path keeps; empty if it is none. */
  public String text(int path) {
    return values.text(path);
  }

  /** Whether the string there is exactly this; it must fit what the path keeps. */
  public boolean textEquals(int path, byte[] expectedText) {
    return values.textEquals(path, expectedText);
  }
}
