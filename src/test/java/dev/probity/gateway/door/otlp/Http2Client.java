package dev.probity.gateway.door.otlp;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** An HTTP/2 client without TLS that sends exactly the frames that a test wants. */
final class Http2Client implements AutoCloseable {
  private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final Channel channel;

  /**
   * What a stream was answered with.
   *
   * @param headers of head and trailers; names in lower case
   */
  record Answer(Map<String, String> headers, byte[] data) {}

  Http2Client(int port) {
    channel =
        new Bootstrap()
            .group(loop)
            .channel(NioSocketChannel.class)
            .handler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel made) {
                    made.pipeline()
                        .addLast(
                            Http2FrameCodecBuilder.forClient().build(),
                            new Http2MultiplexHandler(new ChannelInboundHandlerAdapter()));
                  }
                })
            .connect("127.0.0.1", port)
            .syncUninterruptibly()
            .channel();
  }

  /** How much may be under way on the connection. */
  int window() throws Exception {
    return channel
        .eventLoop()
        .submit(() -> {
          Http2Connection connection = channel.pipeline().get(Http2FrameCodec.class).connection();
          return connection.remote().flowController().windowSize(connection.connectionStream());
        })
        .get();
  }

  /** Opens a stream with these headers, beside the usual ones. */
  Stream open(String path, String... headers) {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    Http2StreamChannel stream =
        new Http2StreamChannelBootstrap(channel)
            .handler(new Gathering(answer))
            .open()
            .syncUninterruptibly()
            .getNow();
    Http2Headers head =
        new DefaultHttp2Headers().method("POST").path(path).scheme("http").authority("x");
    for (int i = 0; i < headers.length; i += 2) {
      head.add(headers[i], headers[i + 1]);
    }
    stream.writeAndFlush(new DefaultHttp2HeadersFrame(head));
    return new Stream(stream, answer);
  }

  /** One stream, as a test sees it. */
  record Stream(Http2StreamChannel channel, CompletableFuture<Answer> answered) {
    Stream send(byte[] data, boolean end) {
      channel.writeAndFlush(new DefaultHttp2DataFrame(Unpooled.copiedBuffer(data), end));
      return this;
    }

    /** Cancels the call; one that the server has answered and closed already is left as it is. */
    void reset() {
      channel.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.CANCEL)).awaitUninterruptibly();
    }

    Answer answer() throws Exception {
      return answered.get(20, TimeUnit.SECONDS);
    }
  }

  private static final class Gathering extends ChannelInboundHandlerAdapter {
    private final CompletableFuture<Answer> answer;
    private final Map<String, String> headers = new TreeMap<>();
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();

    Gathering(CompletableFuture<Answer> answer) {
      this.answer = answer;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object frame) {
      boolean end = false;
      if (frame instanceof Http2HeadersFrame head) {
        head.headers()
            .forEach(each -> headers.put(each.getKey().toString(), each.getValue().toString()));
        end = head.isEndStream();
      } else if (frame instanceof Http2DataFrame piece) {
        byte[] bytes = new byte[piece.content().readableBytes()];
        piece.content().readBytes(bytes);
        data.writeBytes(bytes);
        end = piece.isEndStream();
      }
      ReferenceCountUtil.release(frame);
      if (end) {
        answer.complete(new Answer(headers, data.toByteArray()));
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
      answer.completeExceptionally(new IllegalStateException("the stream ended unanswered"));
    }
  }

  @Override
  public void close() {
    channel.close().syncUninterruptibly();
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }
}
