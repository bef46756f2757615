package dev.probity.gateway.door;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.util.concurrent.Future;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the first bytes of a connection without TLS: a client that begins with HTTP/2's preface
 * gets HTTP/2, any other HTTP/1.1.
 */
final class PlainHttp2Detector extends ByteToMessageDecoder {
  /** {@code PRI}: no method of HTTP/1.1 begins so. */
  private static final int ENOUGH = 3;

  private static final ByteBuf PREFACE = Http2CodecUtil.connectionPrefaceBuf();

  private final DoorPipeline pipeline;
  private final long waitMillis;
  private @Nullable Future<?> timeout;

  /**
   * @param waitMillis how long the first bytes may take
   */
  PlainHttp2Detector(DoorPipeline pipeline, long waitMillis) {
    this.pipeline = pipeline;
    this.waitMillis = waitMillis;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    timeout = ctx.executor().schedule(() -> ctx.close(), waitMillis, TimeUnit.MILLISECONDS);
  }

  @Override
  protected void handlerRemoved0(ChannelHandlerContext ctx) {
    if (timeout != null) {
      timeout.cancel(false);
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
    if (event instanceof ChannelInputShutdownEvent) {
      ctx.close();
    } else {
      super.userEventTriggered(ctx, event);
    }
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    int length = Math.min(in.readableBytes(), ENOUGH);
    if (!ByteBufUtil.equals(in, in.readerIndex(), PREFACE, 0, length)) {
      pipeline.http1(ctx.pipeline());
      ctx.pipeline().remove(this);
    } else if (length == ENOUGH) {
      pipeline.http2(ctx.pipeline());
      ctx.pipeline().remove(this);
    }
  }
}
