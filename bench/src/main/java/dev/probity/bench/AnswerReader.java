package dev.probity.bench;

import java.util.Arrays;

/**
 * Reads answers off one connection and compares each, byte by byte, with what the fake provider
 * sent. In a paced stream it also takes, per chunk, the time since the provider sent it.
 */
final class AnswerReader {
  private enum State {
    HEAD,
    FIXED,
    CHUNK_SIZE,
    CHUNK_DATA,
    CHUNK_END,
    TRAILER
  }

  private final Payload payload;
  private final Histogram lag;
  private final Head head = new Head();
  private State state = State.HEAD;
  private int status;
  private boolean closes;
  private boolean intact;
  private boolean complete;
  private long left;
  private int lineLength;

  private int position;
  private int nextStamp;
  private int stampDigits;
  private long stamp;

  AnswerReader(Payload payload, Histogram lag) {
    this.payload = payload;
    this.lag = lag;
  }

  /** Forgets the last answer. */
  void reset() {
    head.clear();
    state = State.HEAD;
    status = 0;
    closes = false;
    intact = true;
    complete = false;
    position = 0;
    nextStamp = 0;
    stampDigits = 0;
    stamp = 0;
  }

  /** Takes what was read and says whether the answer has ended. */
  boolean accept(byte[] bytes, int count) {
    int at = 0;
    if (state == State.HEAD) {
      int before = head.length();
      if (!head.add(bytes, 0, count)) {
        return false;
      }
      at = head.end() - before;
      beginBody();
    }
    while (at < count && !complete) {
      at = step(bytes, at, count);
    }
    if (complete && at < count) {
      intact = false;
    }
    return complete;
  }

  boolean headSeen() {
    return state != State.HEAD;
  }

  /** Whether the connection can't be used again. */
  boolean closes() {
    return closes;
  }

  /** Whether the answer was 200 and each byte of its body as sent. */
  boolean good() {
    return complete && status == 200 && intact && position == payload.answer().length;
  }

  boolean answered200() {
    return complete && status == 200;
  }

  String complaint() {
    return "status %d, body %s, %d of %d bytes; %s"
        .formatted(
            status,
            intact ? "intact so far" : "changed",
            position,
            payload.answer().length,
            head.excerpt());
  }

  private void beginBody() {
    status = head.status();
    closes = head.has("connection", "close");
    if (head.has("transfer-encoding", "chunked")) {
      state = State.CHUNK_SIZE;
      left = 0;
      lineLength = 0;
    } else {
      left = Math.max(0, head.number("content-length"));
      state = State.FIXED;
      complete = left == 0;
    }
  }

  private int step(byte[] bytes, int at, int count) {
    switch (state) {
      case FIXED, CHUNK_DATA -> {
        int length = (int) Math.min(left, count - at);
        compare(bytes, at, length);
        left -= length;
        if (left == 0) {
          complete = state == State.FIXED;
          state = State.CHUNK_END;
          lineLength = 0;
        }
        return at + length;
      }
      case CHUNK_SIZE -> {
        int b = bytes[at];
        int digit = Character.digit(b, 16);
        if (digit >= 0) {
          left = left * 16 + digit;
          lineLength++;
        } else if (b == '\n') {
          intact &= lineLength > 0;
          state = left == 0 ? State.TRAILER : State.CHUNK_DATA;
          lineLength = 0;
        }
        return at + 1;
      }
      case CHUNK_END -> {
        if (bytes[at] == '\n') {
          state = State.CHUNK_SIZE;
          left = 0;
          lineLength = 0;
        }
        return at + 1;
      }
      case TRAILER -> {
        if (bytes[at] == '\n') {
          complete = lineLength == 0;
          lineLength = 0;
        } else if (bytes[at] != '\r') {
          lineLength++;
        }
        return at + 1;
      }
      default -> throw new IllegalStateException(state.name());
    }
  }

  private void compare(byte[] bytes, int from, int length) {
    byte[] expected = payload.answer();
    if (position + length > expected.length) {
      intact = false;
      return;
    }
    int[] stamps = payload.stampInAnswer();
    int at = from;
    int end = from + length;
    while (at < end) {
      int untilStamp = nextStamp < stamps.length ? stamps[nextStamp] - position : Integer.MAX_VALUE;
      if (untilStamp > 0) {
        int part = Math.min(untilStamp, end - at);
        intact &= Arrays.equals(bytes, at, at + part, expected, position, position + part);
        at += part;
        position += part;
      } else {
        at = readStamp(bytes, at, end, expected.length);
      }
    }
  }

  private int readStamp(byte[] bytes, int from, int end, int limit) {
    int at = from;
    while (at < end && stampDigits < Payload.STAMP_DIGITS && position + stampDigits < limit) {
      int digit = Character.digit(bytes[at++], 16);
      intact &= digit >= 0;
      stamp = (stamp << 4) | (digit & 15);
      stampDigits++;
    }
    if (stampDigits == Payload.STAMP_DIGITS) {
      lag.record(System.nanoTime() - stamp);
      position += stampDigits;
      nextStamp++;
      stampDigits = 0;
      stamp = 0;
    }
    return at;
  }
}
