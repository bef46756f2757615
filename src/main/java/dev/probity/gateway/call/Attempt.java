package dev.probity.gateway.call;

import dev.probity.gateway.ClientHeaders;
import dev.probity.gateway.GatewaySettings.Timeouts;
import dev.probity.gateway.Lane;
import dev.probity.gateway.call.failure.Failure;
import dev.probity.gateway.call.failure.Failure.Help;
import dev.probity.gateway.call.failure.ProviderFailures;
import dev.probity.gateway.call.failure.UpstreamFailures;
import dev.probity.gateway.routing.Candidate;
import dev.probity.gateway.routing.Health.Ending;
import dev.probity.gateway.upstream.UpstreamConnection;
import dev.probity.gateway.upstream.UpstreamListener;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpResponse;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One try at one candidate: its connection, its deadlines, its answer. The answer is kept back
 * until it has content; until then the attempt may fail and nobody need know. Lives on one event
 * loop.
 */
final class Attempt implements UpstreamListener {
  private enum Phase {
    CONNECTING,
    /** The request is sent; nothing has come back. */
    WAITING,
    /** The answer is coming, and kept back. */
    HOLDING,
    /** The answer goes on to the client as it comes. */
    FLOWING,
    /** The client has gone; the rest of the answer is read for its usage. */
    DRAINING,
    OVER
  }

  private final ModelCall call;
  private final AttemptOwner owner;
  private final Candidate candidate;
  private final Passage passage;
  private final Lane lane;
  private final AttemptTimes times;
  private final Line line = new Line();

  /** What a client's own provider key runs into says nothing about the deployment. */
  private final boolean tellsHealth;

  private Phase phase = Phase.CONNECTING;
  private @Nullable AnswerStream answer;
  private Optional<String> providerRequestId = Optional.empty();
  private int status;
  private long drainBytes;
  private boolean contentTold;

  Attempt(ModelCall call, AttemptOwner owner, Candidate candidate, Passage passage) {
    this.call = call;
    this.owner = owner;
    this.candidate = candidate;
    this.passage = passage;
    this.lane = call.lane();
    this.times = new AttemptTimes(lane.nanos());
    this.tellsHealth = call.ownProviderKey().isEmpty();
  }

  Candidate candidate() {
    return candidate;
  }

  Passage passage() {
    return passage;
  }

  AttemptTimes times() {
    return times;
  }

  boolean reused() {
    return line.reused();
  }

  /** The upstream's HTTP status; 0 before there is one. */
  int status() {
    return status;
  }

  Optional<String> providerRequestId() {
    return providerRequestId;
  }

  /** What has come of the answer, if anything has. */
  Optional<AnswerStream> answer() {
    return Optional.ofNullable(answer);
  }

  /** Whether the provider was asked, and may charge for it. */
  boolean wasSent() {
    return line.wasSent();
  }

  void start() {
    if (tellsHealth) {
      candidate.health().begun(lane.nanos());
    }
    connect(false);
  }

  private void connect(boolean fresh) {
    phase = Phase.CONNECTING;
    line.open(
        lane.upstreams(), candidate.deployment().origin(), fresh, call.settings().timeouts(), this);
  }

  @Override
  public void connected(UpstreamConnection made) {
    phase = Phase.WAITING;
    line.connected(made);
    times.connected(made.reused(), lane.nanos());
    line.send(passage.request());
  }

  @Override
  public void connectFailed(Throwable cause) {
    line.failed();
    fail(UpstreamFailures.connecting(cause));
  }

  @Override
  public void head(HttpResponse response) {
    long now = lane.nanos();
    status = response.status().code();
    times.answered(now);
    if (tellsHealth) {
      candidate.health().answered(status, response.headers(), now);
    }
    providerRequestId = ClientHeaders.requestId(response.headers());
    if (phase == Phase.WAITING && status >= 400 && owner.hasOthers(this)) {
      Failure failure = ProviderFailures.byHead(status, response.headers());
      if (failure.help() != Help.NOTHING) {
        giveUp(failure);
        return;
      }
    }
    answer = new AnswerStream(passage, response, call.client(), lane);
    if (phase == Phase.WAITING) {
      phase = Phase.HOLDING;
    }
  }

