package dev.probity.gateway.translate.responses.output;

import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.neutral.AnswerFrame;
import java.util.ArrayList;
import java.util.List;

/** The items of the answer, each in its place. */
final class Output {
  private final AnswerFrame frame;
  private final Frames frames;
  private final ToolNames names;
  private final List<RawJson> items = new ArrayList<>();

  Output(AnswerFrame frame, boolean stream) {
    this.frame = frame;
    this.frames = new Frames(stream);
    this.names = new ToolNames(frame.prompt().tools());
  }

  Frames frames() {
    return frames;
  }

  ToolNames names() {
    return names;
  }

  String name(String prefix, int index) {
    return frame.name(prefix, index);
  }

  /** The next free place. */
  int place() {
    items.add(RawJson.NULL);
    return items.size() - 1;
  }

  void added(int index, RawJson item, JsonWriter out) {
    told("response.output_item.added", index, item, out);
  }

  void done(int index, RawJson item, JsonWriter out) {
    items.set(index, item);
    told("response.output_item.done", index, item, out);
  }

  /** An item that comes whole, and stands behind all before. */
  void whole(RawJson item, JsonWriter out) {
    int index = place();
    added(index, item, out);
    done(index, item, out);
  }

  private void told(String type, int index, RawJson item, JsonWriter out) {
    if (frames.areWanted()) {
      frames.begin(out, type).member("output_index", index).member("item", item);
      frames.end(out);
    }
  }

  List<RawJson> items() {
    return items;
  }
}
