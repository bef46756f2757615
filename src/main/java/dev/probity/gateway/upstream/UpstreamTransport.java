package dev.probity.gateway.upstream;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.dns.DnsAddressResolverGroup;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * Sockets, event loops, name look-ups and TLS for the model path: epoll where there is one, the
 * JDK's selectors elsewhere. Names are looked up without blocking a loop.
 */
public final class UpstreamTransport implements AutoCloseable {
  /** 4 MiB chunks: large enough for any read, small enough to keep the process small. */
  private static final int CHUNK_ORDER = 9;

  private static final int PAGE_BYTES = 8 << 10;

  private final ByteBufAllocator allocator;
  private final EventLoopGroup loops;
  private final boolean epoll = Epoll.isAvailable();
  private final SslContext tls;
  private final AddressResolverGroup<InetSocketAddress> resolver;
  private @Nullable EventLoopGroup sideLoop;

  private UpstreamTransport(int threads, SslContext tls) {
    this.loops = loops("loop", threads);
    this.tls = tls;
    // One arena a loop. Measured cheaper than the default allocator where buffers are large.
    this.allocator =
        new PooledByteBufAllocator(true, 1, threads, PAGE_BYTES, CHUNK_ORDER, 256, 64, true);
    this.resolver =
        new DnsAddressResolverGroup(
            new DnsNameResolverBuilder()
                .datagramChannelFactory(epoll ? EpollDatagramChannel::new : NioDatagramChannel::new)
                .ttl(1, 60));
  }

  /**
   * @param threads event loops; one a core is right
   * @param trust PEM certificates to trust instead of the JDK's, for upstreams with a private
   *     authority
   */
  public static UpstreamTransport start(int threads, Optional<Path> trust) throws SSLException {
    SslContextBuilder builder = SslContextBuilder.forClient().protocols("TLSv1.3", "TLSv1.2");
    trust.ifPresent(pem -> builder.trustManager(pem.toFile()));
    return new UpstreamTransport(threads, builder.build());
  }

  /** Where all buffers of the model path come from. */
  public ByteBufAllocator allocator() {
    return allocator;
  }

  public EventLoopGroup loops() {
    return loops;
  }

  /** One more loop, made when it is first asked for: for what must not hold up model traffic. */
  public synchronized EventLoopGroup sideLoop() {
    EventLoopGroup side = sideLoop == null ? loops("side", 1) : sideLoop;
    sideLoop = side;
    return side;
  }

  private EventLoopGroup loops(String name, int threads) {
    return new MultiThreadIoEventLoopGroup(
        threads,
        new DefaultThreadFactory(name, true),
        epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
  }

  public ChannelFactory<? extends ServerChannel> serverChannels() {
    return epoll ? EpollServerSocketChannel::new : NioServerSocketChannel::new;
  }

  ChannelFactory<? extends Channel> channels() {
    return epoll ? EpollSocketChannel::new : NioSocketChannel::new;
  }

  AddressResolverGroup<InetSocketAddress> resolver() {
    return resolver;
  }

  SslHandler tls(ByteBufAllocator allocator, Origin origin) {
    SslHandler handler = tls.newHandler(allocator, origin.host(), origin.port());
    SSLParameters parameters = handler.engine().getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    handler.engine().setSSLParameters(parameters);
    return handler;
  }

  @Override
  public synchronized void close() {
    resolver.close();
    if (sideLoop != null) {
      sideLoop.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }
    loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
