package dev.probity.gateway.upstream.simulated;

import dev.probity.gateway.upstream.simulated.script.Faults;
import dev.probity.gateway.upstream.simulated.script.Pieces;
import dev.probity.gateway.upstream.simulated.script.Trees;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A response as a stream of events: each item opened, filled piece by piece, and closed. */
final class ResponsesEvents {
  private final Faults faults;
  private final List<Frame> frames = new ArrayList<>();
  private int sequence;

  ResponsesEvents(Faults faults) {
    this.faults = faults;
  }

  /**
   * All events of a response.
   *
   * @param begun the response before anything is in it
   * @param output its items, whole
   * @param finished the response at its end
   */
  List<Frame> of(ObjectNode begun, ArrayNode output, ObjectNode finished) {
    emit("response.created", "response", begun);
    emit("response.in_progress", "response", begun);
    int index = 0;
    for (JsonNode item : output) {
      item(index++, (ObjectNode) item);
    }
    boolean whole = finished.path("status").asString("").equals("completed");
    emit(whole ? "response.completed" : "response.incomplete", "response", finished);
    return frames;
  }

  private void item(int index, ObjectNode item) {
    String id = item.path("id").asString("");
    switch (item.path("type").asString("")) {
      case "reasoning" -> {
        open(index, item, "summary", Trees.array());
        int part = 0;
        for (JsonNode summary : item.path("summary")) {
          summary(index, id, part++, summary.path("text").asString(""));
        }
      }
      case "message" -> {
        open(index, item, "content", Trees.array());
        int part = 0;
        for (JsonNode content : item.path("content")) {
          text(index, id, part++, (ObjectNode) content);
        }
      }
      case "custom_tool_call" -> {
        open(index, item, "input", "");
        arguments("response.custom_tool_call_input", "input", index, item);
      }
      default -> {
        open(index, item, "arguments", "");
        arguments("response.function_call_arguments", "arguments", index, item);
      }
    }
    emit("response.output_item.done", "output_index", index, "item", item);
  }

  private void open(int index, ObjectNode item, String filledLater, Object empty) {
    ObjectNode opened = item.deepCopy();
    Trees.put(opened, filledLater, empty);
    if (opened.has("status")) {
      Trees.put(opened, "status", "in_progress");
    }
    emit("response.output_item.added", "output_index", index, "item", opened);
  }

  private void summary(int index, String id, int part, String text) {
    String name = "response.reasoning_summary_";
    Object[] place = {"item_id", id, "output_index", index, "summary_index", part};
    emit(name + "part.added", with(place, "part", summaryPart("")));
    for (String piece : Pieces.inParts(text, 4)) {
      content(name + "text.delta", with(place, "delta", piece));
    }
    emit(name + "text.done", with(place, "text", text));
    emit(name + "part.done", with(place, "part", summaryPart(text)));
  }

  private void text(int index, String id, int part, ObjectNode content) {
    String text = content.path("text").asString("");
    Object[] place = {"item_id", id, "output_index", index, "content_index", part};
    ObjectNode empty = content.deepCopy();
    Trees.put(empty, "text", "");
    emit("response.content_part.added", with(place, "part", empty));
    for (String piece : Pieces.ofText(text, faults)) {
      content("response.output_text.delta", with(place, "delta", piece, "logprobs", Trees.array()));
    }
    emit("response.output_text.done", with(place, "text", text, "logprobs", Trees.array()));
    emit("response.content_part.done", with(place, "part", content));
  }

  private void arguments(String name, String field, int index, ObjectNode item) {
    String arguments = item.path(field).asString("");
    Object[] place = {"item_id", item.path("id").asString(""), "output_index", index};
    for (String piece : Pieces.inParts(arguments, 4)) {
      content(name + ".delta", with(place, "delta", piece));
    }
    emit(name + ".done", with(place, field, arguments));
  }

  private static ObjectNode summaryPart(String text) {
    return Trees.object("type", "summary_text", "text", text);
  }

  private void emit(String type, @Nullable Object... namesAndValues) {
    add(type, false, namesAndValues);
  }

  private void content(String type, @Nullable Object... namesAndValues) {
    add(type, true, namesAndValues);
  }

  private void add(String type, boolean content, @Nullable Object... namesAndValues) {
    ObjectNode event = Trees.object("type", type, "sequence_number", sequence++);
    event.setAll(Trees.object(namesAndValues));
    frames.add(Frame.event(event, content));
  }

  private static Object[] with(Object[] place, Object... more) {
    List<Object> both = new ArrayList<>(List.of(place));
    both.addAll(List.of(more));
    return both.toArray();
  }
}
