package dev.probity.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.Arrays;

/** One connection to the fake provider: reads a request to its end, compares it, answers. */
final class FakeProviderHandler extends ChannelInboundHandlerAdapter {
  private static final byte[] MODEL = "{\"model\":\"".getBytes(US_ASCII);
  private static final int MODEL_LIMIT = 64;

  private final FakeProvider provider;
  private final Wheel wheel;
  private final byte[] scratch;
  private final Head head = new Head();
  private FakeProvider.Answer answer;
  private long bodyLength;
  private long bodyRead;
  private boolean intact;
  private boolean inBody;

  FakeProviderHandler(FakeProvider provider, Wheel wheel, byte[] scratch) {
    this.provider = provider;
    this.wheel = wheel;
    this.scratch = scratch;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    var buffer = (ByteBuf) message;
    int count = buffer.readableBytes();
    buffer.readBytes(scratch, 0, count).release();
    if (inBody) {
      compare(scratch, 0, count);
    } else if (!head.add(scratch, 0, count) || !beginBody(context)) {
      return;
    }
    if (bodyRead >= bodyLength) {
      inBody = false;
      head.clear();
      if (!intact || bodyRead != bodyLength) {
        provider.complain("the body differs, %d of %d bytes".formatted(bodyRead, bodyLength));
      }
      respond(context);
    }
  }

  /** Finds the workload, once enough of the body is there. */
  private boolean beginBody(ChannelHandlerContext context) {
    bodyLength = head.number("content-length");
    if (bodyLength < 0) {
      provider.complain("no content-length: " + head.excerpt());
      context.close();
      return false;
    }
    int available = head.length() - head.end();
    if (available < Math.min(bodyLength, MODEL_LIMIT)) {
      return false;
    }
    answer = provider.answer(model());
    if (answer == null) {
      provider.complain("unknown model: " + head.excerpt());
      context.close();
      return false;
    }
    inBody = true;
    bodyRead = 0;
    intact = bodyLength == answer.payload().request().length;
    compare(head.bytes(), head.end(), available);
    return true;
  }

  private String model() {
    byte[] bytes = head.bytes();
    int from = head.end() + MODEL.length;
    int to = from;
    while (to < head.length() && bytes[to] != '"') {
      to++;
    }
    return new String(bytes, from, Math.max(0, to - from), US_ASCII);
  }

  private void compare(byte[] bytes, int from, int count) {
    byte[] expected = answer.payload().request();
    if (bodyRead + count > expected.length) {
      intact = false;
    } else {
      int at = (int) bodyRead;
      intact &= Arrays.equals(bytes, from, from + count, expected, at, at + count);
    }
    bodyRead += count;
  }

  private void respond(ChannelHandlerContext context) {
    switch (answer.shape()) {
      case Workload.Paced paced -> wheel.start(context.channel(), answer, paced.intervalMillis());
      case Workload.Json _, Workload.Burst _ -> {
        for (ByteBuf write : answer.writes()) {
          context.writeAndFlush(write.duplicate(), context.voidPromise());
        }
      }
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    context.close();
  }
}
