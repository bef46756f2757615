package dev.probity.gateway.upstream;

import dev.probity.kernel.Clock;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The upstream connections of one event loop. A client's connection and the upstream connections it
 * uses live on the same loop, so nothing here is shared or locked.
 */
public final class UpstreamPool {
  /** Idle connections kept for one origin on one loop; more are closed when they come back. */
  private static final int MAX_IDLE = 512;

  private final EventLoop loop;
  private final UpstreamTransport transport;
  private final Clock clock;
  private final Map<Origin, ArrayDeque<UpstreamConnection>> idle = new HashMap<>();

  public UpstreamPool(EventLoop loop, UpstreamTransport transport, Clock clock) {
    this.loop = loop;
    this.transport = transport;
    this.clock = clock;
  }

  long nanos() {
    return clock.nanos();
  }

  /**
   * Finds or makes a connection.
   *
   * @param fresh do not take one from the pool
   * @return what stops the attempt to connect; null if a pooled connection was lent at once
   */
  public @Nullable Runnable acquire(
      Origin origin,
      boolean fresh,
      long connectMillis,
      long poolIdleMillis,
      UpstreamListener listener) {
    if (!fresh) {
      UpstreamConnection pooled = takeIdle(origin, poolIdleMillis);
      if (pooled != null) {
        pooled.lend(listener);
        return null;
      }
    }
    return connect(origin, connectMillis, listener);
  }

  private @Nullable UpstreamConnection takeIdle(Origin origin, long poolIdleMillis) {
    ArrayDeque<UpstreamConnection> waiting = idle.get(origin);
    if (waiting == null) {
      return null;
    }
    long now = clock.nanos();
    UpstreamConnection newest;
    while ((newest = waiting.pollLast()) != null) {
      if (newest.isUsable(now, poolIdleMillis * 1_000_000)) {
        return newest;
      }
      newest.close();
    }
    return null;
  }

  private Runnable connect(Origin origin, long connectMillis, UpstreamListener listener) {
    Connecting connecting = new Connecting(origin, listener);
    ChannelFuture future =
        new Bootstrap()
            .group(loop)
            .channelFactory(transport.channels())
            .resolver(transport.resolver())
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.ALLOCATOR, transport.allocator())
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) connectMillis)
            .handler(connecting)
            .connect(origin.host(), origin.port());
    future.addListener(done -> connecting.connected(done));
    return () -> {
      connecting.given = true;
      future.cancel(false);
      future.channel().close();
    };
  }

  /** A connection on its way: TCP first, then TLS. */
  private final class Connecting extends ChannelInitializer<Channel> {
    private final Origin origin;
    private final UpstreamListener listener;
    private @Nullable UpstreamConnection connection;
    private boolean given;

    Connecting(Origin origin, UpstreamListener listener) {
      this.origin = origin;
      this.listener = listener;
    }

    @Override
    protected void initChannel(Channel channel) {
      UpstreamConnection made = new UpstreamConnection(UpstreamPool.this, origin, channel);
      connection = made;
      if (origin.tls()) {
        SslHandler tls = transport.tls(channel.alloc(), origin);
        channel.pipeline().addLast(tls);
        tls.handshakeFuture().addListener(this::secured);
      }
      channel
          .pipeline()
          .addLast(
              new HttpClientCodec(
                  new HttpDecoderConfig()
                      .setMaxInitialLineLength(8 << 10)
                      .setMaxHeaderSize(128 << 10)
                      .setMaxChunkSize(64 << 10),
                  false,
                  false));
      channel.pipeline().addLast((ChannelHandler) made);
    }

    void connected(Future<?> done) {
      if (!done.isSuccess()) {
        failed(done.cause());
      } else if (!origin.tls()) {
        give();
      }
    }

    private void secured(Future<?> done) {
      if (done.isSuccess()) {
        give();
      } else {
        failed(done.cause());
      }
    }

    private void give() {
      if (!given && connection != null) {
        given = true;
        connection.lend(listener);
      }
    }

    private void failed(Throwable cause) {
      if (!given) {
        given = true;
        if (connection != null) {
          connection.close();
        }
        listener.connectFailed(cause);
      }
    }
  }

  void giveBack(UpstreamConnection connection) {
    ArrayDeque<UpstreamConnection> waiting =
        idle.computeIfAbsent(connection.origin(), unused -> new ArrayDeque<>());
    if (waiting.size() >= MAX_IDLE) {
      connection.close();
    } else {
      waiting.addLast(connection);
    }
  }

  void forget(UpstreamConnection connection) {
    ArrayDeque<UpstreamConnection> waiting = idle.get(connection.origin());
    if (waiting != null) {
      waiting.remove(connection);
    }
  }

  /** Closes connections that waited too long; called now and then by the loop's owner. */
  public void sweep(long poolIdleMillis) {
    long now = clock.nanos();
    for (ArrayDeque<UpstreamConnection> waiting : idle.values()) {
      for (Iterator<UpstreamConnection> each = waiting.iterator(); each.hasNext(); ) {
        UpstreamConnection connection = each.next();
        if (!connection.isUsable(now, poolIdleMillis * 1_000_000)) {
          each.remove();
          connection.close();
        }
      }
    }
    idle.values().removeIf(ArrayDeque::isEmpty);
  }
}
