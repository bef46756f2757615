package dev.probity.gateway.translate.chat;

import dev.probity.gateway.json.JsonCursor;
import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.AnswerEvent;

/**
 * Writes citations as annotations, which say the stretch of the answer's text that they stand for.
 * Where a citation does not say its own, it is the block that it stands in, as far as it has come.
 */
final class ChatCitations {
  private long said;
  private long blockFrom;

  void blockBegins() {
    blockFrom = said;
  }

  void said(RawText text) {
    said += text.characters();
  }

  /** Writes one that has a URL. */
  void write(AnswerEvent.Citation citation, JsonWriter out) {
    RawText url = citation.url().orElse(RawText.EMPTY);
    RawJson source = citation.citation();
    out.beginObject().member("type", "url_citation").name("url_citation").beginObject();
    out.member("start_index", integer(source, "start_index", blockFrom));
    out.member("end_index", integer(source, "end_index", said));
    out.member("url", url).member("title", citation.title().orElse(url));
    citation.quote().ifPresent(quote -> out.member("content", quote));
    out.endObject().endObject();
  }

  private long integer(RawJson source, String name, long otherwise) {
    if (!source.isObject()) {
      return otherwise;
    }
    long found = otherwise;
    try {
      JsonCursor cursor = source.cursor();
      cursor.enterObject();
      while (cursor.nextMember()) {
        if (cursor.name().equals(name)) {
          // Its own positions count from its block's beginning.
          found = cursor.raw().integer().map(at -> blockFrom + at).orElse(otherwise);
        }
      }
    } catch (MalformedJson _) {
      return otherwise;
    }
    return found;
  }
}
