package dev.probity.gateway.door.socket;

import dev.probity.gateway.GatewaySettings;
import dev.probity.gateway.Lane;
import dev.probity.gateway.door.Door;
import dev.probity.kernel.Refusal;
import dev.probity.kernel.Refusal.Reason;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket: gathers its messages within the limits, answers pings, and ends it in good order.
 * What the messages ask for is {@link SocketCalls}'s. Lives on one event loop.
 */
final class SocketConnection extends ChannelInboundHandlerAdapter
    implements FrameReader.Sink, Lane.Timed {
  private static final long PING_NANOS = 30_000_000_000L;

  /** A client from which nothing has come for so long is gone. */
  private static final long DEAD_NANOS = 100_000_000_000L;

  private static final int FIRST_CAPACITY = 16 << 10;

  private final Door door;
  private final Lane lane;
  private final SocketCalls calls;
  private final FrameReader reader = new FrameReader(this);
  private final long openedNanos;

  private @Nullable ChannelHandlerContext ctx;
  private @Nullable ByteBuf message;
  private boolean closing;
  private boolean expired;
  private long heardNanos;
  private long pingedNanos;

  SocketConnection(Door door, Lane lane, SocketCalls calls) {
    this.door = door;
    this.lane = lane;
    this.calls = calls;
    this.openedNanos = door.clock().nanos();
    this.heardNanos = openedNanos;
    this.pingedNanos = openedNanos;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    ctx = context;
    calls.opened(this);
    lane.watch(this);
    door.opened(context.channel(), this::endIfIdle);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object read) {
    if (read instanceof ByteBuf bytes && !closing) {
      heardNanos = door.clock().nanos();
      try {
        reader.feed(bytes);
      } finally {
        bytes.release();
      }
    } else {
      ReferenceCountUtil.release(read);
    }
  }

  @Override
  public void announced(long bytes) {
    long most = settings().limits().bodyBytes();
    long have = message == null ? 0 : message.readableBytes();
    if (bytes > most - have) {
      violation(
          FrameReader.TOO_BIG,
          "the message is larger than " + most + " bytes, the most that is taken here");
    } else if (message == null) {
      message =
          context()
              .alloc()
              .heapBuffer((int) Math.clamp(bytes, 256, FIRST_CAPACITY), (int) Math.max(most, 256));
    }
  }

  @Override
  public void piece(ByteBuf bytes) {
    ByteBuf gathered = message;
    if (gathered == null) {
      return;
    }
    if (!door.budget().reserve(bytes.readableBytes(), settings().limits().bodiesBytes())) {
      close(FrameReader.TRY_LATER, "too many large requests at once, try again in a moment");
      return;
    }
    gathered.writeBytes(bytes);
  }

  @Override
  public void messageEnd() {
    ByteBuf whole = message;
    message = null;
    if (whole != null) {
      calls.message(whole);
    }
  }

  @Override
  public void ping(byte[] payload) {
    ByteBuf out = allocate(FrameWriter.MAX_HEADER + payload.length);
    FrameWriter.pong(payload, out);
    write(out);
  }

  @Override
  public void pong() {
    // That anything came is what counts.
  }

  @Override
  public void close(int code) {
    close(code, "");
  }

  @Override
  public void violation(int code, String what) {
    close(code, what);
  }

  /** Says why, and ends the connection; what is running is told that its client has gone. */
  void close(int code, String reason) {
    if (closing) {
      return;
    }
    closing = true;
    reader.stop();
    dropMessage();
    ByteBuf out = allocate(128 + FrameWriter.MAX_HEADER);
    FrameWriter.close(code, reason, out);
    context().writeAndFlush(out).addListener(ChannelFutureListener.CLOSE);
  }

  /** Whether no more may be asked. */
  boolean isClosing() {
    return closing;
  }

  /** The process goes down, or the connection is as old as it may get. */
  boolean isEnding() {
    return expired || door.isDraining();
  }

  Refusal endingRefusal() {
    return expired
        ? new Refusal(
            Reason.INVALID,
            "websocket_connection_limit_reached",
            "Responses websocket connection limit reached ("
                + settings().responses().connectionMillis() / 60_000
                + " minutes). Create a new websocket connection to continue.")
        : new Refusal(
            Reason.UNAVAILABLE,
            "shutting_down",
            "This process is going down. Connect again in a moment.");
  }

  /** Called whenever something has ended. */
  void endIfIdle() {
    if (isEnding() && calls.isIdle() && !closing) {
      close(FrameReader.GOING_AWAY, expired ? "the connection is too old" : "shutting down");
    }
  }

  @Override
  public void tick(long nowNanos) {
    if (closing || ctx == null) {
      return;
    }
    if (!expired
        && nowNanos - openedNanos > settings().responses().connectionMillis() * 1_000_000) {
      expired = true;
      if (calls.isIdle()) {
        calls.send(SocketErrors.of(endingRefusal(), "", ""));
      }
      endIfIdle();
      return;
    }
    long quiet = nowNanos - heardNanos;
    if (reader.isMidway() && quiet > settings().timeouts().clientBody() * 1_000_000) {
      close(FrameReader.POLICY, "the message did not arrive in time");
    } else if (quiet > DEAD_NANOS && isWritable()) {
      closing = true;
      context().close();
    } else if (quiet > PING_NANOS && nowNanos - pingedNanos > PING_NANOS && isWritable()) {
      pingedNanos = nowNanos;
      ByteBuf out = allocate(FrameWriter.MAX_HEADER);
      FrameWriter.ping(out);
      write(out);
    }
  }

  boolean isWritable() {
    return context().channel().isWritable();
  }

  ByteBuf allocate(int bytes) {
    return context().alloc().directBuffer(bytes);
  }

  /** Sends frames, in one write. */
  void write(ByteBuf frames) {
    context().writeAndFlush(frames, context().voidPromise());
  }

  GatewaySettings settings() {
    return door.settings();
  }

  Door door() {
    return door;
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    calls.clientWritable(context.channel().isWritable());
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    // A WebSocket has no half: whoever has ended its side is gone.
    if (event instanceof ChannelInputShutdownEvent) {
      context.close();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    closing = true;
    lane.unwatch(this);
    door.closed(context.channel());
    dropMessage();
    calls.clientGone();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    door.failed(cause);
    context.close();
  }

  private void dropMessage() {
    ByteBuf dropped = message;
    message = null;
    if (dropped != null) {
      door.budget().release(dropped.readableBytes());
      dropped.release();
    }
  }

  private ChannelHandlerContext context() {
    ChannelHandlerContext mine = ctx;
    if (mine == null) {
      throw new IllegalStateException("the connection is not open yet");
    }
    return mine;
  }
}
