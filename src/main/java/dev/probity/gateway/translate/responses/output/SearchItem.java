package dev.probity.gateway.translate.responses.output;

import dev.probity.gateway.json.JsonCursor;
import dev.probity.gateway.json.JsonKind;
import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.json.RawText;
import java.util.Optional;

/** A search on the web that another vendor ran, as OpenAI tells of its own. */
final class SearchItem {
  private SearchItem() {}

  /**
   * @param block a use of a server's tool, as Anthropic writes it
   * @return empty if it is anything but a search
   */
  static Optional<RawJson> of(RawJson block, String id) {
    try {
      RawText name = RawText.EMPTY;
      RawText query = RawText.EMPTY;
      JsonCursor cursor = block.cursor();
      cursor.enterObject();
      while (cursor.nextMember()) {
        switch (cursor.name()) {
          case "name" -> name = cursor.textOr(RawText.EMPTY);
          case "input" -> query = query(cursor);
          default -> {}
        }
      }
      return name.is("web_search") ? Optional.of(item(id, query)) : Optional.empty();
    } catch (MalformedJson _) {
      return Optional.empty();
    }
  }

  private static RawText query(JsonCursor cursor) throws MalformedJson {
    RawText query = RawText.EMPTY;
    if (cursor.kind() != JsonKind.OBJECT) {
      return query;
    }
    cursor.enterObject();
    while (cursor.nextMember()) {
      if (cursor.name().equals("query")) {
        query = cursor.textOr(RawText.EMPTY);
      }
    }
    return query;
  }

  private static RawJson item(String id, RawText query) {
    return new JsonWriter()
        .beginObject()
        .member("id", id)
        .member("type", "web_search_call")
        .member("status", "completed")
        .name("action")
        .beginObject()
        .member("type", "search")
        .member("query", query)
        .endObject()
        .endObject()
        .toJson();
  }
}
