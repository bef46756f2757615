package dev.probity.gateway;

import dev.probity.gateway.upstream.UpstreamPool;
import dev.probity.gateway.upstream.UpstreamTransport;
import dev.probity.kernel.Clock;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * What one event loop owns: its upstream connections, its request readers, and whatever waits for a
 * deadline. Nothing in it is shared between threads.
 */
public final class Lane {
  /** How exactly deadlines are kept. */
  private static final long TICK_MILLIS = 100;

  /** Something with a deadline. */
  public interface Timed {
    /** Looks at the time; called every tick on the loop. */
    void tick(long nowNanos);
  }

  private final EventLoop loop;
  private final Clock clock;
  private final UpstreamPool upstreams;
  private final ByteBufAllocator allocator;
  private final LongSupplier poolIdleMillis;
  private final Set<Timed> timed = new LinkedHashSet<>();
  private final List<Timed> ticking = new ArrayList<>();
  private int readersDepth = GatewaySettings.Limits.DEFAULT.jsonDepth();
  private RequestReaders readers = new RequestReaders(readersDepth);

  public Lane(
      EventLoop loop, UpstreamTransport transport, Clock clock, LongSupplier poolIdleMillis) {
    this.loop = loop;
    this.clock = clock;
    this.allocator = transport.allocator();
    this.upstreams = new UpstreamPool(loop, transport, clock);
    this.poolIdleMillis = poolIdleMillis;
    loop.scheduleAtFixedRate(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  public EventLoop loop() {
    return loop;
  }

  /** A reading of the monotonic clock, in nanoseconds. */
  public long nanos() {
    return clock.nanos();
  }

  /** Where this loop's buffers come from. */
  public ByteBufAllocator allocator() {
    return allocator;
  }

  public UpstreamPool upstreams() {
    return upstreams;
  }

  /** The request readers of this loop. */
  RequestReaders readers(int jsonDepth) {
    if (jsonDepth != readersDepth) {
      readers = new RequestReaders(jsonDepth);
      readersDepth = jsonDepth;
    }
    return readers;
  }

  public void watch(Timed each) {
    timed.add(each);
  }

  public void unwatch(Timed each) {
    timed.remove(each);
  }

  private void tick() {
    if (!timed.isEmpty()) {
      long now = clock.nanos();
      // A copy, because a tick may end what it looks at.
      ticking.addAll(timed);
      ticking.forEach(each -> each.tick(now));
      ticking.clear();
    }
    upstreams.sweep(poolIdleMillis.getAsLong());
  }
}
