package dev.probity.gateway;

import dev.probity.gateway.Gateway.Admission;
import dev.probity.gateway.Gateway.Admitted;
import dev.probity.gateway.Gateway.Refused;
import dev.probity.gateway.Settlement.UsageKnown;
import dev.probity.gateway.request.BodyEdit;
import dev.probity.gateway.request.RequestFacts;
import dev.probity.gateway.request.RequestReading;
import dev.probity.gateway.routing.Candidate;
import dev.probity.gateway.routing.Route;
import dev.probity.gateway.routing.Router;
import dev.probity.gateway.routing.Selection;
import dev.probity.gateway.routing.Traits;
import dev.probity.gateway.upstream.UpstreamConnection;
import dev.probity.gateway.upstream.UpstreamListener;
import dev.probity.kernel.Caller;
import dev.probity.kernel.ExchangeId;
import dev.probity.kernel.Refusal;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One model call while it runs: tries candidates until one answers, passes the answer on as it
 * comes, and settles exactly once, before the last bytes go out. Lives on one event loop.
 */
public final class ModelCall implements UpstreamListener, Lane.Timed {
  private enum Phase {
    /** The body is still coming. */
    READING,
    /** A connection to a candidate is being made. */
    CONNECTING,
    /** The request is sent; nothing has come back. */
    WAITING,
    /** The answer is coming. */
    ANSWERING,
    /** The client has gone; the rest of the answer is read for its usage. */
    DRAINING,
    OVER
  }

  private final Gateway gateway;
  private final Snapshot snapshot;
  private final Operation operation;
  private final String modelInPath;
  private final HttpRequest head;
  private final Lane lane;
  private final Client client;
  private final Settlement settlement;
  private final Admission admission;

  private Phase phase = Phase.READING;
  private CallBody body = CallBody.NONE;
  private @Nullable RequestFacts facts;
  private @Nullable Route route;
  private @Nullable Selection selection;
  private int attempts;
  private @Nullable Attempt attempt;
  private @Nullable Runnable stopConnecting;
  private @Nullable UpstreamConnection connection;
  private @Nullable ChannelFuture sent;
  private @Nullable AnswerStream answer;
  private long drainBytes;
  private long startedNanos;

  ModelCall(
      Gateway gateway,
      Snapshot snapshot,
      ExchangeId id,
      Operation operation,
      String modelInPath,
      HttpRequest head,
      Lane lane,
      Client client) {
    this.gateway = gateway;
    this.snapshot = snapshot;
    this.operation = operation;
    this.modelInPath = modelInPath;
    this.head = head;
    this.lane = lane;
    this.client = client;
    this.startedNanos = gateway.clock().nanos();
    this.admission = gateway.admit(head.headers(), head.uri());
    Caller caller = admission instanceof Admitted admitted ? admitted.caller() : Caller.NOBODY;
    this.settlement = new Settlement(gateway, snapshot, id, operation, caller, startedNanos);
    settlement.session(ClientHeaders.session(head.headers()));
  }

  /** Why the call is refused on sight of its head; empty if it is not. */
  public Optional<Refusal> refusedAtHead() {
    return admission instanceof Refused refused ? Optional.of(refused.refusal()) : Optional.empty();
  }

  /**
   * Serves the call.
   *
   * @param received the whole body; owned from here on
   * @param whenReleased runs once when the body's memory is free again
   */
  public void serve(ByteBuf received, Runnable whenReleased) {
    body = new CallBody(received, whenReleased);
    settlement.requestBytes(received.readableBytes());
    startedNanos = gateway.clock().nanos();
    settlement.received(startedNanos);
    switch (Gateway.read(operation, received, lane, snapshot)) {
      case RequestReading.Refused refused -> refuse(refused.refusal());
      case RequestFacts read -> route(read);
    }
  }

