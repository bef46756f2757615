package dev.probity.gateway.state;

import dev.probity.gateway.json.JsonCursor;
import dev.probity.gateway.json.JsonKind;
import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.json.RawJson;
import java.util.Arrays;
import java.util.Optional;

/** A request's input, and the request with the whole of a conversation in its place. */
public final class RequestItems {
  private RequestItems() {}

  /**
   * The input's items with commas between.
   *
   * @param request an object that was checked before
   */
  public static byte[] input(RawJson request) throws MalformedJson {
    JsonCursor json = request.cursor();
    json.enterObject();
    byte[] items = new byte[0];
    while (json.nextMember()) {
      if (json.name().equals("input")) {
        items = items(json.raw());
      }
    }
    return items;
  }

  /** The elements of an array, or one message that says a text. */
  private static byte[] items(RawJson input) {
    JsonWriter out = new JsonWriter();
    if (input.isString()) {
      out.beginObject().member("type", "message").member("role", "user");
      return out.member("content", input).endObject().toBytes();
    }
    return input.isArray() ? inside(input) : new byte[0];
  }

  /** What is between an array's brackets; empty if nothing but space is. */
  static byte[] inside(RawJson array) {
    byte[] all = new JsonWriter().value(array).toBytes();
    int from = 1;
    int to = all.length - 1;
    while (from < to && isSpace(all[from])) {
      from++;
    }
    while (to > from && isSpace(all[to - 1])) {
      to--;
    }
    return Arrays.copyOfRange(all, from, to);
  }

  private static boolean isSpace(byte value) {
    return value == ' ' || value == '\n' || value == '\r' || value == '\t';
  }

  /**
   * Writes a request as it is asked over HTTP.
   *
   * @param request an object that was checked before
   * @param before what it goes on from, which then stands in its input; empty leaves the id in it
   * @param message it is a socket's message: what only sockets know is left out, and it streams
   */
  public static void write(RawJson request, Optional<Turn> before, boolean message, JsonWriter out)
      throws MalformedJson {
    JsonCursor json = request.cursor();
    json.enterObject();
    out.beginObject();
    RawJson input = RawJson.EMPTY_ARRAY;
    while (json.nextMember()) {
      String name = json.name();
      boolean left =
          switch (name) {
            case "type", "stream_id", "generate", "stream", "background" -> message;
            case "previous_response_id" -> before.isPresent() || message && isNull(json);
            default -> false;
          };
      RawJson value = json.raw();
      if (name.equals("input") && before.isPresent()) {
        input = value;
      } else if (!left) {
        out.member(name, value);
      }
    }
    if (before.isPresent()) {
      out.name("input").beginArray();
      before.get().writeItems(out);
      byte[] items = items(input);
      if (items.length > 0) {
        out.value(RawJson.of(items, 0, items.length));
      }
      out.endArray();
    }
    if (message) {
      out.member("stream", true);
    }
    out.endObject();
  }

  private static boolean isNull(JsonCursor json) throws MalformedJson {
    return json.kind() == JsonKind.NULL;
  }
}
