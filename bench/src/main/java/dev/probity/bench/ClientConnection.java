package dev.probity.bench;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** One client connection: a request, its answer, the next request. */
final class ClientConnection extends ChannelInboundHandlerAdapter {
  private final LoadRun run;
  private final AnswerReader reader;
  private Channel channel;
  private long dueNanos;
  private boolean waiting;

  ClientConnection(LoadRun run, AnswerReader reader) {
    this.run = run;
    this.reader = reader;
  }

  void connect(Bootstrap bootstrap, long due) {
    ChannelFuture connecting = bootstrap.connect();
    channel = connecting.channel();
    channel.pipeline().addLast(this);
    waiting = true;
    connecting.addListener(done -> {
      if (done.isSuccess()) {
        ask(due);
      } else {
        end(String.valueOf(done.cause()));
      }
    });
  }

  void ask(long due) {
    dueNanos = due;
    waiting = true;
    reader.reset();
    channel.writeAndFlush(run.request(), channel.voidPromise());
  }

  void close() {
    waiting = false;
    channel.close();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    var buffer = (ByteBuf) message;
    int count = buffer.readableBytes();
    buffer.readBytes(run.scratch(), 0, count).release();
    boolean first = !reader.headSeen();
    boolean complete = reader.accept(run.scratch(), count);
    if (first && reader.headSeen()) {
      run.firstByte(dueNanos);
    }
    if (complete) {
      waiting = false;
      run.answered(this, reader, dueNanos);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    end("the connection was closed: " + reader.complaint());
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    end(String.valueOf(cause));
    context.close();
  }

  private void end(String why) {
    run.closed(this);
    if (waiting) {
      waiting = false;
      run.broken(why);
    }
  }
}
