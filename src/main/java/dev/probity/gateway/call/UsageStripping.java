package dev.probity.gateway.call;

import dev.probity.gateway.openai.UsageChunkFilter;
import dev.probity.kernel.Refusal;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.Optional;

/** Keeps from the client the usage that it did not ask for. */
final class UsageStripping implements AnswerRewrite {
  private final UsageChunkFilter filter = new UsageChunkFilter();
  private final ByteBufAllocator allocator;

  UsageStripping(ByteBufAllocator allocator) {
    this.allocator = allocator;
  }

  @Override
  public ByteBuf accept(ByteBuf piece) {
    ByteBuf kept = piece.alloc().buffer(piece.readableBytes());
    filter.accept(piece, kept);
    piece.release();
    return kept;
  }

  @Override
  public ByteBuf ready() {
    return Unpooled.EMPTY_BUFFER;
  }

  @Override
  public ByteBuf finish(boolean complete) {
    ByteBuf rest = allocator.buffer(256);
    filter.finish(rest);
    return rest;
  }

  @Override
  public Optional<Refusal> trouble() {
    return Optional.empty();
  }

  @Override
  public void close() {}
}
