package dev.probity.gateway.translate.responses;

import dev.probity.gateway.Dialect;
import dev.probity.gateway.json.JsonCursor;
import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.AnswerEvent.Citation;
import java.util.Optional;

/** Reads annotations of texts. */
final class Citations {
  private Citations() {}

  static Citation read(RawJson annotation) throws MalformedJson {
    Optional<RawText> url = Optional.empty();
    Optional<RawText> title = Optional.empty();
    JsonCursor cursor = annotation.cursor();
    cursor.enterObject();
    while (cursor.nextMember()) {
      switch (cursor.name()) {
        case "url" -> url = Values.text(cursor);
        case "title", "filename" -> title = Values.text(cursor);
        default -> {}
      }
    }
    return new Citation(Dialect.RESPONSES, url, title, Optional.empty(), annotation);
  }
}
