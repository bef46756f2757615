package dev.probity.gateway.translate.responses.output;

import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.json.RawText;

/** A text that comes in pieces, of which the whole is told in the end. */
final class Told {
  private final JsonWriter text = new JsonWriter().beginText();

  void add(RawText piece) {
    text.piece(piece);
  }

  boolean isEmpty() {
    return text.size() == 1;
  }

  /** All that came; nothing may come after. */
  RawJson whole() {
    return text.endText().toJson();
  }
}
