package dev.probity.gateway.call;

import dev.probity.gateway.AnswerReaders;
import dev.probity.gateway.Client;
import dev.probity.gateway.DialectErrors;
import dev.probity.gateway.Lane;
import dev.probity.gateway.answer.AnswerReader;
import dev.probity.gateway.call.failure.Failure;
import dev.probity.gateway.call.failure.UpstreamFailures;
import dev.probity.gateway.routing.Health.Ending;
import dev.probity.kernel.ExchangeId;
import dev.probity.kernel.Refusal;
import dev.probity.pricing.ServiceTier;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An upstream's answer on its way to the client: what one read of the upstream's socket brought
 * goes out in one write, and a reader looks at every byte as it passes. Nothing goes out before it
 * is flushed.
 */
final class AnswerStream {
  /** Where pieces of one read are gathered; more than this goes out as it is. */
  private static final int GATHER = 32 << 10;

  /** The most of an answer that is kept back. */
  private static final int MOST_HELD = 64 << 10;

  private final Passage passage;
  private final Client client;
  private final Lane lane;
  private final AnswerReader reader;
  private final HttpHeaders providersHeaders;
  private final int status;
  private final boolean eventStream;
  private final boolean told;
  private final boolean openEnded;
  private final @Nullable AnswerRewrite rewrite;

  private @Nullable HttpResponse head;
  private @Nullable ByteBuf out;
  private boolean gathered;
  private boolean released;
  private boolean finished;
  private @Nullable Failure failure;
  private long bytes;
  private long contentSeen;
  private long progressNanos;
  private long firstContentNanos;
  private long outNanos;

  AnswerStream(Passage passage, HttpResponse upstreams, Client client, Lane lane) {
    HttpHeaders headers = upstreams.headers();
    String type = headers.get(HttpHeaderNames.CONTENT_TYPE, "");
    this.passage = passage;
    this.client = client;
    this.lane = lane;
    this.status = upstreams.status().code();
    this.eventStream = type.regionMatches(true, 0, "text/event-stream", 0, 17);
    this.reader = AnswerReaders.forOperation(passage.sent(), eventStream);
    this.rewrite = isSuccess() ? passage.rewrite(eventStream, reader).orElse(null) : null;
    this.openEnded = rewrite != null || !headers.contains(HttpHeaderNames.CONTENT_LENGTH);
    this.providersHeaders = headers;
    this.head = passage.head(upstreams, eventStream);
    this.told = isSuccess() && passage.isToldAsStream(eventStream);
    this.progressNanos = lane.nanos();
    this.outNanos = progressNanos;
  }

  AnswerReader reader() {
    return reader;
  }

  /** The provider's status. */
  int status() {
    return status;
  }

  /** The head that has not gone out yet. */
  Optional<HttpResponse> head() {
    return Optional.ofNullable(head);
  }

  /** Whether the client gets a stream of events. */
  boolean isToldAsStream() {
    return told;
  }

  boolean isTranslated() {
    return passage.isTranslation();
  }

  /** Whether the provider answered with what was asked for, and not with an error. */
  boolean isSuccess() {
    return status < 400;
  }

  boolean hasContent() {
    return reader.sawContent();
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
    return isSuccess() && bytes == 0 && !passage.sent().isPassThrough();
  }

  /** Whether it need not be kept back any longer. */
  boolean isReady() {
    if (!isSuccess()) {
      return bytes > MOST_HELD && !isTranslated();
    }
    if (isTranslated() && !told) {
      return false;
    }
    return reader.sawContent() || bytes > MOST_HELD || told && reader.complete();
  }

  /** Whether it may go out before it has content: a stream, whose client waits for a sign. */
  boolean mayBegin() {
    return told;
  }

  /** An event stream that ended in good order, but without its last event. */
  boolean endsTooSoon() {
    return isSuccess() && eventStream && !reader.complete() && reader.error().isEmpty();
  }

  /** Whether it can't be said in the client's dialect. */
  boolean isUntranslatable() {
    AnswerRewrite changing = rewrite;
    return changing != null && changing.trouble().isPresent();
  }

