package dev.probity.gateway.translate.messages;

import dev.probity.gateway.Dialect;
import dev.probity.gateway.json.JsonCursor;
import dev.probity.gateway.json.JsonMembers;
import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.AnswerEvent;
import dev.probity.gateway.neutral.AnswerEvent.Block;
import dev.probity.gateway.neutral.AnswerEvent.Citation;
import dev.probity.gateway.neutral.Proof;
import dev.probity.gateway.neutral.Untranslatable;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The blocks of an answer of Anthropic's, whether they come whole or in pieces. What only Anthropic
 * knows is gathered, and told when it is whole.
 */
final class ArrivingBlocks {
  private enum Kind {
    TEXT,
    THOUGHT,
    CALL,
    FOREIGN
  }

  /** A block that has begun. Foreign ones have no number before they end. */
  private static final class Open {
    private final Kind kind;
    private final int number;
    private final RawJson begun;
    private @Nullable JsonWriter input;
    private @Nullable RawText signature;

    Open(Kind kind, int number, RawJson begun) {
      this.kind = kind;
      this.number = number;
      this.begun = begun;
    }
  }

  private final Map<Long, Open> open = new HashMap<>();
  private int blocks;

  /** A block of a document. */
  void whole(RawJson block, Consumer<AnswerEvent> out) throws Untranslatable, MalformedJson {
    begin(-1, block, out);
    end(-1, out);
  }

  /** A block begins, perhaps with something in it. */
  void begin(long index, RawJson raw, Consumer<AnswerEvent> out)
      throws Untranslatable, MalformedJson {
    if (open.containsKey(index)) {
      throw outOfOrder("began a block twice");
    }
    JsonMembers block = JsonMembers.of(raw);
    switch (block.text("type").plain()) {
      case "text" -> {
        Open text = begin(index, Kind.TEXT, AnswerEvent.TEXT, out);
        piece(text, block.textOrEmpty("text"), out);
        citations(text, block.get("citations"), out);
      }
      case "thinking" -> {
        Open thought = begin(index, Kind.THOUGHT, AnswerEvent.THOUGHT, out);
        piece(thought, block.textOrEmpty("thinking"), out);
        sign(thought, block.textOrEmpty("signature"));
      }
      case "redacted_thinking" -> {
        Open thought = begin(index, Kind.THOUGHT, AnswerEvent.THOUGHT, out);
        prove(thought, Proof.Kind.HIDDEN_THOUGHT, block.text("data"), out);
      }
      case "tool_use" -> {
        Block call = new AnswerEvent.ToolCall(block.text("id"), block.text("name"), false);
        Open begun = begin(index, Kind.CALL, call, out);
        RawJson input = block.get("input");
        if (input != JsonMembers.ABSENT && JsonMembers.of(input).size() > 0) {
          out.accept(new AnswerEvent.InputPiece(begun.number, input.asText()));
        }
      }
      default -> open.put(index, new Open(Kind.FOREIGN, -1, raw.copy()));
    }
  }

  private Open begin(long index, Kind kind, Block block, Consumer<AnswerEvent> out) {
    Open begun = new Open(kind, blocks++, RawJson.EMPTY_OBJECT);
    open.put(index, begun);
    out.accept(new AnswerEvent.BlockBegun(begun.number, block));
    return begun;
  }

  /** More of a block. A kind of piece that is not known is passed over, as Anthropic asks for. */
  void delta(long index, RawJson raw, Consumer<AnswerEvent> out)
      throws Untranslatable, MalformedJson {
    Open block = open.get(index);
    if (block == null) {
      throw outOfOrder("sent a piece of a block that has not begun");
    }
    JsonMembers delta = JsonMembers.of(raw);
    switch (delta.text("type").plain()) {
      case "text_delta" -> {
        if (block.kind == Kind.TEXT) {
          piece(block, delta.text("text"), out);
        }
      }
      case "thinking_delta" -> {
        if (block.kind == Kind.THOUGHT) {
          piece(block, delta.text("thinking"), out);
        }
      }
      case "signature_delta" -> sign(block, delta.text("signature"));
      case "citations_delta" -> cite(block, delta.get("citation"), out);
      case "input_json_delta" -> input(block, delta.text("partial_json"), out);
      default -> {}
    }
  }

