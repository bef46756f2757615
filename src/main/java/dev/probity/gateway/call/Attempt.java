package dev.probity.gateway.call;

import dev.probity.gateway.ClientHeaders;
import dev.probity.gateway.GatewaySettings.Timeouts;
import dev.probity.gateway.Lane;
import dev.probity.gateway.call.Failure.Help;
import dev.probity.gateway.routing.Candidate;
import dev.probity.gateway.routing.Health.Ending;
import dev.probity.gateway.upstream.UpstreamConnection;
import dev.probity.gateway.upstream.UpstreamListener;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.http.HttpResponse;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One try at one candidate: its connection, its deadlines, its answer. The answer is kept back
 * until it has content; until then the attempt may fail and nobody need know. Lives on one event
 * loop.
 */
final class Attempt implements UpstreamListener {
  /** Whose attempt it is. */
  interface Owner {
    /** Whether another attempt runs, or may still be made in this round. */
    boolean hasOthers(Attempt attempt);

    /** Whether somebody may still do better after such a failure; asked before {@link #failed}. */
    boolean mayGoOn(Attempt attempt, Failure failure);

    /** Nothing of it went to the client, and nothing will. */
    void failed(Attempt attempt, Failure failure);

    /** Its answer has content, or is whole: this is the attempt that serves the client. */
    void leads(Attempt attempt);

    /**
     * Its answer is whole and must be on record before its end goes out.
     *
     * @return whether it is
     */
    boolean settle(Attempt attempt);

    /** Nobody can do better than this error; it goes to the client. */
    void refuses(Attempt attempt, Failure failure);

    /** The answer broke off after it had begun. */
    void broke(Attempt attempt, Failure failure);

    /** Its client has gone, and its answer has been read as far as it will be. */
    void drained(Attempt attempt, boolean wholly);

    /** All is said. */
    void ended(Attempt attempt);
  }

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
  private final Owner owner;
  private final Candidate candidate;
  private final Passage passage;
  private final Lane lane;
  private final AttemptTimes times;

  /** What a client's own provider key runs into says nothing about the deployment. */
  private final boolean tellsHealth;

  private Phase phase = Phase.CONNECTING;
  private int connects;
  private boolean reused;
  private @Nullable Runnable stopConnecting;
  private @Nullable UpstreamConnection connection;
  private @Nullable ChannelFuture sent;
  private @Nullable AnswerStream answer;
  private Optional<String> providerRequestId = Optional.empty();
  private int status;
  private long drainBytes;
  private boolean contentTold;

  Attempt(ModelCall call, Owner owner, Candidate candidate, Passage passage) {
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
    return reused;
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
    return sent != null;
  }

  void start() {
    if (tellsHealth) {
      candidate.health().begun(lane.nanos());
    }
    connect(false);
  }

  private void connect(boolean fresh) {
    phase = Phase.CONNECTING;
    int turn = ++connects;
    Timeouts timeouts = call.settings().timeouts();
    Runnable stop =
        lane.upstreams()
            .acquire(
                candidate.deployment().origin(),
                fresh,
                timeouts.connect(),
                timeouts.poolIdle(),
                this);
    if (turn == connects && phase == Phase.CONNECTING) {
      stopConnecting = stop;
    }
  }

  @Override
  public void connected(UpstreamConnection made) {
    stopConnecting = null;
    connection = made;
    phase = Phase.WAITING;
    reused = made.reused();
    times.connected(reused, lane.nanos());
    sent = made.writeAndFlush(passage.request());
  }

  @Override
  public void connectFailed(Throwable cause) {
    stopConnecting = null;
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
        dropConnection();
        fail(failure);
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
      dropConnection();
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
    UpstreamConnection from = connection;
    if (phase != Phase.FLOWING || from == null) {
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
      from.reading(false);
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
        dropConnection();
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
    connection = null;
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
    dropConnection();
    over(Ending.SERVED);
    begun.breakOff();
    owner.ended(this);
    return false;
  }

  @Override
  public void broken(Throwable cause) {
    connection = null;
    AnswerStream begun = answer;
    if (phase == Phase.DRAINING) {
      if (begun != null) {
        begun.finishReading();
      }
      over(Ending.ABANDONED);
      owner.drained(this, true);
    } else if (begun == null && neverLeft() && reused && connects == 1) {
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

  private boolean neverLeft() {
    return sent != null && !sent.isSuccess();
  }

  void tick(long now, boolean totalIsOver) {
    Timeouts timeouts = call.settings().timeouts();
    AnswerStream begun = answer;
    switch (phase) {
      case WAITING -> {
        if (totalIsOver || times.waitedMillis(now) > timeouts.firstByte()) {
          giveUp(UpstreamFailures.FIRST_BYTE_TIMEOUT);
        } else if (times.waitedMillis(now) > timeouts.firstContent()) {
          giveUp(UpstreamFailures.FIRST_CONTENT_TIMEOUT);
        }
      }
      case HOLDING -> {
        if (begun != null) {
          tickHolding(begun, now, totalIsOver, timeouts);
        }
      }
      case FLOWING -> {
        if (begun != null) {
          tickFlowing(begun, now, totalIsOver, timeouts);
        }
      }
      case DRAINING -> {
        if (times.drainedMillis(now) > call.settings().drainLimit().millis()) {
          dropConnection();
          over(Ending.ABANDONED);
          owner.drained(this, false);
        }
      }
      case CONNECTING, OVER -> {}
    }
  }

  private void tickHolding(AnswerStream begun, long now, boolean totalIsOver, Timeouts timeouts) {
    if (totalIsOver || begun.quietMillis(now) > timeouts.stall()) {
      giveUp(UpstreamFailures.STALLED);
    } else if (!begun.hasContent() && times.waitedMillis(now) > timeouts.firstContent()) {
      giveUp(UpstreamFailures.FIRST_CONTENT_TIMEOUT);
    } else if (begun.mayBegin() && times.sinceHeadMillis(now) >= timeouts.hold()) {
      flow();
      begun.flush();
    }
  }

  private void tickFlowing(AnswerStream begun, long now, boolean totalIsOver, Timeouts timeouts) {
    if (totalIsOver || begun.quietMillis(now) > timeouts.stall()) {
      breakOff(
          call.client().isWritable() ? UpstreamFailures.STALLED : UpstreamFailures.CLIENT_STALLED);
    } else if (!begun.hasContent()
        && begun.isSuccess()
        && times.waitedMillis(now) > timeouts.firstContent()) {
      breakOff(UpstreamFailures.FIRST_CONTENT_TIMEOUT);
    } else {
      begun.keepAlive(now);
    }
  }

  private void giveUp(Failure failure) {
    dropConnection();
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
    dropConnection();
    over(failure.ending());
    owner.broke(this, failure);
  }

  /** Lets go of it: another attempt was faster, or its client has gone. */
  void abandon() {
    Runnable stop = stopConnecting;
    stopConnecting = null;
    AnswerStream begun = answer;
    if (phase == Phase.OVER) {
      return;
    }
    over(Ending.ABANDONED);
    if (stop != null) {
      stop.run();
    }
    dropConnection();
    if (begun != null) {
      begun.forget();
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
    reading(true);
  }

  /** Lets the provider go on, or keeps it from it. */
  void reading(boolean on) {
    UpstreamConnection from = connection;
    if (from != null) {
      from.reading(on);
    }
  }

  private void dropConnection() {
    UpstreamConnection from = connection;
    connection = null;
    if (from != null) {
      from.abort();
    }
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
