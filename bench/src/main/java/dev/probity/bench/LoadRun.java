package dev.probity.bench;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.epoll.EpollSocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** One load, from its first request to its last answer. Everything happens on one event loop. */
final class LoadRun {
  private final EventLoop loop;
  private final Workload workload;
  private final Payload payload;
  private final ByteBuf request;
  private final Bootstrap bootstrap;
  private final byte[] scratch = new byte[FakeProvider.READ_BYTES];
  private final CompletableFuture<LoadResult> result = new CompletableFuture<>();
  private final Set<ClientConnection> open = new HashSet<>();
  private final Deque<ClientConnection> idle = new ArrayDeque<>();
  // The same arrivals for every system and repetition.
  private final Random random = new Random(42);

  private final Histogram whole = new Histogram();
  private final Histogram firstByte = new Histogram();
  private final Histogram lag = new Histogram();
  private long startNanos;
  private long endNanos;
  private double nextDueNanos;
  private long inFlight;
  private long answered;
  private long answeredInTime;
  private long failed;
  private String firstFailure = "";

  LoadRun(EventLoop loop, int port, Workload workload, Payload payload, ByteBuf request) {
    this.loop = loop;
    this.workload = workload;
    this.payload = payload;
    this.request = request;
    bootstrap =
        new Bootstrap()
            .group(loop)
            .channel(EpollSocketChannel.class)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(
                ChannelOption.RECVBUF_ALLOCATOR,
                new FixedRecvByteBufAllocator(FakeProvider.READ_BYTES))
            .handler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {}
                })
            .remoteAddress("127.0.0.1", port);
  }

  Future<LoadResult> start() {
    loop.execute(this::begin);
    return result;
  }

  private void begin() {
    startNanos = System.nanoTime();
    endNanos = startNanos + (long) (workload.seconds() * 1e9);
    switch (workload.arrivals()) {
      case Workload.Closed closed -> {
        for (int i = 0; i < closed.connections(); i++) {
          long delayMicros = closed.spreadMillis() * 1_000L * i / closed.connections();
          inFlight++;
          loop.schedule(() -> ask(System.nanoTime()), delayMicros, TimeUnit.MICROSECONDS);
        }
      }
      case Workload.Open _ -> {
        nextDueNanos = startNanos;
        arrive();
      }
    }
    long limit = (long) workload.seconds() + LoadGenerator.graceSeconds();
    loop.schedule(this::giveUp, limit, TimeUnit.SECONDS);
  }

  /** Sends what is due in an open load and sets the clock for the next. */
  private void arrive() {
    long now = System.nanoTime();
    double rate = ((Workload.Open) workload.arrivals()).perSecond();
    while (nextDueNanos <= now && nextDueNanos < endNanos) {
      inFlight++;
      ask((long) nextDueNanos);
      nextDueNanos += -Math.log(1 - random.nextDouble()) * 1e9 / rate;
    }
    if (nextDueNanos < endNanos) {
      loop.schedule(this::arrive, Math.max(0, (long) nextDueNanos - now), TimeUnit.NANOSECONDS);
    }
  }

  private void ask(long dueNanos) {
    ClientConnection connection = idle.poll();
    if (connection != null) {
      connection.ask(dueNanos);
      return;
    }
    var fresh = new ClientConnection(this, new AnswerReader(payload, lag));
    open.add(fresh);
    fresh.connect(bootstrap, dueNanos);
  }

  ByteBuf request() {
    return request.duplicate();
  }

  byte[] scratch() {
    return scratch;
  }

  void firstByte(long dueNanos) {
    firstByte.record(System.nanoTime() - dueNanos);
  }

  void answered(ClientConnection connection, AnswerReader reader, long dueNanos) {
    long now = System.nanoTime();
    whole.record(now - dueNanos);
    if (reader.answered200()) {
      answered++;
      if (now <= endNanos) {
        answeredInTime++;
      }
    }
    if (!reader.good()) {
      failed(reader.complaint());
    }
    if (!reader.closes()) {
      idle.push(connection);
    }
    next(now);
  }

  /** The connection ended before the answer did, or never came about. */
  void broken(String why) {
    failed(why);
    // A moment's rest, so that a system that is down is not hammered.
    loop.schedule(() -> next(System.nanoTime()), 10, TimeUnit.MILLISECONDS);
  }

  void closed(ClientConnection connection) {
    open.remove(connection);
    idle.remove(connection);
  }

  private void failed(String why) {
    failed++;
    if (firstFailure.isEmpty()) {
      firstFailure = why;
    }
  }

  private void next(long now) {
    if (now < endNanos && workload.arrivals() instanceof Workload.Closed) {
      ask(now);
      return;
    }
    inFlight--;
    if (inFlight == 0 && now >= endNanos) {
      finish();
    } else if (inFlight == 0) {
      loop.schedule(this::finishIfDone, endNanos - now, TimeUnit.NANOSECONDS);
    }
  }

  private void finishIfDone() {
    if (inFlight == 0) {
      finish();
    }
  }

  private void giveUp() {
    if (!result.isDone()) {
      failed += inFlight;
      firstFailure += " (" + inFlight + " answers did not come to their end)";
      finish();
    }
  }

  private void finish() {
    if (result.isDone()) {
      return;
    }
    for (ClientConnection connection : Set.copyOf(open)) {
      connection.close();
    }
    double seconds = (endNanos - startNanos) / 1e9;
    result.complete(
        new LoadResult(
            answered, failed, firstFailure, seconds, answeredInTime, whole, firstByte, lag));
  }
}
