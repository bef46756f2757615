package dev.probity.gateway.door.otlp;

import dev.probity.gateway.door.Answer;
import dev.probity.gateway.door.Serving;
import dev.probity.telemetry.intake.Export;
import dev.probity.telemetry.intake.OtlpIntake;
import dev.probity.telemetry.intake.Outcome;
import dev.probity.telemetry.intake.Outcome.Refused;
import dev.probity.telemetry.intake.Reason;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;

/** Gathers the body of one export over HTTP, and answers when it was taken in. */
final class OtlpServing implements Serving {
  private enum State {
    READING,
    WORKING,
    OVER
  }

  private final ChannelHandlerContext ctx;
  private final Answer answer;
  private final OtlpIntake intake;
  private final ExportWork work;
  private final Export.Head head;
  private final boolean gzip;
  private final ExportBody body;
  private State state = State.READING;

  OtlpServing(
      ChannelHandlerContext ctx,
      Answer answer,
      OtlpIntake intake,
      ExportWork work,
      Export.Head head,
      boolean gzip,
      ExportBody body) {
    this.ctx = ctx;
    this.answer = answer;
    this.intake = intake;
    this.work = work;
    this.head = head;
    this.gzip = gzip;
    this.body = body;
  }

  @Override
  public void bodyPiece(ByteBuf piece) {
    try {
      if (state == State.READING) {
        switch (body.add(piece, piece.readableBytes())) {
          case YES -> {}
          case TOO_LARGE -> refuseEarly(tooLarge(intake, head, body.limit()));
          case NO_MEMORY -> refuseEarly(noMemory(intake, head));
        }
      }
    } finally {
      piece.release();
    }
  }

  @Override
  public void bodyEnd() {
    if (state == State.READING) {
      state = State.WORKING;
      work.begin(
          new Export(head, gzip, body.bytes(), body.length()), body, ctx.executor(), this::told);
    }
  }

  private void told(Outcome outcome) {
    if (state == State.WORKING) {
      state = State.OVER;
      OtlpAnswers.answer(answer, head, outcome);
    }
  }

  /** Refuses while the client is still sending. */
  private void refuseEarly(Refused refusal) {
    state = State.OVER;
    body.drop();
    answer.closeAfter();
    OtlpAnswers.refuse(answer, head.encoding(), refusal);
  }

  @Override
  public void clientGone() {
    if (state == State.READING) {
      body.drop();
    }
    state = State.OVER;
  }

  @Override
  public void clientWritable(boolean writable) {}

  @Override
  public boolean awaitsBody() {
    return state == State.READING;
  }

  @Override
  public void bodyTimedOut() {
    if (state == State.READING) {
      refuseEarly(
          intake.refuse(
              head, Reason.LATE, "body", "The body did not arrive in time: it had long pauses."));
    }
  }

  static Refused tooLarge(OtlpIntake intake, Export.Head head, int limit) {
    return intake.refuse(
        head,
        Reason.TOO_LARGE,
        "body",
        "The body is larger than "
            + limit
            + " bytes, the most that is taken here: export more often, or raise"
            + " telemetry.body_bytes.");
  }

  static Refused noMemory(OtlpIntake intake, Export.Head head) {
    return intake.refuse(
        head, Reason.BUSY, "memory", "Too many large exports at once. Try again soon.");
  }
}
