package dev.probity.gateway.door;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import java.util.Optional;
import java.util.function.Consumer;

/** Decides by an HTTP/2 stream's head who handles the stream, and steps aside. */
final class StreamChoice extends ChannelInboundHandlerAdapter {
  private final Door door;
  private final Site site;
  private final Consumer<ChannelPipeline> request;

  /**
   * @param request makes of a stream an ordinary request
   */
  StreamChoice(Door door, Site site, Consumer<ChannelPipeline> request) {
    this.door = door;
    this.site = site;
    this.request = request;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (message instanceof Http2HeadersFrame head) {
      Optional<ChannelHandler> special = site.stream(door, head.headers());
      if (special.isPresent()) {
        ctx.pipeline().addLast(special.get());
      } else {
        request.accept(ctx.pipeline());
      }
      ctx.fireChannelRead(message);
      ctx.pipeline().remove(this);
    } else {
      ctx.fireChannelRead(message);
    }
  }
}