  private void route(RequestFacts read) {
    facts = read;
    String model = modelInPath.isEmpty() ? read.model() : modelInPath;
    boolean stream = read.stream() || operation == Operation.STREAM_GENERATE_CONTENT;
    settlement.asked(gateway.safeText().modelName(model), stream);
    settlement.session(read.sessionId());
    switch (gateway.route(snapshot, model, operation, ownProviderKey().isPresent())) {
      case Router.NotFound notFound -> refuse(notFound.refusal());
      case Router.Found found -> {
        route = found.route();
        settlement.routed(found.route());
        ClientHeaders.clean(head.headers());
        lane.watch(this);
        Selection choosing = gateway.select(found.route(), traits(read, found.route()));
        selection = choosing;
        settlement.trail().choosing(choosing);
        Optional<Refusal> closed = choosing.refusal();
        if (closed.isPresent()) {
          refuse(closed.get());
          return;
        }
        attempt(found.route(), choosing.next(gateway.clock().nanos()), false);
      }
    }
  }

  /** Refuses the call, in the caller's own format. */
  public void refuse(Refusal refusal) {
    if (phase == Phase.OVER) {
      return;
    }
    over();
    settlement.refused(refusal);
    answerError(refusal);
  }

  private void answerError(Refusal refusal) {
    DialectErrors errors = DialectErrors.of(operation.dialect());
    HttpResponse response = AnswerHeads.error(refusal, errors);
    AnswerHeads.mark(response.headers(), settlement.id(), settlement.trail().brief());
    client.whole(response, errors.body(refusal, settlement.id()));
  }

  private void attempt(Route through, int index, boolean fresh) {
    Candidate candidate = through.candidates().get(index);
    int number = ++attempts;
    phase = Phase.CONNECTING;
    attempt = new Attempt(candidate, index, fresh, gateway.clock());
    Runnable stop =
        lane.upstreams()
            .acquire(
                candidate.deployment().origin(),
                fresh,
                snapshot.settings().timeouts().connect(),
                snapshot.settings().timeouts().poolIdle(),
                this);
    if (number == attempts && phase == Phase.CONNECTING) {
      stopConnecting = stop;
    }
  }

  @Override
  public void connected(UpstreamConnection made) {
    stopConnecting = null;
    connection = made;
    phase = Phase.WAITING;
    Attempt running = running();
    running.connected(made.reused());
    Candidate candidate = running.candidate();
    HttpHeaders headers = head.headers();
    if (attempts > 1) {
      ClientHeaders.removeCredentials(headers);
    }
    sent =
        made.writeAndFlush(
            UpstreamRequest.of(operation, head, bodyFor(candidate), candidate, ownProviderKey()));
    settlement.sentTo(candidate);
  }

  private ByteBuf bodyFor(Candidate candidate) {
    RequestFacts read = facts;
    if (read == null) {
      throw new IllegalStateException("the request has not been read");
    }
    return BodyEdit.apply(
        body.bytes(), read, candidate.model(), Gateway.asksForUsage(read), lane.allocator());
  }

  private Optional<String> ownProviderKey() {
    return admission instanceof Admitted admitted ? admitted.providerKey() : Optional.empty();
  }

  @Override
  public void connectFailed(Throwable cause) {
    stopConnecting = null;
    attemptFailed(UpstreamFailures.connecting(cause));
  }

  @Override
  public void head(HttpResponse response) {
    Attempt running = running();
    running.answered(response.status().code());
    settlement.providerRequestId(ClientHeaders.requestId(response.headers()));
    if (phase == Phase.WAITING
        && UpstreamFailures.isRetryable(response.status().code())
        && hasNext()) {
      dropConnection();
      attemptFailed(UpstreamFailures.status(response.status().code()));
      return;
    }
    boolean strip = facts != null && Gateway.asksForUsage(facts);
    AnswerStream begun = new AnswerStream(operation, response, strip, client, lane);
    AnswerHeads.mark(
        response.headers(), settlement.id(), settlement.trail().brief(running.candidate()));
    settlement.answering(begun);
    answer = begun;
    if (phase == Phase.WAITING) {
      settlement.status(response.status().code());
      phase = Phase.ANSWERING;
    }
  }

