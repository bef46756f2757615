package dev.probity.bench;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The model provider of all measured systems: one event loop that answers with bytes made
 * beforehand, so that it costs as little as possible of the processors that all share.
 */
final class FakeProvider implements AutoCloseable {
  static final int READ_BYTES = 64 * 1_024;

  /** One workload, ready to be sent. */
  record Answer(Payload payload, List<ByteBuf> writes, Workload.Shape shape) {}

  private final EventLoopGroup loop =
      new MultiThreadIoEventLoopGroup(
          1, new DefaultThreadFactory("provider"), EpollIoHandler.newFactory());
  private final Map<String, Answer> answers = new HashMap<>();
  private final AtomicLong changedRequests = new AtomicLong();
  private final AtomicReference<String> firstComplaint = new AtomicReference<>("");
  private final Channel listener;

  FakeProvider(Map<Workload, Payload> payloads) {
    payloads.forEach((workload, payload) ->
        answers.put(
            workload.model(),
            new Answer(
                payload,
                payload.writes().stream().map(Payload::shared).toList(),
                workload.shape())));
    // One loop, so one buffer for all connections.
    var scratch = new byte[READ_BYTES];
    var wheel = new Wheel(loop.next());
    listener =
        new ServerBootstrap()
            .group(loop)
            .channel(EpollServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, 4_096)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(READ_BYTES))
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel
                        .pipeline()
                        .addLast(new FakeProviderHandler(FakeProvider.this, wheel, scratch));
                  }
                })
            .bind(new InetSocketAddress("127.0.0.1", 0))
            .syncUninterruptibly()
            .channel();
  }

  int port() {
    return ((InetSocketAddress) listener.localAddress()).getPort();
  }

  Answer answer(String model) {
    return answers.get(model);
  }

  /** Requests whose body did not arrive as the client sent it. */
  long changedRequests() {
    return changedRequests.get();
  }

  String firstComplaint() {
    return firstComplaint.get();
  }

  void complain(String what) {
    changedRequests.incrementAndGet();
    firstComplaint.compareAndSet("", what);
  }

  @Override
  public void close() {
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