  @Override
  public void body(ByteBuf piece) {
    AnswerStream begun = answer;
    if (begun == null) {
      piece.release();
      return;
    }
    if (phase != Phase.DRAINING) {
      long now = lane.nanos();
      begun.look(piece, now);
      tellContent(begun, now);
      if (phase == Phase.HOLDING && !begun.isTranslated() && begun.isReady()) {
        flow();
      }
      begun.take(piece);
      return;
    }
    drainBytes += piece.readableBytes();
    begun.drain(piece);
    if (drainBytes > call.settings().drainLimit().bytes()) {
      line.drop();
      over(Ending.ABANDONED);
      owner.drained(this, true);
    }
  }

  private void tellContent(AnswerStream begun, long now) {
    if (tellsHealth && !contentTold && begun.firstContentNanos() != 0) {
      contentTold = true;
      candidate.health().content(now - times.connectedNanos(), now);
    }
  }

  @Override
  public void readComplete() {
    AnswerStream begun = answer;
    if (begun == null) {
      return;
    }
    if (phase == Phase.HOLDING && !takeLead(begun)) {
      return;
    }
    if (phase != Phase.FLOWING || !line.isThere()) {
      return;
    }
    if (begun.isUntranslatable()) {
      breakOff(begun.trouble());
      return;
    }
    // The client may take a stream's last event for the end: by then the exchange must be on
    // record.
    if (begun.isToldAsStream() && begun.reader().complete() && !settle(begun)) {
      return;
    }
    begun.flush();
    if (!call.client().isWritable()) {
      line.reading(false);
    }
  }

  /**
   * Looks at an answer that is kept back.
   *
   * @return whether it goes on to the client from now on
   */
  private boolean takeLead(AnswerStream begun) {
    if (begun.isInTrouble()) {
      Failure trouble = begun.trouble();
      if (owner.mayGoOn(this, trouble)) {
        giveUp(trouble);
        return false;
      }
      if (!begun.mayPassAsItIs()) {
        line.drop();
        refuse(trouble);
        return false;
      }
      flow();
      return true;
    }
    if (begun.hasContent()) {
      owner.leads(this);
    }
    boolean isNeverHeld = begun.mayBegin() && call.settings().timeouts().hold() == 0;
    if (!begun.isReady() && !isNeverHeld) {
      return false;
    }
    flow();
    return true;
  }

  private void flow() {
    phase = Phase.FLOWING;
    answer().ifPresent(AnswerStream::release);
    owner.leads(this);
    call.answering(this);
  }

  @Override
  public void end() {
    line.ended();
    AnswerStream begun = answer;
    if (begun == null) {
      return;
    }
    if (phase == Phase.DRAINING) {
      begun.finishReading();
    } else {
      begun.finish();
    }
    switch (phase) {
      case DRAINING -> {
        over(Ending.ABANDONED);
        owner.drained(this, true);
      }
      case HOLDING -> heldEnd(begun);
      case FLOWING -> flowingEnd(begun);
      case CONNECTING, WAITING, OVER -> {}
    }
  }

  /** All of the answer is here, and nothing of it has gone out. */
  private void heldEnd(AnswerStream begun) {
    if (begun.isHollow()) {
      fail(UpstreamFailures.EMPTY);
      return;
    }
    if (begun.endsTooSoon()) {
      fail(UpstreamFailures.INCOMPLETE);
      return;
    }
    if (begun.isInTrouble()) {
      Failure trouble = begun.trouble();
      if (owner.mayGoOn(this, trouble)) {
        fail(trouble);
        return;
      }
      if (!begun.mayPassAsItIs()) {
        refuse(trouble);
        return;
      }
    }
    flow();
    flowingEnd(begun);
  }

  private void flowingEnd(AnswerStream begun) {
    if (begun.endsTooSoon()) {
      breakOff(UpstreamFailures.INCOMPLETE);
    } else if (begun.isUntranslatable()) {
      breakOff(begun.trouble());
    } else if (settle(begun)) {
      over(begun.ending());
      begun.end();
      owner.ended(this);
    }
  }

  /** Writes the exchange to the log; if that fails the answer must not look whole. */
  private boolean settle(AnswerStream begun) {
    if (owner.settle(this)) {
      return true;
    }
    line.drop();
    over(Ending.SERVED);
    begun.breakOff();
    owner.ended(this);
    return false;
  }

