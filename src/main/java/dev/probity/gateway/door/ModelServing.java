package dev.probity.gateway.door;

import dev.probity.gateway.GatewaySettings.Limits;
import dev.probity.gateway.call.ModelCall;
import dev.probity.kernel.Refusal;
import dev.probity.kernel.Refusal.Reason;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Gathers the body of a model request, within its limits, and hands it to the gateway. */
final class ModelServing implements Serving {
  /**
   * A body this small is read to its end after a refusal, so that the connection can be used again.
   */
  private static final long READ_ANYWAY = 64 << 10;

  private static final int FIRST_CAPACITY = 64 << 10;

  private final ChannelHandlerContext ctx;
  private final Answer answer;
  private final ModelCall call;
  private final Limits limits;
  private final BodyBudget budget;
  private final long announced;
  private final Optional<RememberedResponse> remembered;
  private @Nullable ByteBuf body;
  private int reserved;
  private boolean whole;
  private boolean refused;

  /**
   * @param announced the content length; -1 if the client did not say
   * @param remembered what looks on, if the answer is to be remembered
   */
  ModelServing(
      ChannelHandlerContext ctx,
      Answer answer,
      ModelCall call,
      Limits limits,
      BodyBudget budget,
      long announced,
      Optional<RememberedResponse> remembered) {
    this.remembered = remembered;
    this.ctx = ctx;
    this.answer = answer;
    this.call = call;
    this.limits = limits;
    this.budget = budget;
    this.announced = announced;
  }

  /** Refuses before the body was read. */
  void refuse(Refusal refusal) {
    refused = true;
    if (!whole && (announced < 0 || announced > READ_ANYWAY)) {
      answer.closeAfter();
    }
    dropBody();
    call.refuse(refusal);
  }

  @Override
  public void bodyPiece(ByteBuf piece) {
    if (refused) {
      piece.release();
      return;
    }
    int length = piece.readableBytes();
    int have = body == null ? 0 : body.readableBytes();
    if ((long) have + length > limits.bodyBytes()) {
      piece.release();
      refuse(tooLarge(limits.bodyBytes()));
      return;
    }
    if (!budget.reserve(length, limits.bodiesBytes())) {
      piece.release();
      refuse(tooMany());
      return;
    }
    reserved += length;
    ByteBuf gathered = body;
    if (gathered == null) {
      if (length == announced) {
        body = piece;
        return;
      }
      int capacity = (int) Math.min(Math.max(announced, length), FIRST_CAPACITY);
      gathered = ctx.alloc().directBuffer(Math.max(capacity, length), limits.bodyBytes());
      body = gathered;
    }
    gathered.writeBytes(piece);
    piece.release();
  }

  @Override
  public void bodyEnd() {
    whole = true;
    if (refused) {
      return;
    }
    ByteBuf gathered = body == null ? ctx.alloc().directBuffer(0) : body;
    body = null;
    if (remembered.isPresent()) {
      gathered = remembered.get().prepare(gathered, call.caller(), limits.jsonDepth(), ctx.alloc());
    }
    long held = reserved;
    reserved = 0;
    serve(gathered, held);
  }

  /**
   * @param held bytes that are in the budget for it
   */
  private void serve(ByteBuf gathered, long held) {
    long size = gathered.readableBytes();
    long more = Math.max(0, size - held);
    if (size > limits.bodyBytes() || !budget.reserve(more, limits.bodiesBytes())) {
      gathered.release();
      budget.release(held);
      refuse(size > limits.bodyBytes() ? tooLarge(limits.bodyBytes()) : tooMany());
      return;
    }
    call.serve(gathered, () -> budget.release(held + more));
  }

  static Refusal tooLarge(int limit) {
    return new Refusal(
        Reason.TOO_LARGE,
        "request_too_large",
        "The request body is larger than " + limit + " bytes, the most that is taken here.");
  }

  private static Refusal tooMany() {
    return new Refusal(
        Reason.UNAVAILABLE,
        "too_many_large_requests",
        "Too many large requests at once. Try again in a moment.");
  }

  private void dropBody() {
    if (body != null) {
      body.release();
      body = null;
    }
    budget.release(reserved);
    reserved = 0;
  }

  @Override
  public void clientGone() {
    dropBody();
    call.clientGone();
  }

  @Override
  public void clientWritable(boolean writable) {
    call.clientWritable(writable);
  }

  @Override
  public boolean awaitsBody() {
    return !whole && !refused;
  }

  @Override
  public void bodyTimedOut() {
    answer.closeAfter();
    refuse(
        new Refusal(
            Reason.TIMED_OUT_READING,
            "request_timeout",
            "The request body did not arrive in time. Send it without long pauses."));
  }
}
