package dev.probity.gateway.translate.responses.output;

import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.json.RawJson;

/** An item of the answer while it is made. */
abstract sealed class OutputItem permits MessageItem, ThoughtItem, CallItem {
  static final String IN_PROGRESS = "in_progress";
  static final String COMPLETED = "completed";
  static final String INCOMPLETE = "incomplete";

  private final Output output;
  private final String prefix;
  private int index = -1;

  OutputItem(Output output, String prefix) {
    this.output = output;
    this.prefix = prefix;
  }

  /** Takes its place among the items, and tells the client; once. */
  final void open(JsonWriter out) {
    if (index < 0) {
      index = output.place();
      output.added(index, json(IN_PROGRESS), out);
    }
  }

  final boolean isOpen() {
    return index >= 0;
  }

  final String id() {
    return output.name(prefix, index);
  }

  /** Begins one of its events. */
  final JsonWriter event(String type, JsonWriter out) {
    return output.frames().begin(out, type).member("item_id", id()).member("output_index", index);
  }

  final Frames frames() {
    return output.frames();
  }

  final ToolNames names() {
    return output.names();
  }

  /** Tells that it is whole. */
  final void close(String status, JsonWriter out) {
    output.done(index, json(status), out);
  }

  private RawJson json(String status) {
    JsonWriter json = new JsonWriter().beginObject().member("id", id());
    write(status, json);
    return json.endObject().toJson();
  }

  /** Writes the members besides the id; what has content is empty while in progress. */
  abstract void write(String status, JsonWriter out);
}
