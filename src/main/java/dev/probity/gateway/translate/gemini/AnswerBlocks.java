package dev.probity.gateway.translate.gemini;

import dev.probity.gateway.Dialect;
import dev.probity.gateway.json.JsonCursor;
import dev.probity.gateway.json.JsonKind;
import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.AnswerEvent;
import dev.probity.gateway.neutral.AnswerEvent.Block;
import dev.probity.gateway.neutral.Proof;
import dev.probity.gateway.neutral.Untranslatable;
import java.util.function.Consumer;

/** Makes blocks of an answer's parts: neighbours of one kind are one block. */
final class AnswerBlocks {
  private static final int NONE = -1;

  private int next;
  private int open = NONE;
  private Block kind = AnswerEvent.TEXT;
  private boolean calls;

  boolean hasCalls() {
    return calls;
  }

  /** The number of the text that is open; -1 if none is. */
  int openText() {
    return open != NONE && kind.equals(AnswerEvent.TEXT) ? open : NONE;
  }

  void part(RawJson part, Consumer<AnswerEvent> out) throws MalformedJson, Untranslatable {
    String type = "";
    RawJson data = RawJson.NULL;
    boolean thought = false;
    RawText signature = RawText.EMPTY;
    JsonCursor json = part.cursor();
    json.enterObject();
    while (json.nextMember()) {
      if (json.kind() == JsonKind.NULL) {
        continue;
      }
      switch (json.name()) {
        case "thought" -> thought = json.isTrue();
        case "thoughtSignature" -> signature = json.textOr(RawText.EMPTY);
        case "videoMetadata",
            "mediaResolution",
            "partMetadata",
            "mediaProcessing",
            "speechMetadata" ->
            json.skip();
        default -> {
          type = json.name();
          data = json.raw();
        }
      }
    }
    switch (type) {
      case "", "text" -> text(data.text().orElse(RawText.EMPTY), thought, signature, out);
      case "functionCall" -> call(data, signature, out);
      default -> {
        close(out);
        out.accept(
            new AnswerEvent.BlockBegun(next, new AnswerEvent.Foreign(Dialect.GEMINI, type, part)));
        out.accept(new AnswerEvent.BlockEnded(next));
        next++;
      }
    }
  }

  /** A signature of nothing belongs to what was said before it. */
  private void text(RawText text, boolean thought, RawText signature, Consumer<AnswerEvent> out) {
    if (text.isEmpty()) {
      if (!signature.isEmpty()) {
        if (open == NONE) {
          open(AnswerEvent.THOUGHT, out);
        }
        prove(open, signature, out);
      }
      return;
    }
    Block wanted = thought ? AnswerEvent.THOUGHT : AnswerEvent.TEXT;
    if (open == NONE || !kind.equals(wanted)) {
      open(wanted, out);
    }
    out.accept(new AnswerEvent.TextPiece(open, text));
    if (!signature.isEmpty()) {
      prove(open, signature, out);
    }
  }

  void declined(RawText text, Consumer<AnswerEvent> out) {
    open(AnswerEvent.DECLINED, out);
    out.accept(new AnswerEvent.TextPiece(open, text));
  }

  private void call(RawJson call, RawText signature, Consumer<AnswerEvent> out)
      throws MalformedJson, Untranslatable {
    RawText id = RawText.EMPTY;
    RawText name = RawText.EMPTY;
    RawJson args = RawJson.NULL;
    JsonCursor json = call.cursor();
    json.enterObject();
    while (json.nextMember()) {
      switch (json.name()) {
        case "id" -> id = json.textOr(RawText.EMPTY);
        case "name" -> name = json.textOr(RawText.EMPTY);
        case "args" -> args = json.raw();
        default -> json.skip();
      }
    }
    if (name.isEmpty()) {
      throw Untranslatable.answer(
          "invalid_tool_call", "The model called a function without a name. Try again.");
    }
    calls = true;
    open(new AnswerEvent.ToolCall(id, name, false), out);
    if (!signature.isEmpty()) {
      prove(open, signature, out);
    }
    if (!args.isNull()) {
      out.accept(new AnswerEvent.InputPiece(open, args.asText()));
    }
    close(out);
  }

  private static void prove(int block, RawText signature, Consumer<AnswerEvent> out) {
    out.accept(
        new AnswerEvent.Proven(
            block, new Proof(Dialect.GEMINI, Proof.Kind.SIGNATURE, signature, RawText.EMPTY)));
  }

  private void open(Block wanted, Consumer<AnswerEvent> out) {
    close(out);
    open = next;
    kind = wanted;
    next++;
    out.accept(new AnswerEvent.BlockBegun(open, wanted));
  }

  void close(Consumer<AnswerEvent> out) {
    if (open != NONE) {
      out.accept(new AnswerEvent.BlockEnded(open));
      open = NONE;
    }
  }
}