  @Override
  public void body(ByteBuf piece) {
    AnswerStream begun = answer;
    if (begun == null) {
      piece.release();
      return;
    }
    if (phase == Phase.ANSWERING) {
      begun.accept(piece, gateway.clock().nanos());
      return;
    }
    drainBytes += piece.readableBytes();
    begun.drain(piece);
    if (drainBytes > snapshot.settings().drainLimit().bytes()) {
      dropConnection();
      over();
      settlement.cancelled(UsageKnown.IF_REPORTED_ELSE_ESTIMATED, true);
    }
  }

  @Override
  public void readComplete() {
    AnswerStream begun = answer;
    UpstreamConnection from = connection;
    if (phase != Phase.ANSWERING || begun == null || from == null || begun.isHeldBack()) {
      return;
    }
    // The client may take a stream's last event for the end: by then the exchange must be on
    // record.
    if (begun.isEventStream() && begun.reader().complete() && !settle(begun)) {
      return;
    }
    begun.flush();
    // From here on nobody else is tried, so nothing is sent again.
    body.release();
    if (!client.isWritable()) {
      from.reading(false);
    }
  }

  @Override
  public void end() {
    connection = null;
    AnswerStream begun = answer;
    if (begun == null) {
      return;
    }
    begun.reader().finish();
    if (phase == Phase.DRAINING) {
      over();
      settlement.cancelled(UsageKnown.IF_REPORTED_ELSE_ESTIMATED, true);
      return;
    }
    if (begun.isHollow()) {
      attemptFailed(UpstreamFailures.EMPTY);
      return;
    }
    if (begun.endsTooSoon()) {
      breakOff(UpstreamFailures.INCOMPLETE);
      return;
    }
    if (settle(begun)) {
      over();
      begun.end();
    }
  }

  /** Writes the exchange to the log; if that fails the answer must not look whole. */
  private boolean settle(AnswerStream begun) {
    if (settlement.completed(running())) {
      return true;
    }
    dropConnection();
    over();
    begun.breakOff();
    return false;
  }

  @Override
  public void broken(Throwable cause) {
    connection = null;
    AnswerStream begun = answer;
    Attempt running = running();
    if (phase == Phase.DRAINING) {
      over();
      settlement.cancelled(UsageKnown.IF_REPORTED_ELSE_ESTIMATED, true);
    } else if (begun == null && neverLeft() && running.reused() && !running.fresh()) {
      // The pooled connection had died unnoticed; nothing of the request had left yet.
      attempt(route(), running.index(), true);
    } else if (begun == null || !begun.hasBegun()) {
      answer = null;
      attemptFailed(UpstreamFailures.broken(cause, begun != null));
    } else {
      begun.reader().finish();
      if (begun.isWholeAllTheSame() && settle(begun)) {
        over();
        begun.end();
      } else {
        breakOff(UpstreamFailures.CUT);
      }
    }
  }

  private boolean neverLeft() {
    return sent != null && !sent.isSuccess();
  }

  /**
   * The answer had begun: the client is told in the stream, or by a body that visibly lacks its
   * end.
   */
  private void breakOff(UpstreamFailures.Failure failure) {
    AnswerStream begun = answer;
    dropConnection();
    over();
    boolean recorded = settlement.broken(running(), failure);
    if (begun != null && recorded) {
      begun.fail(DialectErrors.of(operation.dialect()), failure.refusal(), settlement.id());
    } else {
      client.breakOff();
    }
  }

  private void attemptFailed(UpstreamFailures.Failure failure) {
    Attempt running = running();
    settlement.attemptFailed(running, failure);
    answer = null;
    int next = hasNext() ? selection().next(gateway.clock().nanos()) : -1;
    if (next >= 0) {
      attempt(route(), next, false);
      return;
    }
    over();
    settlement.upstreamFailed(failure);
    answerError(failure.refusal());
  }

