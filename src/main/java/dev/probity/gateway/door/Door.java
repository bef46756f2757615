package dev.probity.gateway.door;

import dev.probity.gateway.Gateway;
import dev.probity.gateway.GatewaySettings;
import dev.probity.gateway.GatewaySettings.Timeouts;
import dev.probity.gateway.Lane;
import dev.probity.gateway.upstream.UpstreamTransport;
import dev.probity.kernel.Clock;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * The front door: the one port that clients, scripts and browsers come to. Model traffic is served
 * on the spot; everything else is passed on to the control plane. Beside it there may be ports for
 * one purpose, served by a {@link Site} of their own.
 */
public final class Door implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Door.class.getName());
  private static final int SEND_BUFFER_LOW = 64 << 10;
  private static final int SEND_BUFFER_HIGH = 256 << 10;
  private static final int BACKLOG = 4096;

  private final Gateway gateway;
  private final UpstreamTransport transport;
  private final Clock clock;
  private final Site front;
  private final Map<EventLoop, Lane> lanes = new ConcurrentHashMap<>();

  /** What is open, and what is to be done with it at shutdown, on its loop. */
  private final Map<Channel, Runnable> open = new ConcurrentHashMap<>();

  private final Set<Channel> http2 = ConcurrentHashMap.newKeySet();
  private final List<Channel> listeners = new CopyOnWriteArrayList<>();
  private final BodyBudget budget = new BodyBudget();
  private volatile boolean draining;

  public Door(Gateway gateway, UpstreamTransport transport, Clock clock, DoorRoutes routes) {
    this.gateway = gateway;
    this.transport = transport;
    this.clock = clock;
    this.front =
        (ctx, lane, request, answer) -> routes.serve(this, gateway, ctx, lane, request, answer);
  }

  /**
   * Starts to listen.
   *
   * @return the port
   * @throws IOException if the address is taken or the TLS files can't be read
   */
  public int open(DoorSettings settings) throws IOException {
    return open(settings, "server.port", front, transport.loops());
  }

  /**
   * Starts to listen at another port, for a site of its own. Its connections share one event loop
   * that serves no model traffic: nothing that comes here is read before a completion's next piece.
   *
   * @param setting the key that says where, for the message when the port is taken
   * @return the port
   * @throws IOException if the address is taken or the TLS files can't be read
   */
  public int openBeside(DoorSettings settings, String setting, Site site) throws IOException {
    return open(settings, setting, site, transport.sideLoop());
  }

  private int open(DoorSettings settings, String setting, Site site, EventLoopGroup loops)
      throws IOException {
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(loops)
            .channelFactory(transport.serverChannels())
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.ALLOCATOR, transport.allocator())
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .childOption(
                ChannelOption.WRITE_BUFFER_WATER_MARK,
                new WriteBufferWaterMark(SEND_BUFFER_LOW, SEND_BUFFER_HIGH))
            .childHandler(DoorPipeline.of(this, site, settings));
    try {
      Channel bound =
          bootstrap.bind(settings.host(), settings.port()).syncUninterruptibly().channel();
      listeners.add(bound);
      return ((InetSocketAddress) bound.localAddress()).getPort();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(
          "can't listen on "
              + settings.host()
              + " port "
              + settings.port()
              + ": "
              + e.getMessage()
              + " (to take another port, set "
              + setting
              + ")",
          e);
    }
  }

  /** Stops to listen, lets running requests end, and closes what is left when the time is up. */
  public void drain() {
    draining = true;
    listeners.forEach(listener -> listener.close().syncUninterruptibly());
    // An HTTP/2 connection says that it ends, and then lets its streams end.
    http2.forEach(Channel::close);
    long end = clock.nanos() + timeouts().shutdown() * 1_000_000;
    while (!open.isEmpty() && clock.nanos() < end) {
      open.forEach((channel, ending) -> channel.eventLoop().execute(ending));
      try {
        TimeUnit.MILLISECONDS.sleep(20);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    if (!open.isEmpty()) {
      LOG.log(Level.WARNING, "{0} connections were cut at shutdown", open.size());
    }
    open.keySet().forEach(Channel::close);
  }

  @Override
  public void close() {
    drain();
  }

  /** Whether the process is going down. */
  public boolean isDraining() {
    return draining;
  }

  public Clock clock() {
    return clock;
  }

  /** Those in force now. */
  public GatewaySettings settings() {
    return gateway.snapshot().settings();
  }

  public Timeouts timeouts() {
    return settings().timeouts();
  }

  public BodyBudget budget() {
    return budget;
  }

  /** Client connections that are open now. */
  public int connections() {
    return open.size();
  }

  public Lane lane(EventLoop loop) {
    Lane lane = lanes.get(loop);
    return lane != null
        ? lane
        : lanes.computeIfAbsent(
            loop, each -> new Lane(each, transport, clock, () -> timeouts().poolIdle()));
  }

  boolean hasRoom() {
    return open.size() + http2.size() < settings().limits().connections();
  }

  /**
   * Remembers a connection or a stream until {@link #closed}.
   *
   * @param ending what is to be done with it, again and again, while the process goes down
   */
  public void opened(Channel channel, Runnable ending) {
    open.put(channel, ending);
  }

  public void closed(Channel channel) {
    open.remove(channel);
  }

  void openedHttp2(Channel channel) {
    http2.add(channel);
    channel.closeFuture().addListener(done -> http2.remove(channel));
  }

  /** Connections end all the time; only what is not the network's doing is worth a line. */
  public void failed(Throwable cause) {
    if (cause instanceof IOException || cause instanceof io.netty.handler.codec.DecoderException) {
      LOG.log(Level.DEBUG, "a client connection failed: {0}", cause.toString());
    } else {
      LOG.log(Level.ERROR, "a client connection failed unexpectedly", cause);
    }
  }
}
