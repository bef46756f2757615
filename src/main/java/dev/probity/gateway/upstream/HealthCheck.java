package dev.probity.gateway.upstream;

import dev.probity.kernel.Secret;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Asks a deployment once whether it is there: a GET that costs nothing, with its own credential. It
 * is if it answers in time with anything but a fault of its own or a refusal of the credential;
 * that somebody has had too much, or that there is no such path, says that it is alive.
 */
public final class HealthCheck implements UpstreamListener {
  private static final long TIMEOUT_MILLIS = 10_000;

  /** What came of it. */
  @FunctionalInterface
  public interface Listener {
    /**
     * Called once, on the check's event loop.
     *
     * @param what {@code status_200} and the like, {@code connect_failed}, {@code cut} or {@code
     *     timeout}
     */
    void checked(Deployment deployment, boolean good, String what);
  }

  private final Deployment deployment;
  private final Listener listener;
  private @Nullable Runnable stopConnecting;
  private @Nullable UpstreamConnection connection;
  private boolean over;

  private HealthCheck(Deployment deployment, Listener listener) {
    this.deployment = deployment;
    this.listener = listener;
  }

  /**
   * Begins a check.
   *
   * @param pool whose event loop this runs on
   */
  static void begin(Deployment deployment, UpstreamPool pool, EventLoop loop, Listener listener) {
    HealthCheck check = new HealthCheck(deployment, listener);
    Runnable stop = pool.acquire(deployment.origin(), true, TIMEOUT_MILLIS, 0, check);
    if (check.connection == null && !check.over) {
      check.stopConnecting = stop;
    }
    var _ = loop.schedule(check::timedOut, TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Override
  public void connected(UpstreamConnection made) {
    stopConnecting = null;
    connection = made;
    String target =
        deployment
            .healthCheck()
            .flatMap(HealthCheckSettings::path)
            .orElse(deployment.upstream().modelList());
    DefaultFullHttpRequest request =
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1, HttpMethod.GET, target, Unpooled.EMPTY_BUFFER);
    request
        .headers()
        .set(HttpHeaderNames.HOST, deployment.origin().hostHeader())
        .set(HttpHeaderNames.ACCEPT, "application/json")
        .set(HttpHeaderNames.USER_AGENT, "probity-health-check")
        .set(HttpHeaderNames.CONNECTION, "close");
    deployment
        .credential()
        .map(Secret::reveal)
        .ifPresent(key -> deployment.upstream().authorize(request.headers(), key));
    made.writeAndFlush(request);
  }

  @Override
  public void connectFailed(Throwable cause) {
    over(false, "connect_failed");
  }

  @Override
  public void head(HttpResponse response) {
    int status = response.status().code();
    over(status < 500 && status != 401 && status != 403, "status_" + status);
  }

  @Override
  public void body(ByteBuf piece) {
    piece.release();
  }

  @Override
  public void readComplete() {}

  @Override
  public void end() {
    over(false, "cut");
  }

  @Override
  public void broken(Throwable cause) {
    over(false, "cut");
  }

  private void timedOut() {
    over(false, "timeout");
  }

  private void over(boolean good, String what) {
    if (over) {
      return;
    }
    over = true;
    Runnable stop = stopConnecting;
    UpstreamConnection from = connection;
    if (stop != null) {
      stop.run();
    }
    if (from != null) {
      from.abort();
    }
    listener.checked(deployment, good, what);
  }
}