  @Override
  public void broken(Throwable cause) {
    line.ended();
    AnswerStream begun = answer;
    if (phase == Phase.DRAINING) {
      if (begun != null) {
        begun.finishReading();
      }
      over(Ending.ABANDONED);
      owner.drained(this, true);
    } else if (begun == null && line.neverLeft()) {
      // The pooled connection had died unnoticed; nothing of the request had left yet.
      connect(true);
    } else if (begun == null || phase == Phase.HOLDING) {
      fail(UpstreamFailures.broken(cause, begun != null));
    } else {
      begun.finishReading();
      if (begun.isWholeAllTheSame()) {
        begun.finish();
        flowingEnd(begun);
      } else {
        breakOff(UpstreamFailures.CUT);
      }
    }
  }

  void tick(long now, boolean totalIsOver) {
    Timeouts timeouts = call.settings().timeouts();
    AnswerStream begun = answer;
    switch (phase) {
      case WAITING -> {
        if (totalIsOver) {
          giveUp(UpstreamFailures.FIRST_BYTE_TIMEOUT);
        } else {
          Deadlines.waiting(times, timeouts, now).ifPresent(this::giveUp);
        }
      }
      case HOLDING -> {
        if (begun != null) {
          tickHolding(begun, now, totalIsOver);
        }
      }
      case FLOWING -> {
        if (begun != null) {
          tickFlowing(begun, now, totalIsOver);
        }
      }
      case DRAINING -> {
        if (times.drainedMillis(now) > call.settings().drainLimit().millis()) {
          line.drop();
          over(Ending.ABANDONED);
          owner.drained(this, false);
        }
      }
      case CONNECTING, OVER -> {}
    }
  }

  private Optional<Failure> late(AnswerStream begun, long now, boolean totalIsOver) {
    return totalIsOver
        ? Optional.of(UpstreamFailures.STALLED)
        : Deadlines.answering(begun, times, call.settings().timeouts(), now);
  }

  private void tickHolding(AnswerStream begun, long now, boolean totalIsOver) {
    Optional<Failure> late = late(begun, now, totalIsOver);
    if (late.isPresent()) {
      giveUp(late.get());
    } else if (begun.mayBegin()
        && times.sinceHeadMillis(now) >= call.settings().timeouts().hold()) {
      flow();
      begun.flush();
    }
  }

  private void tickFlowing(AnswerStream begun, long now, boolean totalIsOver) {
    Optional<Failure> late = late(begun, now, totalIsOver);
    if (late.isPresent()) {
      breakOff(call.client().isWritable() ? late.get() : UpstreamFailures.CLIENT_STALLED);
    } else {
      begun.keepAlive(now);
    }
  }

  private void giveUp(Failure failure) {
    line.drop();
    fail(failure);
  }

  private void fail(Failure failure) {
    AnswerStream begun = answer;
    if (begun != null) {
      begun.forget();
    }
    over(failure.ending());
    owner.failed(this, failure);
  }

  private void refuse(Failure failure) {
    AnswerStream begun = answer;
    if (begun != null) {
      begun.forget();
    }
    over(failure.ending());
    owner.refuses(this, failure);
  }

  /**
   * The answer had begun: the client is told in the stream, or by a body that visibly lacks its
   * end.
   */
  private void breakOff(Failure failure) {
    line.drop();
    over(failure.ending());
    owner.broke(this, failure);
  }

  /** Lets go of it: another attempt was faster, or its client has gone. */
  void abandon() {
    if (phase != Phase.OVER) {
      over(Ending.ABANDONED);
      line.drop();
      answer().ifPresent(AnswerStream::forget);
    }
  }

  /** The client has gone; what is still to come is read for its usage alone. */
  void drain() {
    AnswerStream begun = answer;
    if (begun != null) {
      begun.forget();
    }
    phase = Phase.DRAINING;
    times.drainingSince(lane.nanos());
    line.reading(true);
  }

  /** Lets the provider go on, or keeps it from it. */
  void reading(boolean on) {
    line.reading(on);
  }

  private void over(Ending ending) {
    if (phase != Phase.OVER) {
      phase = Phase.OVER;
      if (tellsHealth) {
        candidate.health().ended(ending, lane.nanos());
      }
      passage.close();
    }
  }
}
