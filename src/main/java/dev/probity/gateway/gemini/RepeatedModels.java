package dev.probity.gateway.gemini;

import dev.probity.gateway.json.JsonCursor;
import dev.probity.gateway.json.JsonKind;
import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.request.RequestFacts.Span;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds where a body repeats the model of its path: requests to embed do, and those that are to be
 * counted. Google refuses a body that names another one.
 */
final class RepeatedModels {
  private final List<Span> found = new ArrayList<>();

  private RepeatedModels() {}

  /**
   * @param body a well-formed object
   */
  static List<Span> in(ByteBuf body) {
    byte[] bytes = ByteBufUtil.getBytes(body);
    RepeatedModels models = new RepeatedModels();
    try {
      models.object(new JsonCursor(bytes, 0, bytes.length));
    } catch (MalformedJson _) {
      // Its provider has better words for what is no request.
      return List.of();
    }
    return models.found;
  }

  private void object(JsonCursor json) throws MalformedJson {
    json.enterObject();
    while (json.nextMember()) {
      switch (json.name()) {
        case "model" -> {
          if (json.kind() == JsonKind.STRING) {
            int start = json.position();
            found.add(new Span(start, start + json.raw().length()));
          }
        }
        case "generateContentRequest", "generate_content_request" -> {
          if (json.kind() == JsonKind.OBJECT) {
            object(json);
          }
        }
        case "requests" -> {
          if (json.kind() == JsonKind.ARRAY) {
            json.enterArray();
            while (json.nextElement()) {
              object(json);
            }
          }
        }
        default -> json.skip();
      }
    }
  }
}
