package dev.probity.gateway.door;

import dev.probity.gateway.GatewaySettings.Limits;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http2.DefaultHttp2WindowUpdateFrame;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.timeout.IdleStateHandler;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Puts a new client connection together: TLS and HTTP/2 where configured or begun with, HTTP/1.1
 * otherwise.
 */
final class DoorPipeline extends ChannelInitializer<Channel> {
  private static final int REQUEST_LINE = 16 << 10;
  private static final int CHUNK = 64 << 10;

  /** Requests in flight that the codec tracks: more than one read of the socket can hold. */
  private static final int PIPELINED = 4096;

  private static final int STREAMS = 256;
  private static final int HTTP2_WINDOW = 1 << 20;
  private static final int CONNECTION_WINDOW = 4 << 20;

  private final Door door;
  private final Site site;
  private final @Nullable SslContext tls;

  private DoorPipeline(Door door, Site site, @Nullable SslContext tls) {
    this.door = door;
    this.site = site;
    this.tls = tls;
  }

  static DoorPipeline of(Door door, Site site, DoorSettings settings) throws IOException {
    return new DoorPipeline(
        door, site, settings.tls().isPresent() ? tls(settings.tls().get()) : null);
  }

  private static SslContext tls(DoorSettings.Tls files) throws IOException {
    try {
      return SslContextBuilder.forServer(files.certificate().toFile(), files.key().toFile())
          .protocols("TLSv1.3", "TLSv1.2")
          .applicationProtocolConfig(
              new ApplicationProtocolConfig(
                  Protocol.ALPN,
                  SelectorFailureBehavior.NO_ADVERTISE,
                  SelectedListenerFailureBehavior.ACCEPT,
                  ApplicationProtocolNames.HTTP_2,
                  ApplicationProtocolNames.HTTP_1_1))
          .build();
    } catch (RuntimeException e) {
      throw new IOException(
          "server.tls: can't use "
              + files.certificate()
              + " with "
              + files.key()
              + ": "
              + e.getMessage(),
          e);
    }
  }

  @Override
  protected void initChannel(Channel channel) {
    if (!door.hasRoom() || door.isDraining()) {
      channel.close();
      return;
    }
    if (tls == null) {
      if (site.hasStreams()) {
        channel.pipeline().addLast(new PlainHttp2Detector(this, door.timeouts().clientHead()));
      } else {
        http1(channel.pipeline());
      }
      return;
    }
    channel.pipeline().addLast(tls.newHandler(channel.alloc()));
    channel
        .pipeline()
        .addLast(
            new ApplicationProtocolNegotiationHandler(ApplicationProtocolNames.HTTP_1_1) {
              @Override
              protected void configurePipeline(ChannelHandlerContext ctx, String protocol) {
                if (protocol.equals(ApplicationProtocolNames.HTTP_2)) {
                  http2(ctx.pipeline());
                } else {
                  http1(ctx.pipeline());
                }
              }

              @Override
              protected void handshakeFailure(ChannelHandlerContext ctx, Throwable cause) {
                ctx.close();
              }
            });
  }

  void http1(ChannelPipeline pipeline) {
    pipeline.addLast(
        new HttpServerCodec(
            new HttpDecoderConfig()
                .setMaxInitialLineLength(REQUEST_LINE)
                .setMaxHeaderSize(door.settings().limits().headBytes())
                .setMaxChunkSize(CHUNK),
            PIPELINED));
    pipeline.addLast(new DoorConnection(door, site, false));
  }

  void http2(ChannelPipeline pipeline) {
    door.openedHttp2(pipeline.channel());
    // A client that has ended its side here has gone; there are no answers left to wait for.
    pipeline.channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, false);
    Limits limits = door.settings().limits();
    pipeline.addLast(
        new IdleStateHandler(0, 0, door.timeouts().clientIdle() * 4, TimeUnit.MILLISECONDS));
    pipeline.addLast(
        Http2FrameCodecBuilder.forServer()
            .initialSettings(
                Http2Settings.defaultSettings()
                    .maxConcurrentStreams(STREAMS)
                    .maxHeaderListSize(limits.headBytes())
                    .initialWindowSize(HTTP2_WINDOW))
            .gracefulShutdownTimeoutMillis(door.timeouts().shutdown())
            .build());
    pipeline.addLast(
        new Http2MultiplexHandler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel stream) {
                if (site.hasStreams()) {
                  stream
                      .pipeline()
                      .addLast(new StreamChoice(door, site, DoorPipeline.this::request));
                } else {
                  request(stream.pipeline());
                }
              }
            }));
    pipeline.addLast(new Http2Idle());
    // Without it 64 KiB may be under way for all streams together: far too little for a body that
    // comes from far away.
    pipeline.writeAndFlush(
        new DefaultHttp2WindowUpdateFrame(CONNECTION_WINDOW - Http2CodecUtil.DEFAULT_WINDOW_SIZE));
  }

  /** An ordinary request on a stream of its own. */
  private void request(ChannelPipeline stream) {
    stream.addLast((ChannelHandler) new Http2StreamFrameToHttpObjectCodec(true));
    stream.addLast(new DoorConnection(door, site, true));
  }
}
