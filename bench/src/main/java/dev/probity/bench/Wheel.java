package dev.probity.bench;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Sends the chunks of paced streams when they are due, to the millisecond: a wheel of slots that
 * one timer turns, since a timer per stream would cost more than the sending.
 */
final class Wheel {
  private static final int SLOTS = 256;
  private static final long TICK_NANOS = 1_000_000;

  private static final class Stream {
    final Channel channel;
    final FakeProvider.Answer answer;
    final int intervalMillis;
    int next;

    Stream(Channel channel, FakeProvider.Answer answer, int intervalMillis) {
      this.channel = channel;
      this.answer = answer;
      this.intervalMillis = intervalMillis;
    }
  }

  private final EventLoop loop;
  private final List<List<Stream>> slots = new ArrayList<>();
  private final byte[] digits = new byte[Payload.STAMP_DIGITS];
  private long tick;
  private long active;
  private boolean turning;

  Wheel(EventLoop loop) {
    this.loop = loop;
    for (int i = 0; i < SLOTS; i++) {
      slots.add(new ArrayList<>());
    }
  }

  /** Sends the first chunk now and the others each {@code intervalMillis} later. */
  void start(Channel channel, FakeProvider.Answer answer, int intervalMillis) {
    if (!turning) {
      turning = true;
      tick = System.nanoTime() / TICK_NANOS;
      loop.schedule(this::turn, 1, TimeUnit.MILLISECONDS);
    }
    active++;
    advance(new Stream(channel, answer, intervalMillis), System.nanoTime() / TICK_NANOS);
  }

  private void turn() {
    long now = System.nanoTime() / TICK_NANOS;
    while (tick < now) {
      tick++;
      List<Stream> due = slots.get((int) (tick % SLOTS));
      for (int i = 0; i < due.size(); i++) {
        advance(due.get(i), tick);
      }
      due.clear();
    }
    turning = active > 0;
    if (turning) {
      loop.schedule(this::turn, 1, TimeUnit.MILLISECONDS);
    }
  }

  private void advance(Stream stream, long at) {
    if (!stream.channel.isActive()) {
      active--;
      return;
    }
    List<ByteBuf> writes = stream.answer.writes();
    int index = stream.next++;
    boolean last = index == writes.size() - 1;
    ByteBuf out = last ? writes.get(index).duplicate() : stamped(stream, index);
    stream.channel.writeAndFlush(out, stream.channel.voidPromise());
    if (last) {
      active--;
    } else {
      slots.get((int) ((at + stream.intervalMillis) % SLOTS)).add(stream);
    }
  }

  private ByteBuf stamped(Stream stream, int index) {
    byte[] template = stream.answer.payload().writes().get(index);
    ByteBuf out = stream.channel.alloc().directBuffer(template.length).writeBytes(template);
    long now = System.nanoTime();
    for (int i = digits.length - 1; i >= 0; i--) {
      digits[i] = (byte) Character.forDigit((int) (now & 15), 16);
      now >>>= 4;
    }
    return out.setBytes(stream.answer.payload().stampInWrite()[index], digits);
  }
}
