package dev.probity.bench;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.util.ReferenceCountUtil;
import java.util.function.Consumer;

/** One exporter: a connection that has one export at a time under way. */
abstract class Exporter {
  private final Consumer<String> done;

  /**
   * @param done told how each export ended: empty if it was acknowledged as a whole
   */
  private Exporter(Consumer<String> done) {
    this.done = done;
  }

  abstract void send(byte[] export);

  abstract void close();

  void ended(String failure) {
    done.accept(failure);
  }

  /** Over HTTP/1.1, as OpenTelemetry's exporter for JavaScript sends it. */
  static Exporter http(EventLoop loop, int port, String key, Consumer<String> done) {
    return new Http(loop, port, key, done);
  }

  /** Over gRPC: one connection, one stream for each export. */
  static Exporter grpc(EventLoop loop, int port, String key, Consumer<String> done) {
    return new Grpc(loop, port, key, done);
  }

  private static final class Http extends Exporter {
    private final Channel channel;
    private final String key;
    private final int port;

    Http(EventLoop loop, int port, String key, Consumer<String> done) {
      super(done);
      this.key = key;
      this.port = port;
      var answers =
          new SimpleChannelInboundHandler<FullHttpResponse>() {
            @Override
            protected void channelRead0(ChannelHandlerContext ctx, FullHttpResponse answer) {
              ended(answer.status().code() == 200 ? "" : "status " + answer.status());
            }

            @Override
            public void channelInactive(ChannelHandlerContext ctx) {
              ended("the connection was closed");
            }
          };
      channel =
          new Bootstrap()
              .group(loop)
              .channel(EpollSocketChannel.class)
              .handler(
                  new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel it) {
                      it.pipeline()
                          .addLast(
                              new HttpClientCodec(), new HttpObjectAggregator(1 << 20), answers);
                    }
                  })
              .connect("127.0.0.1", port)
              .syncUninterruptibly()
              .channel();
    }

    @Override
    void send(byte[] export) {
      var request =
          new DefaultFullHttpRequest(
              HttpVersion.HTTP_1_1, HttpMethod.POST, "/v1/logs", Unpooled.wrappedBuffer(export));
      request
          .headers()
          .set("host", "127.0.0.1:" + port)
          .set("content-type", "application/x-protobuf")
          .set("user-agent", "OTel-OTLP-Exporter-JavaScript/0.208.0")
          .set("authorization", "Bearer " + key)
          .set("content-length", export.length);
      channel.writeAndFlush(request);
    }

    @Override
    void close() {
      channel.pipeline().removeLast();
      channel.close();
    }
  }

  private static final class Grpc extends Exporter {
    private static final String PATH = "/opentelemetry.proto.collector.logs.v1.LogsService/Export";

    private final Channel connection;
    private final Http2StreamChannelBootstrap streams;
    private final String key;
    private boolean closed;

    Grpc(EventLoop loop, int port, String key, Consumer<String> done) {
      super(done);
      this.key = key;
      connection =
          new Bootstrap()
              .group(loop)
              .channel(EpollSocketChannel.class)
              .handler(
                  new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel it) {
                      it.pipeline()
                          .addLast(
                              Http2FrameCodecBuilder.forClient().build(),
                              new Http2MultiplexHandler(
                                  new ChannelInitializer<Channel>() {
                                    @Override
                                    protected void initChannel(Channel pushed) {}
                                  }));
                    }
                  })
              .connect("127.0.0.1", port)
              .syncUninterruptibly()
              .channel();
      streams = new Http2StreamChannelBootstrap(connection);
    }

    @Override
    void send(byte[] export) {
      var answers =
          new SimpleChannelInboundHandler<Object>(false) {
            private boolean told;

            @Override
            protected void channelRead0(ChannelHandlerContext ctx, Object frame) {
              if (frame instanceof Http2HeadersFrame headers && headers.isEndStream()) {
                told = true;
                CharSequence status = headers.headers().get("grpc-status");
                boolean good = status != null && status.toString().equals("0");
                ended(good ? "" : "grpc " + status + " " + headers.headers().get("grpc-message"));
              }
              ReferenceCountUtil.release(frame);
            }

            @Override
            public void channelInactive(ChannelHandlerContext ctx) {
              if (!told && !closed) {
                ended("the stream was closed");
              }
            }
          };
      streams
          .handler(
              new ChannelInitializer<Channel>() {
                @Override
                protected void initChannel(Channel stream) {
                  stream.pipeline().addLast(answers);
                }
              })
          .open()
          .addListener(opened -> {
            if (opened.isSuccess()) {
              write((Channel) opened.getNow(), export);
            } else {
              ended("no stream: " + opened.cause());
            }
          });
    }

    private void write(Channel stream, byte[] export) {
      var headers =
          new DefaultHttp2Headers()
              .method("POST")
              .scheme("http")
              .path(PATH)
              .authority("127.0.0.1")
              .add("content-type", "application/grpc")
              .add("te", "trailers")
              .add("authorization", "Bearer " + key);
      ByteBuf frame = stream.alloc().buffer(export.length + 5);
      frame.writeByte(0).writeInt(export.length).writeBytes(export);
      stream.write(new DefaultHttp2HeadersFrame(headers));
      stream.writeAndFlush(new DefaultHttp2DataFrame(frame, true));
    }

    @Override
    void close() {
      closed = true;
      connection.close();
    }
  }
}
