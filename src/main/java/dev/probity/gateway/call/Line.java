package dev.probity.gateway.call;

import dev.probity.gateway.GatewaySettings.Timeouts;
import dev.probity.gateway.upstream.Origin;
import dev.probity.gateway.upstream.UpstreamConnection;
import dev.probity.gateway.upstream.UpstreamListener;
import dev.probity.gateway.upstream.UpstreamPool;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.http.FullHttpRequest;
import org.jspecify.annotations.Nullable;

/** An attempt's connection: while it is made, while it is there, and when it has gone. */
final class Line {
  private int opened;
  private boolean reused;
  private @Nullable Runnable stopConnecting;
  private @Nullable UpstreamConnection connection;
  private @Nullable ChannelFuture sent;

  /**
   * Asks for a connection; the listener may hear of it before this returns.
   *
   * @param fresh not one that was used before
   */
  void open(
      UpstreamPool pool,
      Origin origin,
      boolean fresh,
      Timeouts timeouts,
      UpstreamListener listener) {
    int turn = ++opened;
    connection = null;
    Runnable stop = pool.acquire(origin, fresh, timeouts.connect(), timeouts.poolIdle(), listener);
    if (turn == opened && connection == null) {
      stopConnecting = stop;
    }
  }

  void connected(UpstreamConnection made) {
    stopConnecting = null;
    connection = made;
    reused = made.reused();
  }

  void send(FullHttpRequest request) {
    UpstreamConnection to = connection;
    if (to != null) {
      sent = to.writeAndFlush(request);
    }
  }

  /** No connection is being made any longer. */
  void failed() {
    stopConnecting = null;
  }

  /** The connection is not ours any longer. */
  void ended() {
    connection = null;
  }

  boolean reused() {
    return reused;
  }

  boolean isThere() {
    return connection != null;
  }

  /** Whether a request was handed to a connection. */
  boolean wasSent() {
    return sent != null;
  }

  /** Whether nothing of the request left, as a pooled connection had died unnoticed. */
  boolean neverLeft() {
    return sent != null && !sent.isSuccess() && reused && opened == 1;
  }

  /** Lets the provider go on, or keeps it from it. */
  void reading(boolean on) {
    UpstreamConnection from = connection;
    if (from != null) {
      from.reading(on);
    }
  }

  /** Gives it up, made or not. */
  void drop() {
    Runnable stop = stopConnecting;
    stopConnecting = null;
    if (stop != null) {
      stop.run();
    }
    UpstreamConnection from = connection;
    connection = null;
    if (from != null) {
      from.abort();
    }
  }
}
