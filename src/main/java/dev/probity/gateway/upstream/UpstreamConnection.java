package dev.probity.gateway.upstream;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP/1.1 connection to an upstream. It serves one listener at a time and waits in the pool
 * between them.
 */
public final class UpstreamConnection extends ChannelInboundHandlerAdapter {
  private final UpstreamPool pool;
  private final Origin origin;
  private final Channel channel;

  private @Nullable UpstreamListener listener;
  private boolean reused;
  private boolean requestSent;
  private boolean keepAlive;
  private boolean informational;

  /**
   * When it went into the pool, and how long the upstream says it keeps it; monotonic nanoseconds.
   */
  private long idleSinceNanos;

  private long keepAliveNanos = Long.MAX_VALUE;

  UpstreamConnection(UpstreamPool pool, Origin origin, Channel channel) {
    this.pool = pool;
    this.origin = origin;
    this.channel = channel;
  }

  Origin origin() {
    return origin;
  }

  /** Whether an earlier request was served by this connection. */
  public boolean reused() {
    return reused;
  }

  public boolean isWritable() {
    return channel.isWritable();
  }

  /** Writes a part of the request without flushing. */
  public ChannelFuture write(HttpObject part) {
    if (part instanceof LastHttpContent) {
      requestSent = true;
    }
    return channel.write(part);
  }

  /** Writes a part of the request and flushes. */
  public ChannelFuture writeAndFlush(HttpObject part) {
    if (part instanceof LastHttpContent) {
      requestSent = true;
    }
    return channel.writeAndFlush(part);
  }

  public void flush() {
    channel.flush();
  }

  /**
   * Stops or resumes reading the answer: how a slow client's back-pressure reaches the upstream.
   */
  public void reading(boolean on) {
    channel.config().setAutoRead(on);
  }

  /** Drops the connection; the listener hears nothing more. */
  public void abort() {
    listener = null;
    channel.close();
  }

  void lend(UpstreamListener next) {
    listener = next;
    requestSent = false;
    keepAlive = false;
    informational = false;
    next.connected(this);
  }

  boolean isUsable(long nowNanos, long poolIdleNanos) {
    return channel.isActive()
        && nowNanos - idleSinceNanos < Math.min(poolIdleNanos, keepAliveNanos);
  }

  void close() {
    channel.close();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    UpstreamListener waiting = listener;
    if (waiting == null) {
      // Bytes that nobody asked for: the connection can't be trusted any more.
      ReferenceCountUtil.release(message);
      pool.forget(this);
      ctx.close();
      return;
    }
    if (message instanceof HttpObject object && object.decoderResult().isFailure()) {
      ReferenceCountUtil.release(message);
      fail(new IOException("the upstream's answer is not HTTP", object.decoderResult().cause()));
      return;
    }
    if (message instanceof HttpResponse response) {
      informational = response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
      if (!informational) {
        keepAlive = HttpUtil.isKeepAlive(response);
        readKeepAliveHint(response);
        waiting.head(response);
      }
    }
    if (message instanceof HttpContent content) {
      passOn(waiting, content);
    }
  }

  private void passOn(UpstreamListener waiting, HttpContent content) {
    ByteBuf bytes = content.content();
    if (informational || listener != waiting) {
      bytes.release();
      informational = informational && !(content instanceof LastHttpContent);
      return;
    }
    if (bytes.isReadable()) {
      waiting.body(bytes);
    } else {
      bytes.release();
    }
    if (content instanceof LastHttpContent && listener == waiting) {
      listener = null;
      giveBack();
      waiting.end();
    }
  }

  private void giveBack() {
    if (keepAlive && requestSent && channel.isActive()) {
      reused = true;
      channel.config().setAutoRead(true);
      idleSinceNanos = pool.nanos();
      pool.giveBack(this);
    } else {
      channel.close();
    }
  }

  private void readKeepAliveHint(HttpResponse response) {
    String hint = response.headers().get("keep-alive");
    if (hint == null) {
      return;
    }
    int at = hint.indexOf("timeout=");
    long seconds = 0;
    for (int i = at + 8;
        at >= 0 && i < hint.length() && Character.isDigit(hint.charAt(i)) && seconds < 100_000;
        i++) {
      seconds = seconds * 10 + (hint.charAt(i) - '0');
    }
    // A second less than it says: its clock began before ours.
    keepAliveNanos = at < 0 ? Long.MAX_VALUE : Math.max(0, seconds - 1) * 1_000_000_000L;
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    UpstreamListener waiting = listener;
    if (waiting != null) {
      waiting.readComplete();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    UpstreamListener waiting = listener;
    if (waiting != null) {
      waiting.writabilityChanged(ctx.channel().isWritable());
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    pool.forget(this);
    fail(new ClosedChannelException());
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    fail(cause);
  }

  private void fail(Throwable cause) {
    UpstreamListener waiting = listener;
    listener = null;
    channel.close();
    if (waiting != null) {
      waiting.broken(cause);
    }
  }
}
