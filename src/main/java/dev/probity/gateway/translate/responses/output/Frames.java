package dev.probity.gateway.translate.responses.output;

import dev.probity.gateway.json.JsonWriter;

/** Writes the events of a stream; nothing at all where the answer is one document. */
final class Frames {
  private final boolean stream;
  private long sequence;

  Frames(boolean stream) {
    this.stream = stream;
  }

  /** Whether events are wanted. */
  boolean areWanted() {
    return stream;
  }

  /** Begins an event, to be filled with members. */
  JsonWriter begin(JsonWriter out, String type) {
    out.line("event: ")
        .line(type)
        .line("\ndata: ")
        .beginObject()
        .member("type", type)
        .member("sequence_number", sequence);
    sequence++;
    return out;
  }

  void end(JsonWriter out) {
    out.endObject().line("\n\n");
  }

  /** A comment, by which the connection is seen to live. */
  void ping(JsonWriter out) {
    if (stream) {
      out.line(": ping\n\n");
    }
  }
}
