package dev.probity.gateway.translate.responses;

import dev.probity.gateway.Dialect;
import dev.probity.gateway.json.JsonCursor;
import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.AnswerEvent;
import dev.probity.gateway.neutral.AnswerEvent.StopReason;
import dev.probity.gateway.neutral.Proof;
import dev.probity.gateway.neutral.ProofEnvelope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Tells an answer's items as blocks, whether they come whole, in pieces, or both: what was told in
 * pieces is not told again.
 */
final class OutputReader {
  private final Map<Integer, Item> items = new HashMap<>();
  private int nextBlock;
  private int told;
  private boolean called;
  private boolean declined;

  /** What is known of an item so far. */
  private static final class Item {
    private final List<Block> parts = new ArrayList<>(1);
    private RawText id = RawText.EMPTY;
    private boolean done;
    private boolean thought;

    /** Of a thought: whether its summary is told; otherwise the thought itself is. */
    private Optional<Boolean> summary = Optional.empty();

    private long paragraph;
  }

  /** A block of an item: a part of a message, a thought, a call. */
  private static final class Block {
    private final int number;
    private final boolean declined;
    private boolean pieces;
    private boolean ended;
    private int citations;

    private Block(int number, boolean declined) {
      this.number = number;
      this.declined = declined;
    }
  }

  private Item item(int index) {
    return items.computeIfAbsent(index, _ -> new Item());
  }

  /** The item, by its place; some providers give the same place to one after another. */
  private Item item(int index, RawText id) {
    Item item = item(index);
    if (item.done && !id.isEmpty() && !id.equals(item.id)) {
      item = new Item();
      items.put(index, item);
    }
    item.id = item.id.isEmpty() ? id.copy() : item.id;
    return item;
  }

  private Block begin(AnswerEvent.Block kind, Consumer<AnswerEvent> out) {
    Block block = new Block(nextBlock, kind instanceof AnswerEvent.Declined);
    nextBlock++;
    declined |= block.declined;
    out.accept(new AnswerEvent.BlockBegun(block.number, kind));
    return block;
  }

  private static void end(Block block, Consumer<AnswerEvent> out) {
    if (!block.ended) {
      block.ended = true;
      out.accept(new AnswerEvent.BlockEnded(block.number));
    }
  }

  /** An item has begun, or is told whole for the first time. */
  void added(int index, RawJson json, Consumer<AnswerEvent> out) throws MalformedJson {
    ItemFields fields = ItemFields.read(json);
    begun(item(index, fields.id()), fields, out);
  }

  private void begun(Item item, ItemFields fields, Consumer<AnswerEvent> out) {
    if (!item.parts.isEmpty() || item.done) {
      return;
    }
    switch (fields.type()) {
      case "reasoning" -> {
        item.thought = true;
        item.parts.add(begin(AnswerEvent.THOUGHT, out));
      }
      case "function_call", "custom_tool_call" -> {
        called = true;
        item.parts.add(
            begin(
                new AnswerEvent.ToolCall(
                    fields.callId().isEmpty() ? fields.id() : fields.callId(),
                    fields.toolName(),
                    fields.type().startsWith("custom")),
                out));
      }
      default -> {}
    }
  }

  /** Whether the item is a thought, whose parts are no message's. */
  boolean isThought(int index) {
    return item(index).thought;
  }

  /** A piece of a message's text or refusal. */
  void piece(int index, int part, boolean refusal, RawText text, Consumer<AnswerEvent> out) {
    Block block = part(item(index), part, refusal, out);
    block.pieces = true;
    if (!text.isEmpty()) {
      out.accept(new AnswerEvent.TextPiece(block.number, text));
    }
  }

  /** The whole of a message's text or refusal, which may have come in pieces before. */
  void whole(int index, int part, boolean refusal, RawText text, Consumer<AnswerEvent> out) {
    Block block = part(item(index), part, refusal, out);
    if (!block.pieces && !block.ended) {
      piece(index, part, refusal, text, out);
    }
  }

  /** A message's part is over. */
  void partDone(int index, int part, Consumer<AnswerEvent> out) {
    List<Block> parts = item(index).parts;
    if (part >= 0 && part < parts.size()) {
      end(parts.get(part), out);
    }
  }

  private Block part(Item item, int part, boolean refusal, Consumer<AnswerEvent> out) {
    int index = Math.max(0, part);
    // A provider that numbers wildly is not followed into the void.
    while (item.parts.size() <= index && item.parts.size() < 4096) {
      item.parts.add(begin(refusal ? AnswerEvent.DECLINED : AnswerEvent.TEXT, out));
    }
    return item.parts.get(Math.min(index, item.parts.size() - 1));
  }

  void cited(int index, int part, RawJson annotation, Consumer<AnswerEvent> out)
      throws MalformedJson {
    if (annotation.isObject()) {
      Block block = part(item(index), part, false, out);
      block.citations++;
      out.accept(new AnswerEvent.Cited(block.number, Citations.read(annotation)));
    }
  }

  /**
   * A piece of a thought.
   *
   * @param paragraph of the summary or of the thought
   */
  void thought(
      int index, boolean summary, long paragraph, RawText text, Consumer<AnswerEvent> out) {
    Item item = item(index);
    if (item.parts.isEmpty()) {
      item.thought = true;
      item.parts.add(begin(AnswerEvent.THOUGHT, out));
    }
    if (item.summary.isEmpty()) {
      item.summary = Optional.of(summary);
      item.paragraph = paragraph;
    }
    Block block = item.parts.getFirst();
    if (item.summary.get() != summary || text.isEmpty() || block.ended) {
      return;
    }
    if (item.paragraph != paragraph) {
      item.paragraph = paragraph;
      out.accept(new AnswerEvent.TextPiece(block.number, RawText.of("\n\n")));
    }
    block.pieces = true;
    out.accept(new AnswerEvent.TextPiece(block.number, text));
  }

