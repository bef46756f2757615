package dev.probity.gateway.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/**
 * Splits a stream of server-sent events, cut wherever it is, into the data of its events. Lines may
 * end in LF, CR or CRLF and be of any length; nothing is kept but an event's name.
 */
public final class EventStreamSplitter {
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
  private static final byte[] NEW_LINE = {'\n'};
  private static final int NAME_BYTES = 64;
  private static final int FIELD_BYTES = 8;

  /** {@code data: }, as the low six bytes of a word. */
  private static final long DATA_MARK = 0x203A61746164L;

  private static final long DATA_MARK_BYTES = 0xFFFFFFFFFFFFL;

  /** Takes what the events carry. */
  public interface Sink {
    /** A piece of the event's data, in {@code bytes[from, to)}; only valid during the call. */
    void data(byte[] bytes, int from, int to);

    /** The event is over. It had data, though perhaps none of any length. */
    void event();

    /**
     * What came before {@code end}, a position in the array being read, is done with: an event (of
     * which {@link #event} has told, if it had data) or a comment between events.
     *
     * @param continued this only adds the LF of a CRLF to what was done with before
     */
    default void boundary(int end, boolean continued) {}
  }

  private enum State {
    MARK,
    LINE_START,
    FIELD,
    VALUE_START,
    VALUE
  }

  private enum Field {
    DATA,
    NAME,
    COMMENT,
    OTHER
  }

  private final Sink sink;
  private final byte[] field = new byte[FIELD_BYTES];
  private final byte[] name = new byte[NAME_BYTES];
  private State state = State.MARK;
  private Field kind = Field.OTHER;
  private int markSeen;
  private boolean afterCarriage;
  private int fieldLength;
  private int nameLength;
  private boolean hasData;
  private boolean betweenEvents = true;
  private boolean atBoundary;

  public EventStreamSplitter(Sink sink) {
    this.sink = sink;
  }

  /** The name of the event that is being read; empty if it has none. Names are cut at 64 bytes. */
  public String eventName() {
    return nameLength == 0 ? "" : new String(name, 0, nameLength, ISO_8859_1);
  }

  /** Reads on in {@code bytes[from, to)}. */
  public void feed(byte[] bytes, int from, int to) {
    int p = from;
    while (p < to) {
      if (afterCarriage) {
        afterCarriage = false;
        if (bytes[p] == '\n') {
          p++;
          if (atBoundary) {
            sink.boundary(p, true);
          }
          continue;
        }
      }
      p =
          switch (state) {
            case MARK -> mark(bytes, p);
            case LINE_START -> lineStart(bytes, p, to);
            case FIELD -> field(bytes, p);
            case VALUE_START -> valueStart(bytes, p);
            case VALUE -> value(bytes, p, to);
          };
    }
  }

  /** Whether no event has begun since the last one ended; comments are none. */
  public boolean isBetweenEvents() {
    return betweenEvents && (state != State.MARK || markSeen == 0);
  }

  /** The stream is over. An event that lacks only its blank line counts. */
  public void finish() {
    if (state == State.FIELD) {
      kind = kindOfField();
    }
    if (state == State.FIELD || state == State.VALUE_START) {
      beginValue();
    }
    endEvent();
    state = State.LINE_START;
  }

  private int mark(byte[] bytes, int p) {
    if (bytes[p] == BYTE_ORDER_MARK[markSeen]) {
      markSeen++;
      if (markSeen == BYTE_ORDER_MARK.length) {
        state = State.LINE_START;
        sink.boundary(p + 1, false);
      }
      return p + 1;
    }
    fieldLength = markSeen;
    betweenEvents = markSeen == 0;
    state = markSeen == 0 ? State.LINE_START : State.FIELD;
    return p;
  }

  private int lineStart(byte[] bytes, int p, int to) {
    byte c = bytes[p];
    if (isLineEnd(c)) {
      endEvent();
      afterCarriage = c == '\r';
      atBoundary = true;
      sink.boundary(p + 1, false);
      return p + 1;
    }
    atBoundary = false;
    if (c == ':') {
      kind = Field.COMMENT;
      state = State.VALUE;
      return p + 1;
    }
    betweenEvents = false;
    if (to - p >= 8 && (PlainRun.word(bytes, p) & DATA_MARK_BYTES) == DATA_MARK) {
      kind = Field.DATA;
      beginData();
      state = State.VALUE;
      return p + 6;
    }
    fieldLength = 0;
    state = State.FIELD;
    return p;
  }

  private int field(byte[] bytes, int p) {
    byte c = bytes[p];
    if (c == ':') {
      kind = kindOfField();
      state = State.VALUE_START;
      return p + 1;
    }
    if (isLineEnd(c)) {
      kind = kindOfField();
      beginValue();
      return endLine(bytes, p);
    }
    if (fieldLength < FIELD_BYTES) {
      field[fieldLength] = c;
      fieldLength++;
    }
    return p + 1;
  }

  private int valueStart(byte[] bytes, int p) {
    state = State.VALUE;
    beginValue();
    return bytes[p] == ' ' ? p + 1 : p;
  }

  private int value(byte[] bytes, int p, int to) {
    int end = PlainRun.lineEnd(bytes, p, to);
    if (end > p) {
      if (kind == Field.DATA) {
        sink.data(bytes, p, end);
      } else if (kind == Field.NAME) {
        int length = Math.min(end - p, NAME_BYTES - nameLength);
        System.arraycopy(bytes, p, name, nameLength, length);
        nameLength += length;
      }
    }
    return end == to ? to : endLine(bytes, end);
  }

  private int endLine(byte[] bytes, int p) {
    state = State.LINE_START;
    afterCarriage = bytes[p] == '\r';
    if (betweenEvents) {
      atBoundary = true;
      sink.boundary(p + 1, false);
    }
    return p + 1;
  }

  private void beginValue() {
    if (kind == Field.DATA) {
      beginData();
    } else if (kind == Field.NAME) {
      nameLength = 0;
    }
  }

  private void beginData() {
    if (hasData) {
      sink.data(NEW_LINE, 0, 1);
    }
    hasData = true;
  }

  private void endEvent() {
    if (hasData) {
      hasData = false;
      sink.event();
    }
    nameLength = 0;
    betweenEvents = true;
  }

  private Field kindOfField() {
    if (fieldLength == 4
        && field[0] == 'd'
        && field[1] == 'a'
        && field[2] == 't'
        && field[3] == 'a') {
      return Field.DATA;
    }
    if (fieldLength == 5
        && field[0] == 'e'
        && field[1] == 'v'
        && field[2] == 'e'
        && field[3] == 'n'
        && field[4] == 't') {
      return Field.NAME;
    }
    return Field.OTHER;
  }

  private static boolean isLineEnd(byte c) {
    return c == '\n' || c == '\r';
  }
}
