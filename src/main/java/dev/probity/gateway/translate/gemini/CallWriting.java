package dev.probity.gateway.translate.gemini;

import dev.probity.gateway.Dialect;
import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.AnswerEvent.ToolCall;
import dev.probity.gateway.neutral.AnswerFrame;
import dev.probity.gateway.neutral.Proof;
import dev.probity.gateway.neutral.Untranslatable;
import java.util.Optional;

/** A call whose input comes in pieces, until it can be written whole. Bounded. */
final class CallWriting {
  /** As much as a tool may be given. */
  static final int MOST_BYTES = 16 << 20;

  private final JsonWriter input = new JsonWriter();
  private final RawText id;
  private final RawText name;
  private final boolean freeform;
  private RawText signature = RawText.EMPTY;

  /**
   * @param number of the call in the answer
   */
  CallWriting(ToolCall call, AnswerFrame frame, int number) {
    this.id = call.id().isEmpty() ? RawText.of(frame.name("call_", number)) : call.id().copy();
    this.name = call.name().copy();
    this.freeform = call.freeform();
    input.beginText();
  }

  void piece(RawText piece) throws Untranslatable {
    if (input.size() + piece.length() > MOST_BYTES) {
      throw Untranslatable.answer(
          "tool_arguments_too_long",
          "The model gave \"" + name.plain() + "\" more than can be carried over. Ask for less.");
    }
    input.piece(piece);
  }

  void proven(Proof proof) {
    signature =
        proof.origin() == Dialect.GEMINI
            ? proof.value().copy()
            : RawText.of(Signatures.carried(RawText.EMPTY, proof));
  }

  /**
   * Writes the part.
   *
   * @param thoughts envelopes with what was thought before the call; may be empty
   */
  void write(RawText thoughts, JsonWriter out) throws Untranslatable {
    RawText text = input.endText().toJson().text().orElse(RawText.EMPTY);
    out.beginObject().name("functionCall").beginObject();
    out.member("id", id).member("name", name);
    if (freeform) {
      out.name("args").beginObject().member("input", text).endObject();
    } else {
      out.member("args", object(text));
    }
    out.endObject();
    RawText proof = signature.isEmpty() ? thoughts : signature;
    if (!proof.isEmpty()) {
      out.member("thoughtSignature", proof);
    }
    out.endObject();
  }

  private RawJson object(RawText text) throws Untranslatable {
    if (text.isEmpty()) {
      return RawJson.EMPTY_OBJECT;
    }
    Optional<RawJson> args = RawJson.inside(text).filter(RawJson::isObject);
    return args.orElseThrow(() ->
        Untranslatable.answer(
            "invalid_tool_arguments",
            "The model called \""
                + name.plain()
                + "\" with arguments that are no JSON object. Try again."));
  }
}