  /** A client's own provider key is for one provider: it is not carried on to another. */
  private boolean hasNext() {
    return ownProviderKey().isEmpty() && selection().hasNext(gateway.clock().nanos());
  }

  /** The client's connection is gone. */
  public void clientGone() {
    switch (phase) {
      case OVER -> {}
      case READING, CONNECTING -> {
        Runnable stop = stopConnecting;
        over();
        if (stop != null) {
          stop.run();
        }
        settlement.cancelled(UsageKnown.NOTHING, false);
      }
      case DRAINING -> {}
      case WAITING, ANSWERING -> leave();
    }
  }

  private void leave() {
    AnswerStream begun = answer;
    if (begun != null) {
      begun.forget();
    }
    if (settlement.isDone()) {
      dropConnection();
      over();
      return;
    }
    switch (snapshot.settings().clientGone()) {
      case DRAIN -> {
        phase = Phase.DRAINING;
        running().drainingSince(gateway.clock().nanos());
        if (connection != null) {
          connection.reading(true);
        }
      }
      case ABORT -> stop(UsageKnown.IF_REPORTED);
      case ESTIMATE -> stop(UsageKnown.IF_REPORTED_ELSE_ESTIMATED);
    }
  }

  private void stop(UsageKnown known) {
    dropConnection();
    over();
    settlement.cancelled(known, false);
  }

  /** The client's socket takes bytes again, or no more for now. */
  public void clientWritable(boolean writable) {
    if (writable && connection != null) {
      connection.reading(true);
    }
  }

  @Override
  public void tick(long nowNanos) {
    Attempt running = attempt;
    if (running == null) {
      return;
    }
    GatewaySettings settings = snapshot.settings();
    long totalMillis = (nowNanos - startedNanos) / 1_000_000;
    switch (phase) {
      case WAITING -> {
        if (running.waitedMillis(nowNanos) > settings.timeouts().firstByte()
            || totalMillis > settings.timeouts().total()) {
          dropConnection();
          attemptFailed(UpstreamFailures.FIRST_BYTE_TIMEOUT);
        }
      }
      case ANSWERING -> {
        AnswerStream begun = answer;
        if (begun != null
            && (begun.quietMillis(nowNanos) > settings.timeouts().stall()
                || totalMillis > settings.timeouts().total())) {
          stalled(begun);
        }
      }
      case DRAINING -> {
        if (running.drainedMillis(nowNanos) > settings.drainLimit().millis()) {
          stop(UsageKnown.IF_REPORTED_ELSE_ESTIMATED);
        }
      }
      case READING, CONNECTING, OVER -> {}
    }
  }

  private void stalled(AnswerStream begun) {
    if (begun.isHeldBack()) {
      dropConnection();
      attemptFailed(UpstreamFailures.STALLED);
    } else {
      breakOff(client.isWritable() ? UpstreamFailures.STALLED : UpstreamFailures.CLIENT_STALLED);
    }
  }

  private void dropConnection() {
    UpstreamConnection from = connection;
    connection = null;
    if (from != null) {
      from.abort();
    }
  }

  private void over() {
    phase = Phase.OVER;
    lane.unwatch(this);
    body.release();
  }

  private Attempt running() {
    Attempt running = attempt;
    if (running == null) {
      throw new IllegalStateException("no attempt is running");
    }
    return running;
  }

  private Traits traits(RequestFacts read, Route found) {
    return new Traits(
        admission instanceof Admitted admitted ? admitted.caller() : Caller.NOBODY,
        head.headers(),
        body.bytes().readableBytes(),
        read.stream(),
        ClientHeaders.session(head.headers()).or(read::sessionId),
        found.wantsPrefix() ? read.promptStart().hash(body.bytes()) : OptionalLong.empty(),
        read.previousResponse());
  }

  private Selection selection() {
    Selection made = selection;
    if (made == null) {
      throw new IllegalStateException("not routed yet");
    }
    return made;
  }

  private Route route() {
    Route found = route;
    if (found == null) {
      throw new IllegalStateException("not routed yet");
    }
    return found;
  }
}
