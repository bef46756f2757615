package dev.probity.gateway.door.socket;

import dev.probity.gateway.json.JsonCursor;
import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.json.RawJson;
import java.util.ArrayList;
import java.util.List;

/** The events of a response that came, or was made, all at once. */
final class WholeResponse {
  private WholeResponse() {}

  /**
   * Begun, each output item done, and the end that the response's status says.
   *
   * @param response an object that was checked before
   */
  static List<byte[]> events(RawJson response) {
    List<byte[]> events = new ArrayList<>();
    try {
      String status = "completed";
      List<RawJson> items = new ArrayList<>();
      JsonCursor json = response.cursor();
      json.enterObject();
      while (json.nextMember()) {
        switch (json.name()) {
          case "status" -> status = json.textOr(dev.probity.gateway.json.RawText.EMPTY).plain();
          case "output" -> items = elements(json.raw());
          default -> {}
        }
      }
      events.add(event("response.created", events.size(), begun(response)));
      for (RawJson item : items) {
        JsonWriter out = begin("response.output_item.done", events.size());
        out.member("output_index", events.size() - 1L).member("item", item);
        events.add(out.endObject().toBytes());
      }
      String end =
          switch (status) {
            case "failed", "incomplete" -> "response." + status;
            default -> "response.completed";
          };
      events.add(event(end, events.size(), response));
    } catch (MalformedJson impossible) {
      throw new IllegalStateException("a document that was checked before", impossible);
    }
    return events;
  }

  private static List<RawJson> elements(RawJson output) throws MalformedJson {
    List<RawJson> items = new ArrayList<>();
    if (output.isArray()) {
      JsonCursor json = output.cursor();
      json.enterArray();
      while (json.nextElement()) {
        items.add(json.raw());
      }
    }
    return items;
  }

  /** The same response before anything was in it. */
  private static RawJson begun(RawJson response) throws MalformedJson {
    JsonWriter out = new JsonWriter().beginObject();
    JsonCursor json = response.cursor();
    json.enterObject();
    while (json.nextMember()) {
      switch (json.name()) {
        case "status" -> {
          json.skip();
          out.member("status", "in_progress");
        }
        case "output" -> {
          json.skip();
          out.member("output", RawJson.EMPTY_ARRAY);
        }
        case "usage" -> {
          json.skip();
          out.name("usage").nullValue();
        }
        default -> out.member(json.name(), json.raw());
      }
    }
    return out.endObject().toJson();
  }

  private static byte[] event(String type, int number, RawJson response) {
    return begin(type, number).member("response", response).endObject().toBytes();
  }

  private static JsonWriter begin(String type, int number) {
    return new JsonWriter().beginObject().member("type", type).member("sequence_number", number);
  }
}
