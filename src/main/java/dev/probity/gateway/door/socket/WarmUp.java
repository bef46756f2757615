package dev.probity.gateway.door.socket;

import dev.probity.gateway.json.JsonCursor;
import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.json.RawJson;
import dev.probity.kernel.ExchangeId;
import java.util.List;

/**
 * The answer to {@code generate: false}: a response without output, for which no model was called.
 *
 * @param events in the order to be sent
 */
record WarmUp(String id, List<byte[]> events) {
  private static final RawJson NO_USAGE =
      RawJson.of(
          "{\"input_tokens\":0,\"input_tokens_details\":{\"cached_tokens\":0},\"output_tokens\":0,"
              + "\"output_tokens_details\":{\"reasoning_tokens\":0},\"total_tokens\":0}");

  static WarmUp of(RawJson request, ExchangeId number, long millis) throws MalformedJson {
    RawJson model = RawJson.NULL;
    JsonCursor json = request.cursor();
    json.enterObject();
    while (json.nextMember()) {
      if (json.name().equals("model")) {
        model = json.raw();
      }
    }
    String id = "resp_" + number;
    JsonWriter out = new JsonWriter();
    out.beginObject().member("id", id).member("object", "response");
    out.member("created_at", millis / 1000).member("status", "completed");
    out.name("error").nullValue().name("incomplete_details").nullValue();
    out.member("model", model).member("output", RawJson.EMPTY_ARRAY);
    out.member("usage", NO_USAGE).endObject();
    return new WarmUp(id, WholeResponse.events(out.toJson()));
  }
}
