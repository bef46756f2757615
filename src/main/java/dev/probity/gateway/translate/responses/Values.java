package dev.probity.gateway.translate.responses;

import dev.probity.gateway.json.JsonCursor;
import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.json.RawText;
import java.util.List;
import java.util.Optional;

/** Values as the dialect has them: null is as good as absent. */
final class Values {
  private Values() {}

  /** The string at hand; empty for null. */
  static Optional<RawText> text(JsonCursor cursor) throws MalformedJson {
    return cursor.skipNull() ? Optional.empty() : Optional.of(cursor.text());
  }

  /** The string at hand; nothing in it for null. */
  static RawText textOrEmpty(JsonCursor cursor) throws MalformedJson {
    return cursor.skipNull() ? RawText.EMPTY : cursor.text();
  }

  /** True or false at hand; empty for anything else. */
  static Optional<Boolean> flag(JsonCursor cursor) throws MalformedJson {
    return switch (cursor.kind()) {
      case TRUE -> Optional.of(true);
      case FALSE -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  /** The texts, one paragraph each. */
  static RawText paragraphs(List<RawText> texts) {
    if (texts.size() == 1) {
      return texts.getFirst();
    }
    JsonWriter out = new JsonWriter().beginText();
    for (int i = 0; i < texts.size(); i++) {
      out.piece(i == 0 ? "" : "\n\n").piece(texts.get(i));
    }
    return out.endText().toJson().text().orElse(RawText.EMPTY);
  }

  /** What a tool is given: the JSON that the text holds, or the text itself if it is no object. */
  static RawJson input(RawText arguments) {
    if (arguments.isEmpty()) {
      return RawJson.EMPTY_OBJECT;
    }
    return RawJson.inside(arguments).filter(RawJson::isObject).orElseGet(arguments::quoted);
  }
}
