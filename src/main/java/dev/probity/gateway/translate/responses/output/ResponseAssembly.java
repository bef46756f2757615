package dev.probity.gateway.translate.responses.output;

import dev.probity.gateway.Dialect;
import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.AnswerEncoder;
import dev.probity.gateway.neutral.AnswerEvent;
import dev.probity.gateway.neutral.AnswerEvent.StopReason;
import dev.probity.gateway.neutral.AnswerFrame;
import dev.probity.gateway.neutral.Proof;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes an answer's blocks items of a response, and tells each step in events if the client wants a
 * stream, or the response alone in the end if not.
 */
public final class ResponseAssembly implements AnswerEncoder {
  private final AnswerFrame frame;
  private final ResponseObject response;
  private final Output output;
  private final Map<Integer, Block> blocks = new LinkedHashMap<>();
  private final List<MessageItem> messages = new ArrayList<>(1);
  private @Nullable MessageItem message;
  private boolean begun;
  private boolean declined;
  private int calls;
  private StopReason stopped = StopReason.END;

  /** What a block has become. */
  private sealed interface Block {}

  private record Said(MessageItem item, MessageItem.Content part) implements Block {}

  private record Thought(ThoughtItem item) implements Block {}

  private record Called(CallItem item) implements Block {}

  private record Nothing() implements Block {}

  /**
   * @param stream whether events are told
   */
  public ResponseAssembly(AnswerFrame frame, boolean stream) {
    this.frame = frame;
    this.response = new ResponseObject(frame);
    this.output = new Output(frame, stream);
  }

  @Override
  public void accept(AnswerEvent event, JsonWriter out) {
    switch (event) {
      case AnswerEvent.Begun _ -> begin(out);
      case AnswerEvent.BlockBegun block -> begin(block.block(), block.kind(), out);
      case AnswerEvent.TextPiece piece -> text(block(piece.block()), piece.text(), out);
      case AnswerEvent.InputPiece piece -> {
        if (block(piece.block()) instanceof Called call) {
          call.item.piece(piece.text(), out);
        }
      }
      case AnswerEvent.Proven proven -> prove(block(proven.block()), proven.proof(), out);
      case AnswerEvent.Cited cited -> {
        if (block(cited.block()) instanceof Said said) {
          said.item.cite(said.part, cited.citation());
        }
      }
      case AnswerEvent.BlockEnded ended -> end(ended.block(), OutputItem.COMPLETED, out);
      case AnswerEvent.Stopped stop -> stopped = stop.reason();
      case AnswerEvent.Ended _ -> finish(out);
      case AnswerEvent.Ping _ -> output.frames().ping(out);
      case AnswerEvent.Failed _ -> {
        // Whoever serves the client tells it.
      }
    }
  }

  private void begin(JsonWriter out) {
    if (begun) {
      return;
    }
    begun = true;
    if (output.frames().areWanted()) {
      for (String type : List.of("response.created", "response.in_progress")) {
        output.frames().begin(out, type).name("response");
        response.begun(out);
        output.frames().end(out);
      }
    }
  }

  private Block block(int number) {
    Block block = blocks.get(number);
    return block == null ? new Nothing() : block;
  }

  private void begin(int number, AnswerEvent.Block kind, JsonWriter out) {
    begin(out);
    Block block =
        switch (kind) {
          case AnswerEvent.Text _ -> said(false, out);
          case AnswerEvent.Declined _ -> {
            declined = true;
            yield said(true, out);
          }
          case AnswerEvent.Thought _ -> {
            seal(out);
            ThoughtItem item = new ThoughtItem(output);
            item.open(out);
            yield new Thought(item);
          }
          case AnswerEvent.ToolCall call -> {
            seal(out);
            yield new Called(call(call));
          }
          case AnswerEvent.Foreign foreign -> {
            seal(out);
            foreign(foreign, out);
            yield new Nothing();
          }
        };
    blocks.put(number, block);
  }

  private Said said(boolean refusal, JsonWriter out) {
    MessageItem item = message;
    if (item == null) {
      item = new MessageItem(output);
      message = item;
      messages.add(item);
    }
    return new Said(item, item.begin(refusal, out));
  }

  private void seal(JsonWriter out) {
    if (message != null) {
      message.seal(out);
      message = null;
    }
  }

  private CallItem call(AnswerEvent.ToolCall call) {
    calls++;
    RawText id = call.id().isEmpty() ? RawText.of(frame.name("call_", calls)) : call.id();
    return new CallItem(output, id, call.name(), call.freeform());
  }

  /** A search that the provider ran by itself is the one thing that others have, too. */
  private void foreign(AnswerEvent.Foreign foreign, JsonWriter out) {
    if (foreign.origin() == Dialect.RESPONSES) {
      output.whole(foreign.block().copy(), out);
    } else if (foreign.origin() == Dialect.MESSAGES) {
      SearchItem.of(foreign.block(), frame.name("ws_", output.items().size()))
          .ifPresent(item -> output.whole(item, out));
    }
  }

  private void text(Block block, RawText piece, JsonWriter out) {
    switch (block) {
      case Said said -> said.item.piece(said.part, piece, out);
      case Thought thought -> thought.item.piece(piece, out);
      case Called _, Nothing _ -> {}
    }
  }

  /** Only whoever asked for encrypted content sends it back. */
  private void prove(Block block, Proof proof, JsonWriter out) {
    if (!frame.prompt().reasoning().proofs()) {
      return;
    }
    switch (block) {
      case Thought thought -> thought.item.prove(proof);
      case Called call -> carried(proof, call.item.callId(), out);
      case Said said -> carried(proof, RawText.of(said.item.id()), out);
      case Nothing _ -> {}
    }
  }

  /** Items other than reasoning have no place for a proof: it gets an item of its own. */
  private void carried(Proof proof, RawText owner, JsonWriter out) {
    ThoughtItem carrier = new ThoughtItem(output);
    carrier.open(out);
    carrier.prove(new Proof(proof.origin(), proof.kind(), proof.value(), owner));
    carrier.end(OutputItem.COMPLETED, out);
  }

  private void end(int number, String status, JsonWriter out) {
    Block block = blocks.remove(number);
    switch (block) {
      case Said said -> said.item.end(said.part, out);
      case Thought thought -> thought.item.end(status, out);
      case Called call -> call.item.end(status, out);
      case Nothing _ -> {}
      case null -> {}
    }
  }

  private void finish(JsonWriter out) {
    begin(out);
    String incomplete =
        switch (stopped) {
          case MAX_TOKENS, CONTEXT_FULL -> "max_output_tokens";
          case DECLINED -> declined ? "" : "content_filter";
          case END, STOP_SEQUENCE, TOOL_CALLS, PAUSED -> "";
        };
    String status = incomplete.isEmpty() ? OutputItem.COMPLETED : OutputItem.INCOMPLETE;
    for (int open : List.copyOf(blocks.keySet())) {
      end(open, status, out);
    }
    for (MessageItem item : messages) {
      item.finish(status, out);
    }
    if (output.frames().areWanted()) {
      String type = incomplete.isEmpty() ? "response.completed" : "response.incomplete";
      output.frames().begin(out, type).name("response");
      response.finished(incomplete, output.items(), out);
      output.frames().end(out);
    } else {
      response.finished(incomplete, output.items(), out);
    }
  }
}
