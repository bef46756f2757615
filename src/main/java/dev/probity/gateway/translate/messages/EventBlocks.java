package dev.probity.gateway.translate.messages;

import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.json.RawText;

/** Blocks as events of a stream. */
final class EventBlocks implements BlockSink {
  private enum Piece {
    TEXT("text_delta", "text"),
    THINKING("thinking_delta", "thinking"),
    INPUT("input_json_delta", "partial_json");

    private final String type;
    private final String member;

    Piece(String type, String member) {
      this.type = type;
      this.member = member;
    }
  }

  private int index = -1;
  private Piece piece = Piece.TEXT;

  /** Begins an event; its JSON object is open. */
  static JsonWriter begin(String type, JsonWriter out) {
    return out.line("event: ").line(type).line("\ndata: ").beginObject().member("type", type);
  }

  static void finish(JsonWriter out) {
    out.endObject().line("\n\n");
  }

  private JsonWriter beginBlock(String type, JsonWriter out) {
    index++;
    return begin("content_block_start", out)
        .member("index", index)
        .name("content_block")
        .beginObject()
        .member("type", type);
  }

  private static void finishInner(JsonWriter out) {
    finish(out.endObject());
  }

  private JsonWriter delta(String type, JsonWriter out) {
    return begin("content_block_delta", out)
        .member("index", index)
        .name("delta")
        .beginObject()
        .member("type", type);
  }

  @Override
  public void beginText(JsonWriter out) {
    piece = Piece.TEXT;
    finishInner(beginBlock("text", out).member("text", ""));
  }

  @Override
  public void beginThinking(JsonWriter out) {
    piece = Piece.THINKING;
    finishInner(beginBlock("thinking", out).member("thinking", "").member("signature", ""));
  }

  /** The first piece of input is empty, so that a call without any has one. */
  @Override
  public void beginCall(RawText id, RawText name, JsonWriter out) {
    piece = Piece.INPUT;
    finishInner(
        beginBlock("tool_use", out)
            .member("id", id)
            .member("name", name)
            .name("input")
            .beginObject()
            .endObject());
    piece(RawText.EMPTY, out);
  }

  @Override
  public void piece(RawText text, JsonWriter out) {
    finishInner(delta(piece.type, out).member(piece.member, text));
  }

  @Override
  public void citation(WebCitation citation, JsonWriter out) {
    JsonWriter delta = delta("citations_delta", out).name("citation");
    citation.write(delta);
    finishInner(delta);
  }

  @Override
  public void end(JsonWriter out) {
    finish(begin("content_block_stop", out).member("index", index));
  }

  @Override
  public void endThinking(RawText signature, JsonWriter out) {
    finishInner(delta("signature_delta", out).member("signature", signature));
    end(out);
  }

  @Override
  public void hiddenThought(RawText data, JsonWriter out) {
    finishInner(beginBlock("redacted_thinking", out).member("data", data));
    end(out);
  }
}