  private static void piece(Open block, RawText text, Consumer<AnswerEvent> out) {
    if (!text.isEmpty()) {
      out.accept(new AnswerEvent.TextPiece(block.number, text));
    }
  }

  private static void input(Open block, RawText text, Consumer<AnswerEvent> out) {
    if (text.isEmpty()) {
      return;
    }
    if (block.kind == Kind.CALL) {
      out.accept(new AnswerEvent.InputPiece(block.number, text));
    } else if (block.kind == Kind.FOREIGN) {
      JsonWriter pieces = block.input == null ? new JsonWriter() : block.input;
      block.input = pieces.piece(text);
    }
  }

  /** The last signature counts, as it does for Anthropic's own clients. */
  private static void sign(Open block, RawText signature) {
    if (!signature.isEmpty()) {
      block.signature = signature.copy();
    }
  }

  private static void prove(Open block, Proof.Kind kind, RawText value, Consumer<AnswerEvent> out) {
    out.accept(
        new AnswerEvent.Proven(
            block.number, new Proof(Dialect.MESSAGES, kind, value, RawText.EMPTY)));
  }

  private static void citations(Open block, RawJson citations, Consumer<AnswerEvent> out)
      throws MalformedJson {
    if (!citations.isArray()) {
      return;
    }
    JsonCursor json = citations.cursor();
    json.enterArray();
    while (json.nextElement()) {
      cite(block, json.raw(), out);
    }
  }

  private static void cite(Open block, RawJson raw, Consumer<AnswerEvent> out)
      throws MalformedJson {
    if (block.kind != Kind.TEXT) {
      return;
    }
    JsonMembers citation = JsonMembers.of(raw);
    Optional<RawText> title = citation.get("title").text();
    out.accept(
        new AnswerEvent.Cited(
            block.number,
            new Citation(
                Dialect.MESSAGES,
                citation.get("url").text(),
                title.or(() -> citation.get("document_title").text()),
                citation.get("cited_text").text(),
                raw)));
  }

  void end(long index, Consumer<AnswerEvent> out) throws Untranslatable, MalformedJson {
    Open block = open.remove(index);
    if (block == null) {
      throw outOfOrder("ended a block that has not begun");
    }
    end(block, out);
  }

  /** Ends what nobody has ended. */
  void endAll(Consumer<AnswerEvent> out) throws MalformedJson {
    for (Open block : open.values()) {
      end(block, out);
    }
    open.clear();
  }

  private void end(Open block, Consumer<AnswerEvent> out) throws MalformedJson {
    if (block.kind == Kind.FOREIGN) {
      RawJson whole = whole(block);
      String type = JsonMembers.of(whole).text("type").plain();
      int number = blocks++;
      out.accept(
          new AnswerEvent.BlockBegun(
              number, new AnswerEvent.Foreign(Dialect.MESSAGES, type, whole)));
      out.accept(new AnswerEvent.BlockEnded(number));
      return;
    }
    RawText signature = block.signature;
    if (signature != null && block.kind == Kind.THOUGHT) {
      prove(block, Proof.Kind.SIGNATURE, signature, out);
    }
    out.accept(new AnswerEvent.BlockEnded(block.number));
  }

  /** The block as it began, with the input that came in pieces. */
  private static RawJson whole(Open block) throws MalformedJson {
    JsonWriter input = block.input;
    if (input == null) {
      return block.begun;
    }
    RawText pieces = RawJson.of("\"" + input + "\"").text().orElse(RawText.EMPTY);
    JsonMembers begun = JsonMembers.of(block.begun);
    JsonWriter out = new JsonWriter().beginObject();
    for (int i = 0; i < begun.size(); i++) {
      if (!begun.name(i).equals("input")) {
        out.member(begun.name(i), begun.value(i));
      }
    }
    return out.member("input", RawJson.inside(pieces).orElseGet(pieces::quoted))
        .endObject()
        .toJson();
  }

  private static Untranslatable outOfOrder(String what) {
    return Untranslatable.answer("invalid_stream", "The provider " + what + ".");
  }
}
