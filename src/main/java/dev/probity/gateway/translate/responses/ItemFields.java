package dev.probity.gateway.translate.responses;

import dev.probity.gateway.json.JsonCursor;
import dev.probity.gateway.json.JsonKind;
import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.translate.responses.output.ToolNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The members of an item, whatever its type, of a request or of an answer. */
final class ItemFields {
  private final RawJson json;
  private String type = "";
  private String role = "";
  private RawText id = RawText.EMPTY;
  private RawText callId = RawText.EMPTY;
  private RawText name = RawText.EMPTY;
  private RawText namespace = RawText.EMPTY;
  private Optional<RawText> arguments = Optional.empty();
  private Optional<RawText> input = Optional.empty();
  private RawText encryptedContent = RawText.EMPTY;
  private RawJson content = RawJson.NULL;
  private RawJson output = RawJson.NULL;
  private RawJson summary = RawJson.NULL;
  private RawJson tools = RawJson.NULL;

  private ItemFields(RawJson json) {
    this.json = json;
  }

  static ItemFields read(RawJson json) throws MalformedJson {
    ItemFields item = new ItemFields(json);
    JsonCursor cursor = json.cursor();
    cursor.enterObject();
    while (cursor.nextMember()) {
      item.member(cursor);
    }
    if (item.type.isEmpty()) {
      item.type = item.role.isEmpty() && !item.id.isEmpty() ? "item_reference" : "message";
    }
    return item;
  }

  private void member(JsonCursor cursor) throws MalformedJson {
    switch (cursor.name()) {
      case "type" -> type = Values.textOrEmpty(cursor).plain();
      case "role" -> role = Values.textOrEmpty(cursor).plain();
      case "id" -> id = Values.textOrEmpty(cursor);
      case "call_id" -> callId = Values.textOrEmpty(cursor);
      case "name" -> name = cursor.textOr(RawText.EMPTY);
      case "namespace" -> namespace = cursor.textOr(RawText.EMPTY);
      case "arguments" ->
          arguments =
              cursor.kind() == JsonKind.STRING ? Optional.of(cursor.text()) : Optional.empty();
      case "input" ->
          input = cursor.kind() == JsonKind.STRING ? Optional.of(cursor.text()) : Optional.empty();
      case "encrypted_content" -> encryptedContent = Values.textOrEmpty(cursor);
      case "content" -> content = cursor.raw();
      case "output" -> output = cursor.raw();
      case "summary" -> summary = cursor.raw();
      case "tools" -> tools = cursor.raw();
      default -> {}
    }
  }

  /** As it was written. */
  RawJson json() {
    return json;
  }

  String type() {
    return type;
  }

  String role() {
    return role;
  }

  RawText id() {
    return id;
  }

  RawText callId() {
    return callId;
  }

  /** What is called, as other dialects name it. */
  RawText toolName() {
    return namespace.isEmpty() ? name : ToolNames.joined(namespace, name);
  }

  Optional<RawText> arguments() {
    return arguments;
  }

  Optional<RawText> input() {
    return input;
  }

  RawText encryptedContent() {
    return encryptedContent;
  }

  RawJson content() {
    return content;
  }

  RawJson output() {
    return output;
  }

  RawJson tools() {
    return tools;
  }

  /** What can be read of a thought: its summary, or else the thought itself. */
  RawText thought() throws MalformedJson {
    List<RawText> texts = texts(summary);
    return Values.paragraphs(texts.isEmpty() ? texts(content) : texts);
  }

  private static List<RawText> texts(RawJson parts) throws MalformedJson {
    List<RawText> texts = new ArrayList<>(1);
    if (!parts.isArray()) {
      return texts;
    }
    JsonCursor cursor = parts.cursor();
    cursor.enterArray();
    while (cursor.nextElement()) {
      cursor.enterObject();
      while (cursor.nextMember()) {
        if (cursor.name().equals("text")) {
          texts.add(cursor.text());
        }
      }
    }
    return texts;
  }
}
