package dev.probity.gateway.upstream;

import dev.probity.kernel.Clock;
import dev.probity.pricing.Provider;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Checks the deployments that ask for it, each in its own rhythm, on one of the event loops. The
 * simulated provider is part of this process and never checked.
 */
public final class HealthChecks implements AutoCloseable {
  private static final long LOOK_MILLIS = 250;

  private final Supplier<Collection<Deployment>> deployments;
  private final HealthCheck.Listener listener;
  private final Clock clock;
  private final EventLoop loop;
  private final UpstreamPool pool;

  /** When each was checked last; the loop's. */
  private final Map<String, Long> begunNanos = new HashMap<>();

  private final Set<String> running = new HashSet<>();
  private final Future<?> looking;

  /**
   * Begins to look; the first check of each comes at once.
   *
   * @param deployments as configured at the moment
   */
  public HealthChecks(
      UpstreamTransport transport,
      Clock clock,
      Supplier<Collection<Deployment>> deployments,
      HealthCheck.Listener listener) {
    this.deployments = deployments;
    this.listener = listener;
    this.clock = clock;
    this.loop = transport.loops().next();
    this.pool = new UpstreamPool(loop, transport, clock);
    this.looking =
        loop.scheduleAtFixedRate(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void look() {
    long now = clock.nanos();
    for (Deployment each : deployments.get()) {
      if (each.healthCheck().isPresent() && each.provider() != Provider.SIMULATED) {
        long everyNanos = each.healthCheck().get().everyMillis() * 1_000_000;
        Long begun = begunNanos.get(each.name());
        if ((begun == null || now - begun >= everyNanos) && running.add(each.name())) {
          begunNanos.put(each.name(), now);
          HealthCheck.begin(each, pool, loop, this::checked);
        }
      }
    }
  }

  private void checked(Deployment deployment, boolean good, String what) {
    running.remove(deployment.name());
    listener.checked(deployment, good, what);
  }

  @Override
  public void close() {
    looking.cancel(false);
  }
}
