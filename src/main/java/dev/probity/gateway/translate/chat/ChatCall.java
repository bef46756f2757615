package dev.probity.gateway.translate.chat;

import dev.probity.gateway.Dialect;
import dev.probity.gateway.json.JsonCursor;
import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.Part;
import dev.probity.gateway.neutral.Part.CacheMark;
import dev.probity.gateway.neutral.Proof;
import dev.probity.gateway.neutral.ProofEnvelope;
import java.util.Optional;

/** One of a message's {@code tool_calls}, or a piece of one, taken apart. */
final class ChatCall {
  long index = -1;
  RawText id = RawText.EMPTY;
  RawText name = RawText.EMPTY;
  boolean freeform;

  /** A string with JSON (or plain text) in it; some servers send the object itself. */
  RawJson input = RawJson.NULL;

  private RawText signature = RawText.EMPTY;

  static ChatCall read(RawJson json) throws MalformedJson {
    ChatCall call = new ChatCall();
    JsonCursor cursor = json.cursor();
    cursor.enterObject();
    while (cursor.nextMember()) {
      switch (cursor.name()) {
        case "index" -> call.index = cursor.integerOr(-1);
        case "id" -> call.id = cursor.textOr(call.id);
        case "function" -> call.named(cursor.raw());
        case "custom" -> {
          call.freeform = true;
          call.named(cursor.raw());
        }
        case "extra_content" -> call.signature = signature(cursor.raw());
        default -> cursor.skip();
      }
    }
    return call;
  }

  /** The older {@code function_call}. */
  static ChatCall readFunction(RawJson json) throws MalformedJson {
    ChatCall call = new ChatCall();
    call.named(json);
    return call;
  }

  private void named(RawJson json) throws MalformedJson {
    if (!json.isObject()) {
      return;
    }
    JsonCursor cursor = json.cursor();
    cursor.enterObject();
    while (cursor.nextMember()) {
      switch (cursor.name()) {
        case "name" -> name = cursor.textOr(name);
        case "arguments", "input" -> input = cursor.raw();
        default -> cursor.skip();
      }
    }
  }

  /** What Google's compatible endpoint wants to see again: {@code google.thought_signature}. */
  private static RawText signature(RawJson json) throws MalformedJson {
    if (!json.isObject()) {
      return RawText.EMPTY;
    }
    RawText found = RawText.EMPTY;
    JsonCursor cursor = json.cursor();
    cursor.enterObject();
    while (cursor.nextMember()) {
      switch (cursor.name()) {
        case "google" -> found = signature(cursor.raw());
        case "thought_signature" -> found = cursor.textOr(found);
        default -> cursor.skip();
      }
    }
    return found;
  }

  Optional<Proof> proof() {
    return signature.isEmpty()
        ? Optional.empty()
        : Optional.of(
            ProofEnvelope.read(Dialect.CHAT, Proof.Kind.SIGNATURE, signature, RawText.EMPTY));
  }

  Part.ToolCall toPart() {
    return new Part.ToolCall(id, name, inputValue(), freeform, proof(), CacheMark.NONE);
  }

  private RawJson inputValue() {
    Optional<RawText> text = input.text();
    if (text.isEmpty()) {
      return input.isObject() ? input : RawJson.EMPTY_OBJECT;
    }
    if (freeform) {
      return input;
    }
    return text.get().isEmpty()
        ? RawJson.EMPTY_OBJECT
        : RawJson.inside(text.get()).filter(RawJson::isObject).orElse(input);
  }
}
