package dev.probity.gateway.door;

import dev.probity.gateway.GatewaySettings.Timeouts;
import dev.probity.gateway.Lane;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One client connection (or one HTTP/2 stream): takes its requests one after another, however many
 * arrive at once, and gives each to whoever serves it.
 */
final class DoorConnection extends ChannelInboundHandlerAdapter implements Lane.Timed {
  /**
   * Pipelined messages held while an earlier request is being served; past this the socket is not
   * read.
   */
  private static final int MAX_PENDING = 64;

  private static final long LINGER_MILLIS = 2_000;

  private final Door door;
  private final Site site;
  private final boolean http2;
  private final ArrayDeque<HttpObject> pending = new ArrayDeque<>();

  private @Nullable ChannelHandlerContext ctx;
  private @Nullable Lane lane;
  private @Nullable Serving serving;
  private boolean bodyWhole = true;
  private boolean answered = true;
  private boolean reuse = true;
  private boolean lingering;
  private boolean replaying;

  /** Bytes of a next head have come, but not all of it. */
  private boolean headBegun;

  private boolean messageInRead;

  /**
   * Since when the client is waited for: its next request, the rest of a head, the next piece of a
   * body.
   */
  private long waitingSinceNanos;

  DoorConnection(Door door, Site site, boolean http2) {
    this.door = door;
    this.site = site;
    this.http2 = http2;
  }

  boolean isHttp2() {
    return http2;
  }

  boolean isDraining() {
    return door.isDraining();
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    ctx = context;
    if (context.channel().isActive()) {
      begin(context);
    }
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    begin(context);
    context.fireChannelActive();
  }

  private void begin(ChannelHandlerContext context) {
    if (lane == null) {
      Lane mine = door.lane(context.channel().eventLoop());
      lane = mine;
      waitingSinceNanos = door.clock().nanos();
      mine.watch(this);
      door.opened(context.channel(), this::drain);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    messageInRead = true;
    if (lingering || !(message instanceof HttpObject object)) {
      ReferenceCountUtil.release(message);
      return;
    }
    if (bodyWhole && !answered || !pending.isEmpty()) {
      pending.add(object);
      if (pending.size() >= MAX_PENDING) {
        context.channel().config().setAutoRead(false);
      }
      return;
    }
    take(context, object);
  }

  private void take(ChannelHandlerContext context, HttpObject object) {
    if (object instanceof HttpRequest request) {
      bodyWhole = false;
      answered = false;
      waitingSinceNanos = door.clock().nanos();
      Answer answer = new Answer(this, context, request);
      if (object.decoderResult().isFailure()) {
        serving = null;
        DoorErrors.malformed(answer, object.decoderResult().cause());
      } else {
        serving = site.serve(context, lane(), request, answer);
      }
    }
    if (object instanceof HttpContent content) {
      ByteBuf piece = content.content();
      waitingSinceNanos = door.clock().nanos();
      Serving current = serving;
      if (current == null) {
        piece.release();
      } else if (piece.isReadable()) {
        current.bodyPiece(piece);
      } else {
        piece.release();
      }
      if (object.decoderResult().isFailure()) {
        // A chunk that is no chunk: what follows can't be told apart, so the connection ends.
        context.close();
      } else if (content instanceof LastHttpContent) {
        bodyWhole = true;
        if (serving != null && serving == current) {
          serving.bodyEnd();
        }
        nextIfDone();
      }
    }
  }

  /** The answer is written. */
  void answered(boolean reusable) {
    answered = true;
    reuse = reusable;
    nextIfDone();
  }

  private void nextIfDone() {
    if (!answered || ctx == null) {
      return;
    }
    if (!bodyWhole) {
      // Answered before the body was read: the rest is read and dropped, if the connection stays.
      serving = null;
      return;
    }
    serving = null;
    headBegun = false;
    waitingSinceNanos = door.clock().nanos();
    if (!reuse || replaying) {
      return;
    }
    replaying = true;
    try {
      while (answered && reuse && !pending.isEmpty()) {
        HttpObject next = pending.poll();
        take(ctx, next);
        while (!bodyWhole && !pending.isEmpty()) {
          take(ctx, pending.poll());
        }
      }
    } finally {
      replaying = false;
    }
    if (pending.size() < MAX_PENDING && !ctx.channel().config().isAutoRead()) {
      ctx.channel().config().setAutoRead(true);
    }
  }

  /** Another handler takes this one's place, and all that comes from here on. */
  void handOver(ChannelHandler next) {
    ChannelHandlerContext context = ctx;
    if (context == null) {
      return;
    }
    lane().unwatch(this);
    answered = true;
    reuse = false;
    HttpObject dropped;
    while ((dropped = pending.poll()) != null) {
      ReferenceCountUtil.release(dropped);
    }
    context.pipeline().replace(this, "handed over", next);
    context.pipeline().remove(HttpServerCodec.class);
    context.channel().config().setAutoRead(true);
  }

  /** Ends our side first and reads on for a moment, so that the answer is not lost to a reset. */
  void lingeringClose() {
    ChannelHandlerContext context = ctx;
    if (context == null || !context.channel().isActive() || lingering) {
      return;
    }
    lingering = true;
    if (bodyWhole || !(context.channel() instanceof DuplexChannel duplex)) {
      context.close();
      return;
    }
    duplex.shutdownOutput();
    context.channel().config().setAutoRead(true);
    context.executor().schedule(() -> context.close(), LINGER_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** No more requests after the one being served: the process is going down. */
  private void drain() {
    ChannelHandlerContext context = ctx;
    if (context != null && serving == null && bodyWhole && answered) {
      context.close();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    if (serving == null && bodyWhole && !messageInRead && !headBegun) {
      // Bytes came that do not make a head yet: from now on the head's own, shorter deadline
      // counts.
      headBegun = true;
      waitingSinceNanos = door.clock().nanos();
    }
    messageInRead = false;
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (serving != null) {
      serving.clientWritable(context.channel().isWritable());
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    // A client that has sent everything may close its sending side and still wait for the answer.
    if (event instanceof ChannelInputShutdownEvent
        && (lingering || serving == null || !bodyWhole)) {
      context.close();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    lane().unwatch(this);
    door.closed(context.channel());
    HttpObject dropped;
    while ((dropped = pending.poll()) != null) {
      ReferenceCountUtil.release(dropped);
    }
    Serving current = serving;
    serving = null;
    answered = true;
    reuse = false;
    if (current != null) {
      current.clientGone();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    door.failed(cause);
    context.close();
  }

  @Override
  public void tick(long nowNanos) {
    ChannelHandlerContext context = ctx;
    if (context == null) {
      return;
    }
    Timeouts timeouts = door.timeouts();
    long waitedMillis = (nowNanos - waitingSinceNanos) / 1_000_000;
    Serving current = serving;
    if (current != null || !answered) {
      if (!bodyWhole
          && waitedMillis > timeouts.clientBody()
          && current != null
          && current.awaitsBody()) {
        current.bodyTimedOut();
      }
      return;
    }
    long allowed =
        !bodyWhole
            ? timeouts.clientBody()
            : headBegun ? timeouts.clientHead() : timeouts.clientIdle();
    if (waitedMillis > allowed && !http2) {
      if (headBegun && !lingering) {
        DoorErrors.slowHead(context);
      }
      context.close();
    }
  }

  private Lane lane() {
    Lane mine = lane;
    if (mine == null) {
      throw new IllegalStateException("the connection is not open yet");
    }
    return mine;
  }
}
