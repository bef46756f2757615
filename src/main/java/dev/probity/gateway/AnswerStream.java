package dev.probity.gateway;

import dev.probity.gateway.answer.AnswerReader;
import dev.probity.gateway.openai.UsageChunkFilter;
import dev.probity.kernel.ExchangeId;
import dev.probity.kernel.Refusal;
import dev.probity.pricing.ServiceTier;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * An upstream's answer on its way to the client: what one read of the upstream's socket brought
 * goes out in one write, and a reader looks at every byte as it passes.
 */
final class AnswerStream {
  /** Where pieces of one read are gathered; more than this goes out as it is. */
  private static final int GATHER = 32 << 10;

  private final Client client;
  private final Lane lane;
  private final AnswerReader reader;
  private final boolean eventStream;
  private final boolean success;
  private final boolean openEnded;
  private final @Nullable UsageChunkFilter filter;

  private @Nullable HttpResponse head;
  private @Nullable ByteBuf out;
  private boolean gathered;
  private long bytes;
  private long contentSeen;
  private long progressNanos;
  private long firstContentNanos;
  private boolean begun;

  /**
   * @param strip the usage chunk was asked for by us, and is kept from the client
   */
  AnswerStream(Operation operation, HttpResponse head, boolean strip, Client client, Lane lane) {
    HttpHeaders headers = head.headers();
    String type = headers.get(HttpHeaderNames.CONTENT_TYPE, "");
    this.success = head.status().code() < 400;
    this.eventStream = type.regionMatches(true, 0, "text/event-stream", 0, 17);
    this.reader = AnswerReaders.forOperation(operation, eventStream);
    this.filter = strip && eventStream && success ? new UsageChunkFilter() : null;
    this.client = client;
    this.lane = lane;
    this.head = head;
    this.progressNanos = lane.nanos();
    this.openEnded = filter != null || !headers.contains(HttpHeaderNames.CONTENT_LENGTH);
    ClientHeaders.cleanAnswer(headers);
    if (eventStream) {
      AnswerHeads.unbuffered(headers);
    }
    if (filter != null) {
      headers.remove(HttpHeaderNames.CONTENT_LENGTH);
    }
  }

  AnswerReader reader() {
    return reader;
  }

  boolean isEventStream() {
    return eventStream;
  }

  /** Whether the provider answered with what was asked for, and not with an error. */
  boolean isSuccess() {
    return success;
  }

  /** Whether anything of the answer has gone to the client. */
  boolean hasBegun() {
    return begun;
  }

  long bytes() {
    return bytes;
  }

  /** When the first content came; 0 if none has. */
  long firstContentNanos() {
    return firstContentNanos;
  }

  /** How long there has been no content; pings do not count. */
  long quietMillis(long nowNanos) {
    return (nowNanos - progressNanos) / 1_000_000;
  }

  /** A success without a single byte in its body. */
  boolean isHollow() {
    return success && bytes == 0 && !begun;
  }

  /**
   * The head of a success whose body has not begun. It stays here, because a success that turns out
   * to have no body is none, and another deployment may do better. The head of a stream goes out at
   * once: its client may wait for it.
   */
  boolean isHeldBack() {
    return isHollow() && !eventStream;
  }

  /** An event stream that ended in good order, but without its last event. */
  boolean endsTooSoon() {
    return success && eventStream && !reader.complete() && reader.error().isEmpty();
  }

  /** The tier that the answer says it ran at, in the price book's words. */
  ServiceTier serviceTier() {
    return switch (reader.serviceTier()) {
      case "priority", "fast" -> ServiceTier.PRIORITY;
      case "flex" -> ServiceTier.FLEX;
      case "batch" -> ServiceTier.BATCH;
      default -> ServiceTier.STANDARD;
    };
  }

  /**
   * Whether nothing that matters is missing, although the connection broke before the end of the
   * body.
   */
  boolean isWholeAllTheSame() {
    return eventStream && openEnded && reader.complete();
  }

  /** Takes the next piece of the body; it is owned from here on. */
  void accept(ByteBuf piece, long nowNanos) {
    look(piece, nowNanos);
    if (filter != null) {
      ByteBuf kept = piece.alloc().buffer(piece.readableBytes());
      filter.accept(piece, kept);
      piece.release();
      gather(kept);
    } else {
      gather(piece);
    }
  }

  /** Looks at a piece that no client waits for. */
  void drain(ByteBuf piece) {
    look(piece, lane.nanos());
    piece.release();
  }

  private void look(ByteBuf piece, long nowNanos) {
    bytes += piece.readableBytes();
    reader.accept(piece);
    if (firstContentNanos == 0 && reader.sawContent()) {
      firstContentNanos = nowNanos;
    }
    if (!eventStream || reader.contentBytes() != contentSeen || reader.complete()) {
      contentSeen = reader.contentBytes();
      progressNanos = nowNanos;
    }
  }

  private void gather(ByteBuf piece) {
    if (!piece.isReadable()) {
      piece.release();
      return;
    }
    ByteBuf have = out;
    if (have == null) {
      out = piece;
      gathered = false;
      return;
    }
    if (have.readableBytes() + piece.readableBytes() > GATHER) {
      writeOut();
      out = piece;
      gathered = false;
      return;
    }
    if (!gathered) {
      ByteBuf together =
          piece
              .alloc()
              .directBuffer(Math.max(4096, 2 * (have.readableBytes() + piece.readableBytes())));
      together.writeBytes(have);
      have.release();
      have = together;
      out = together;
      gathered = true;
    }
    have.writeBytes(piece);
    piece.release();
  }

  /** Sends what has gathered. */
  void flush() {
    writeOut();
    client.flush();
  }

  private void writeOut() {
    HttpResponse unsent = head;
    if (unsent != null) {
      head = null;
      begun = true;
      client.begin(unsent);
    }
    ByteBuf ready = out;
    if (ready != null) {
      out = null;
      client.piece(ready);
    }
  }

  /** The answer is whole. */
  void end() {
    if (filter != null) {
      ByteBuf rest = newBuffer();
      filter.finish(rest);
      gather(rest);
    }
    HttpResponse unsent = head;
    if (unsent != null) {
      head = null;
      begun = true;
      ByteBuf all = out == null ? newBuffer() : out;
      out = null;
      client.whole(unsent, all);
      return;
    }
    writeOut();
    client.end();
  }

  private ByteBuf newBuffer() {
    return lane.allocator().buffer(256);
  }

  /** Tells the client, in its own format where a stream allows it, that the answer broke off. */
  void fail(DialectErrors errors, Refusal refusal, ExchangeId id) {
    if (!eventStream || !openEnded) {
      breakOff();
      return;
    }
    writeOut();
    client.piece(errors.frame(refusal, id));
    client.end();
  }

  void breakOff() {
    forget();
    client.breakOff();
  }

  /** Drops what has not been sent. */
  void forget() {
    ByteBuf unsent = out;
    out = null;
    if (unsent != null) {
      unsent.release();
    }
  }
}
