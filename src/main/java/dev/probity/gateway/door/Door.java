package dev.probity.gateway.door;

import dev.probity.gateway.Gateway;
import dev.probity.gateway.GatewaySettings;
import dev.probity.gateway.GatewaySettings.Timeouts;
import dev.probity.gateway.Lane;
import dev.probity.gateway.upstream.UpstreamTransport;
import dev.probity.kernel.Clock;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpRequest;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The front door: the one port that clients, scripts and browsers come to. Model traffic is served
 * on the spot; everything else is passed on to the control plane.
 */
public final class Door implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Door.class.getName());
  private static final int SEND_BUFFER_LOW = 64 << 10;
  private static final int SEND_BUFFER_HIGH = 256 << 10;
  private static final int BACKLOG = 4096;

  private final Gateway gateway;
  private final UpstreamTransport transport;
  private final Clock clock;
  private final DoorRoutes routes;
  private final Map<EventLoop, Lane> lanes = new ConcurrentHashMap<>();
  private final Map<Channel, DoorConnection> open = new ConcurrentHashMap<>();
  private final BodyBudget budget = new BodyBudget();
  private volatile boolean draining;
  private @Nullable Channel listener;

  public Door(Gateway gateway, UpstreamTransport transport, Clock clock, DoorRoutes routes) {
    this.gateway = gateway;
    this.transport = transport;
    this.clock = clock;
    this.routes = routes;
  }

  /**
   * Starts to listen.
   *
   * @return the port
   * @throws IOException if the address is taken or the TLS files can't be read
   */
  public int open(DoorSettings settings) throws IOException {
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(transport.loops())
            .channelFactory(transport.serverChannels())
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.ALLOCATOR, transport.allocator())
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .childOption(
                ChannelOption.WRITE_BUFFER_WATER_MARK,
                new WriteBufferWaterMark(SEND_BUFFER_LOW, SEND_BUFFER_HIGH))
            .childHandler(DoorPipeline.of(this, settings));
    try {
      Channel bound =
          bootstrap.bind(settings.host(), settings.port()).syncUninterruptibly().channel();
      listener = bound;
      return ((InetSocketAddress) bound.localAddress()).getPort();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(
          "can't listen on " + settings.host() + " port " + settings.port() + ": " + e.getMessage(),
          e);
    }
  }

  /** Stops to listen, lets running requests end, and closes what is left when the time is up. */
  public void drain() {
    draining = true;
    if (listener != null) {
      listener.close().syncUninterruptibly();
    }
    long end = clock.nanos() + timeouts().shutdown() * 1_000_000;
    while (!open.isEmpty() && clock.nanos() < end) {
      open.forEach((channel, connection) -> channel.eventLoop().execute(connection::drain));
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

  boolean isDraining() {
    return draining;
  }

  Clock clock() {
    return clock;
  }

  GatewaySettings settings() {
    return gateway.snapshot().settings();
  }

  Timeouts timeouts() {
    return settings().timeouts();
  }

  BodyBudget budget() {
    return budget;
  }

  /** Client connections that are open now. */
  public int connections() {
    return open.size();
  }

  Lane lane(EventLoop loop) {
    Lane lane = lanes.get(loop);
    return lane != null
        ? lane
        : lanes.computeIfAbsent(
            loop, each -> new Lane(each, transport, clock, () -> timeouts().poolIdle()));
  }

  boolean hasRoom() {
    return open.size() < settings().limits().connections();
  }

  void opened(Channel channel, DoorConnection connection) {
    open.put(channel, connection);
  }

  void closed(Channel channel) {
    open.remove(channel);
  }

  @Nullable Serving serve(
      ChannelHandlerContext ctx,
      Lane lane,
      HttpRequest request,
      Answer answer,
      DecoderResult decoded) {
    return routes.serve(this, gateway, ctx, lane, request, answer, decoded);
  }

  void refuseSlowHead(ChannelHandlerContext ctx) {
    DoorErrors.slowHead(ctx);
  }

  /** Connections end all the time; only what is not the network's doing is worth a line. */
  void failed(Throwable cause) {
    if (cause instanceof IOException || cause instanceof io.netty.handler.codec.DecoderException) {
      LOG.log(Level.DEBUG, "a client connection failed: {0}", cause.toString());
    } else {
      LOG.log(Level.ERROR, "a client connection failed unexpectedly", cause);
    }
  }
}