  /** Whether it is an error in place of content, or can't be translated. */
  boolean isInTrouble() {
    return isUntranslatable()
        || (isSuccess() ? !reader.error().isEmpty() && !reader.sawContent() : finished);
  }

  /** What the trouble is. */
  Failure trouble() {
    Failure known = failure;
    if (known == null) {
      known = findTrouble();
      failure = known;
    }
    return known;
  }

  private Failure findTrouble() {
    if (!isSuccess()) {
      byte[] body = out == null ? new byte[0] : ByteBufUtil.getBytes(out);
      return passage.failure(status, providersHeaders, body);
    }
    Refusal refusal = rewrite == null ? null : rewrite.trouble().orElse(null);
    return reader.error().isEmpty()
        ? refusal == null ? UpstreamFailures.INCOMPLETE : UpstreamFailures.untranslatable(refusal)
        : passage.failureInside(reader.error(), refusal);
  }

  /** Whether an error may go to the client in the provider's own words. */
  boolean mayPassAsItIs() {
    return !isTranslated() && (isSuccess() || trouble().refusal().status() == status);
  }

  /** What it says about its deployment. */
  Ending ending() {
    if (isSuccess() && reader.error().isEmpty() && !isUntranslatable()) {
      return Ending.SERVED;
    }
    return trouble().ending();
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

  /** Looks at the next piece of the body; it stays as it is. */
  void look(ByteBuf piece, long nowNanos) {
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

  /** Takes a piece that was looked at; it is owned from here on. */
  void take(ByteBuf piece) {
    AnswerRewrite changing = rewrite;
    if (changing != null) {
      gather(changing.accept(piece));
    } else if (!isSuccess() && bytes > MOST_HELD && isTranslated()) {
      piece.release();
    } else {
      gather(piece);
    }
  }

  /** Looks at a piece that no client waits for. */
  void drain(ByteBuf piece) {
    look(piece, lane.nanos());
    piece.release();
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
    if (released && have.readableBytes() + piece.readableBytes() > GATHER) {
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

  /** It is not kept back any longer. */
  void release() {
    released = true;
  }

  /** Sends what has gathered. */
  void flush() {
    AnswerRewrite changing = rewrite;
    if (changing != null) {
      gather(changing.ready());
    }
    writeOut();
    client.flush();
  }

  private void writeOut() {
    HttpResponse unsent = head;
    if (unsent != null) {
      head = null;
      client.begin(unsent);
    }
    ByteBuf ready = out;
    if (ready != null) {
      out = null;
      outNanos = lane.nanos();
      client.piece(ready);
    }
  }

  /** No more of the provider's body will come: reads what is half read. */
  void finishReading() {
    if (!finished) {
      finished = true;
      reader.finish();
    }
  }

  /** The provider's body is over. */
  void finish() {
    finishReading();
    AnswerRewrite changing = rewrite;
    if (changing != null) {
      gather(changing.finish(reader.complete()));
    }
  }

  /** The answer is whole. */
  void end() {
    HttpResponse unsent = head;
    if (unsent != null) {
      head = null;
      ByteBuf all = out == null ? lane.allocator().buffer(256) : out;
      out = null;
      client.whole(unsent, all);
      return;
    }
    writeOut();
    client.end();
  }

  /** Gives a client that has heard nothing for long a sign of life, where its stream has none. */
  void keepAlive(long nowNanos) {
    if (told && isTranslated() && nowNanos - outNanos > Pings.QUIET_NANOS && client.isWritable()) {
      outNanos = nowNanos;
      Pings.in(passage.asked())
          .ifPresent(ping -> {
            client.piece(ping);
            client.flush();
          });
    }
  }

  /** Tells the client, in its own format where a stream allows it, that the answer broke off. */
  void fail(DialectErrors errors, Refusal refusal, ExchangeId id) {
    if (!told || !openEnded) {
      breakOff();
      return;
    }
    AnswerRewrite changing = rewrite;
    if (changing != null && isTranslated()) {
      gather(changing.ready());
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
    AnswerRewrite changing = rewrite;
    if (changing != null) {
      changing.close();
    }
  }
}
