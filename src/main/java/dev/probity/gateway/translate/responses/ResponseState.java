package dev.probity.gateway.translate.responses;

import dev.probity.gateway.json.JsonCursor;
import dev.probity.gateway.json.JsonKind;
import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.json.RawText;

/**
 * What a response object says of itself.
 *
 * @param incomplete why it is not whole; empty if that is not said
 */
record ResponseState(
    RawText id, RawText model, String status, RawJson error, RawJson output, String incomplete) {
  static ResponseState read(RawJson response) throws MalformedJson {
    RawText id = RawText.EMPTY;
    RawText model = RawText.EMPTY;
    String status = "";
    RawJson error = RawJson.NULL;
    RawJson output = RawJson.NULL;
    String incomplete = "";
    JsonCursor cursor = response.cursor();
    cursor.enterObject();
    while (cursor.nextMember()) {
      switch (cursor.name()) {
        case "id" -> id = cursor.textOr(RawText.EMPTY);
        case "model" -> model = cursor.textOr(RawText.EMPTY);
        case "status" -> status = cursor.textOr(RawText.EMPTY).plain();
        case "error" -> error = cursor.raw();
        case "output" -> output = cursor.raw();
        case "incomplete_details" -> incomplete = reason(cursor);
        default -> {}
      }
    }
    return new ResponseState(id, model, status, error, output, incomplete);
  }

  private static String reason(JsonCursor cursor) throws MalformedJson {
    if (cursor.kind() != JsonKind.OBJECT) {
      return "";
    }
    String reason = "";
    cursor.enterObject();
    while (cursor.nextMember()) {
      if (cursor.name().equals("reason")) {
        reason = cursor.textOr(RawText.EMPTY).plain();
      }
    }
    return reason;
  }
}