  /** A piece of what a tool is given. */
  void input(int index, RawText text, Consumer<AnswerEvent> out) {
    List<Block> parts = item(index).parts;
    if (!parts.isEmpty() && !text.isEmpty() && !parts.getFirst().ended) {
      parts.getFirst().pieces = true;
      out.accept(new AnswerEvent.InputPiece(parts.getFirst().number, text));
    }
  }

  /** All of what a tool is given, which may have come in pieces before. */
  void wholeInput(int index, RawText text, Consumer<AnswerEvent> out) {
    List<Block> parts = item(index).parts;
    if (!parts.isEmpty() && !parts.getFirst().pieces) {
      input(index, text, out);
    }
  }

  /** An item is whole. */
  void done(int index, RawJson json, Consumer<AnswerEvent> out) throws MalformedJson {
    ItemFields fields = ItemFields.read(json);
    Item item = item(index, fields.id());
    if (item.done) {
      return;
    }
    begun(item, fields, out);
    item.done = true;
    told++;
    switch (fields.type()) {
      case "message" -> message(index, fields.content(), out);
      case "reasoning" -> proven(item, fields, out);
      case "function_call" -> wholeInput(index, fields.arguments().orElse(RawText.EMPTY), out);
      case "custom_tool_call" -> wholeInput(index, fields.input().orElse(RawText.EMPTY), out);
      default ->
          item.parts.add(
              begin(new AnswerEvent.Foreign(Dialect.RESPONSES, fields.type(), json), out));
    }
    item.parts.forEach(block -> end(block, out));
  }

  private void proven(Item item, ItemFields fields, Consumer<AnswerEvent> out)
      throws MalformedJson {
    Block block = item.parts.getFirst();
    RawText text = fields.thought();
    if (!block.pieces && !text.isEmpty()) {
      block.pieces = true;
      out.accept(new AnswerEvent.TextPiece(block.number, text));
    }
    if (!fields.encryptedContent().isEmpty()) {
      Proof.Kind kind = block.pieces ? Proof.Kind.SIGNATURE : Proof.Kind.HIDDEN_THOUGHT;
      out.accept(
          new AnswerEvent.Proven(
              block.number,
              ProofEnvelope.read(Dialect.RESPONSES, kind, fields.encryptedContent(), fields.id())));
    }
  }

  private void message(int index, RawJson content, Consumer<AnswerEvent> out) throws MalformedJson {
    if (!content.isArray()) {
      return;
    }
    JsonCursor cursor = content.cursor();
    cursor.enterArray();
    for (int part = 0; cursor.nextElement(); part++) {
      wholePart(index, part, cursor.raw(), out);
    }
  }

  /** A message's part, whole. */
  void wholePart(int index, int part, RawJson json, Consumer<AnswerEvent> out)
      throws MalformedJson {
    boolean refusal = false;
    RawText text = RawText.EMPTY;
    RawJson annotations = RawJson.EMPTY_ARRAY;
    JsonCursor cursor = json.cursor();
    cursor.enterObject();
    while (cursor.nextMember()) {
      switch (cursor.name()) {
        case "text" -> text = cursor.textOr(text);
        case "refusal" -> {
          refusal = true;
          text = cursor.textOr(text);
        }
        case "annotations" -> annotations = cursor.raw();
        default -> {}
      }
    }
    whole(index, part, refusal, text, out);
    Block block = part(item(index), part, refusal, out);
    if (annotations.isArray() && !block.ended) {
      JsonCursor each = annotations.cursor();
      each.enterArray();
      for (int i = 0; each.nextElement(); i++) {
        RawJson annotation = each.raw();
        if (i >= block.citations) {
          cited(index, part, annotation, out);
        }
      }
    }
  }

  /**
   * The answer is over.
   *
   * @param output all its items: those that were not told before are told now
   * @param incomplete why it is not whole; empty if it is
   */
  void finish(RawJson output, String incomplete, Consumer<AnswerEvent> out) throws MalformedJson {
    int all = output.isArray() ? count(output) : 0;
    // Places and ids may differ at the end from those of before: what was told is known by how
    // much.
    if (told < all && (items.isEmpty() || items.size() == all)) {
      JsonCursor cursor = output.cursor();
      cursor.enterArray();
      for (int index = 0; cursor.nextElement(); index++) {
        done(index, cursor.raw(), out);
      }
    }
    for (Item item : items.values()) {
      item.parts.forEach(block -> end(block, out));
    }
    out.accept(new AnswerEvent.Stopped(reason(incomplete), Optional.empty()));
    out.accept(AnswerEvent.ENDED);
  }

  private static int count(RawJson array) throws MalformedJson {
    JsonCursor cursor = array.cursor();
    cursor.enterArray();
    int count = 0;
    while (cursor.nextElement()) {
      count++;
    }
    return count;
  }

  private StopReason reason(String incomplete) {
    return switch (incomplete) {
      case "" -> called ? StopReason.TOOL_CALLS : declined ? StopReason.DECLINED : StopReason.END;
      case "content_filter" -> StopReason.DECLINED;
      default -> StopReason.MAX_TOKENS;
    };
  }
}
