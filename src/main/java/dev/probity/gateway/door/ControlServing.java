package dev.probity.gateway.door;

import dev.probity.gateway.Lane;
import dev.probity.gateway.upstream.UpstreamConnection;
import dev.probity.gateway.upstream.UpstreamListener;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Passes what is not model traffic to the control plane's server, piece by piece in both
 * directions.
 */
final class ControlServing implements Serving, UpstreamListener {
  private static final long CONNECT_MILLIS = 2_000;
  private static final long POOL_IDLE_MILLIS = 20_000;

  private final ChannelHandlerContext ctx;
  private final Lane lane;
  private final Answer answer;
  private final ControlOrigin origin;
  private final ArrayDeque<HttpObject> unsent = new ArrayDeque<>();
  private @Nullable UpstreamConnection upstream;
  private @Nullable Runnable stopConnecting;
  private boolean over;

  ControlServing(
      ChannelHandlerContext ctx,
      Lane lane,
      Answer answer,
      ControlOrigin origin,
      HttpRequest request) {
    this.ctx = ctx;
    this.lane = lane;
    this.answer = answer;
    this.origin = origin;
    unsent.add(request);
  }

  void start() {
    stopConnecting =
        lane.upstreams().acquire(origin.origin(), false, CONNECT_MILLIS, POOL_IDLE_MILLIS, this);
  }

  @Override
  public void connected(UpstreamConnection connection) {
    stopConnecting = null;
    upstream = connection;
    HttpObject part;
    while ((part = unsent.poll()) != null) {
      connection.write(part);
    }
    connection.flush();
  }

  @Override
  public void connectFailed(Throwable cause) {
    stopConnecting = null;
    unavailable();
  }

  @Override
  public void bodyPiece(ByteBuf piece) {
    send(new DefaultHttpContent(piece));
  }

  @Override
  public void bodyEnd() {
    send(LastHttpContent.EMPTY_LAST_CONTENT);
  }

  private void send(HttpObject part) {
    UpstreamConnection to = upstream;
    if (over) {
      ReferenceCountUtil.release(part);
    } else if (to == null) {
      unsent.add(part);
      if (unsent.size() > 16) {
        ctx.channel().config().setAutoRead(false);
      }
    } else {
      to.writeAndFlush(part);
      if (!to.isWritable()) {
        ctx.channel().config().setAutoRead(false);
      }
    }
  }

  @Override
  public void writabilityChanged(boolean writable) {
    if (writable) {
      ctx.channel().config().setAutoRead(true);
    }
  }

  @Override
  public void head(HttpResponse response) {
    ControlOrigin.cleanAnswer(response.headers());
    answer.begin(response);
  }

  @Override
  public void body(ByteBuf piece) {
    answer.piece(piece);
    UpstreamConnection from = upstream;
    if (from != null && !answer.isWritable()) {
      from.reading(false);
    }
  }

  @Override
  public void readComplete() {
    answer.flush();
  }

  @Override
  public void clientWritable(boolean writable) {
    if (writable && upstream != null) {
      upstream.reading(true);
    }
  }

  @Override
  public void end() {
    finish();
    answer.end();
  }

  @Override
  public void broken(Throwable cause) {
    if (answer.begun()) {
      finish();
      answer.breakOff();
    } else {
      unavailable();
    }
  }

  private void unavailable() {
    if (over) {
      return;
    }
    finish();
    answer.plain(
        503,
        "application/json",
        "{\"error\":{\"code\":\"control_plane_unavailable\",\"message\":\"The control plane is starting or"
            + " stopping. Try again in a moment.\"}}");
  }

  @Override
  public void clientGone() {
    UpstreamConnection from = upstream;
    if (!over && from != null) {
      from.abort();
    }
    finish();
  }

  private void finish() {
    over = true;
    upstream = null;
    Runnable stop = stopConnecting;
    stopConnecting = null;
    if (stop != null) {
      stop.run();
    }
    HttpObject part;
    while ((part = unsent.poll()) != null) {
      ReferenceCountUtil.release(part);
    }
    ctx.channel().config().setAutoRead(true);
  }

  @Override
  public boolean awaitsBody() {
    return !over;
  }

  @Override
  public void bodyTimedOut() {
    clientGone();
    answer.breakOff();
  }
}
