package dev.probity.gateway.openai;

import dev.probity.gateway.json.ByteFeed;
import dev.probity.gateway.json.EventStreamSplitter;
import dev.probity.gateway.json.JsonKind;
import dev.probity.gateway.json.JsonPaths;
import dev.probity.gateway.json.JsonScanner;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;

/**
 * Takes the chunk that only tells the usage out of a chat completion's stream, for clients that did
 * not ask for it: its list of choices is empty, which some don't expect. Every other byte passes
 * unchanged, and waits only as long as it might still belong to that chunk.
 */
public final class UsageChunkFilter {
  /** No usage chunk is that large, so nothing larger waits. */
  private static final int MOST_HELD_BYTES = 64 << 10;

  /** Choices mostly stand near a chunk's beginning, so most of a chunk need not be read. */
  private static final int LOOK_BYTES = 192;

  private static final int MAX_DEPTH = 64;
  private static final byte[] NOTHING = {};

  private static final JsonPaths PATHS =
      JsonPaths.watch().value("choices", "usage", "error").build();
  private static final int CHOICES = PATHS.index("choices");
  private static final int USAGE = PATHS.index("usage");
  private static final int ERROR = PATHS.index("error");

  private final JsonScanner json = new JsonScanner(PATHS, MAX_DEPTH);
  private final EventStreamSplitter splitter = new EventStreamSplitter(new Events());
  private final ByteFeed.Sink pieces = this::piece;
  private byte[] held = NOTHING;
  private int heldLength;
  private boolean isOther;
  private boolean drop;
  private boolean dropLast;

  /** The piece at hand, what of it is not yet decided on, and where decided bytes go. */
  private byte[] piece = NOTHING;

  private int undecidedFrom;
  private ByteBuf target = Unpooled.EMPTY_BUFFER;

  /**
   * Takes the next bytes of the stream, whose indexes stay as they are, and appends to {@code out}
   * what may go on.
   */
  public void accept(ByteBuf in, ByteBuf out) {
    target = out;
    ByteFeed.feed(in, pieces);
    target = Unpooled.EMPTY_BUFFER;
    piece = NOTHING;
  }

  /** The stream is over: appends what waited. */
  public void finish(ByteBuf out) {
    splitter.finish();
    if (!drop) {
      out.writeBytes(held, 0, heldLength);
    }
    heldLength = 0;
  }

  private void piece(byte[] bytes, int from, int to) {
    piece = bytes;
    undecidedFrom = from;
    splitter.feed(bytes, from, to);
    if (isOther || splitter.isBetweenEvents()) {
      release(to);
    } else {
      hold(to);
    }
  }

  private void release(int to) {
    target.writeBytes(held, 0, heldLength);
    heldLength = 0;
    target.writeBytes(piece, undecidedFrom, to - undecidedFrom);
    undecidedFrom = to;
  }

  private void discard(int to) {
    heldLength = 0;
    undecidedFrom = to;
  }

  private void hold(int to) {
    int more = to - undecidedFrom;
    if (heldLength + more > MOST_HELD_BYTES) {
      isOther = true;
      release(to);
      return;
    }
    if (heldLength + more > held.length) {
      int grown = Math.max(Math.max(1024, heldLength + more), held.length * 2);
      held = Arrays.copyOf(held, Math.min(MOST_HELD_BYTES, grown));
    }
    System.arraycopy(piece, undecidedFrom, held, heldLength, more);
    heldLength += more;
  }

  private final class Events implements EventStreamSplitter.Sink {
    @Override
    public void data(byte[] bytes, int from, int to) {
      int at = from;
      while (!isOther && at < to) {
        int end = Math.min(to, at + LOOK_BYTES);
        isOther = !json.feed(bytes, at, end) || isNoUsageChunk();
        at = end;
      }
    }

    @Override
    public void event() {
      drop = !isOther && json.finish() && isUsageChunk();
      isOther = false;
      json.reset();
    }

    @Override
    public void boundary(int end, boolean continued) {
      if (!continued) {
        dropLast = drop;
        drop = false;
        isOther = false;
      }
      if (dropLast) {
        discard(end);
      } else {
        release(end);
      }
    }
  }

  /** Whether what has come of the chunk rules it out. */
  private boolean isNoUsageChunk() {
    JsonKind choices = json.kind(CHOICES);
    return choices != JsonKind.ABSENT && choices != JsonKind.ARRAY || json.isFilled(CHOICES);
  }

  private boolean isUsageChunk() {
    JsonKind error = json.kind(ERROR);
    return json.kind(CHOICES) == JsonKind.ARRAY
        && !json.isFilled(CHOICES)
        && !json.isDuplicate(CHOICES)
        && json.kind(USAGE) == JsonKind.OBJECT
        && (error == JsonKind.ABSENT || error == JsonKind.NULL);
  }
}
