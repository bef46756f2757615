package dev.probity.gateway.translate.chat;

import dev.probity.gateway.Dialect;
import dev.probity.gateway.json.JsonCursor;
import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.Proof;
import dev.probity.gateway.neutral.ProofEnvelope;
import java.util.Optional;

/**
 * One of a message's {@code reasoning_details}: a piece of a thought, or what proves one. Chat has
 * no signatures of its own, so the proof of a thought that came by chat is this detail itself
 * without its text, or the name of the plain member in which the thought came.
 *
 * @param text the thought or its summary
 * @param seal a signature, or an encrypted thought
 * @param index which thought it belongs to; -1 if it does not say
 */
record ChatDetail(
    RawText text, RawText seal, Proof.Kind kind, RawText id, long index, RawJson whole) {

  static ChatDetail read(RawJson json) throws MalformedJson {
    RawText text = RawText.EMPTY;
    RawText signature = RawText.EMPTY;
    RawText data = RawText.EMPTY;
    RawText id = RawText.EMPTY;
    long index = -1;
    JsonCursor cursor = json.cursor();
    cursor.enterObject();
    while (cursor.nextMember()) {
      switch (cursor.name()) {
        case "text", "summary" -> text = cursor.textOr(text);
        case "signature" -> signature = cursor.textOr(signature);
        case "data" -> data = cursor.textOr(data);
        case "id" -> id = cursor.textOr(id);
        case "index" -> index = cursor.integerOr(-1);
        default -> cursor.skip();
      }
    }
    return data.isEmpty()
        ? new ChatDetail(text, signature, Proof.Kind.SIGNATURE, id, index, json)
        : new ChatDetail(text, data, Proof.Kind.HIDDEN_THOUGHT, id, index, json);
  }

  /** What proves the thought; empty if this is only a piece of its text. */
  Optional<Proof> proof() throws MalformedJson {
    if (seal.isEmpty()) {
      return Optional.empty();
    }
    Optional<Proof> brought = ProofEnvelope.unwrap(seal);
    return brought.isPresent()
        ? brought
        : Optional.of(new Proof(Dialect.CHAT, kind, withoutText().asText(), id.copy()));
  }

  private RawJson withoutText() throws MalformedJson {
    JsonWriter out = new JsonWriter().beginObject();
    JsonCursor cursor = whole.cursor();
    cursor.enterObject();
    while (cursor.nextMember()) {
      String name = cursor.name();
      if (!name.equals("text") && !name.equals("summary")) {
        out.member(name, cursor.raw());
      }
    }
    return out.endObject().toJson();
  }

  /**
   * Whether this goes on with a thought.
   *
   * @param before the thought's index
   */
  boolean continues(long before) {
    return index >= 0 ? index == before : !seal.isEmpty() && text.isEmpty();
  }

  /** The proof of a thought that came in a plain member of that name. */
  static Proof ofMember(String member) {
    return new Proof(Dialect.CHAT, Proof.Kind.SIGNATURE, RawText.of(member), RawText.EMPTY);
  }
}
