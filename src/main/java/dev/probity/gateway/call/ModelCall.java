package dev.probity.gateway.call;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.probity.gateway.Client;
import dev.probity.gateway.ClientHeaders;
import dev.probity.gateway.DialectErrors;
import dev.probity.gateway.Gateway;
import dev.probity.gateway.Gateway.Admission;
import dev.probity.gateway.Gateway.Admitted;
import dev.probity.gateway.Gateway.Refused;
import dev.probity.gateway.GatewayMetrics;
import dev.probity.gateway.GatewaySettings;
import dev.probity.gateway.Lane;
import dev.probity.gateway.Operation;
import dev.probity.gateway.Snapshot;
import dev.probity.gateway.call.Bill.UsageKnown;
import dev.probity.gateway.call.failure.Failure;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.Untranslatable;
import dev.probity.gateway.passthrough.PassThroughReader;
import dev.probity.gateway.request.RequestFacts;
import dev.probity.gateway.request.RequestReading;
import dev.probity.gateway.routing.Affinity;
import dev.probity.gateway.routing.Route;
import dev.probity.gateway.routing.Router;
import dev.probity.gateway.routing.Selection;
import dev.probity.gateway.routing.Traits;
import dev.probity.gateway.translate.ForeignProofs;
import dev.probity.gateway.translate.Translators;
import dev.probity.kernel.Caller;
import dev.probity.kernel.ExchangeId;
import dev.probity.kernel.Refusal;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One model call while it runs, from the client's side: reads it, lets {@link Attempts} find who
 * answers, and settles exactly once, before the last bytes go out. Lives on one event loop.
 */
public final class ModelCall implements Lane.Timed {
  private final Gateway gateway;
  private final Snapshot snapshot;
  private final ExchangeId id;
  private final Operation operation;
  private final String modelInPath;
  private final String idInPath;
  private final HttpRequest head;
  private final Lane lane;
  private final Client client;
  private final Settlement settlement;
  private final Admission admission;

  private CallBody body = CallBody.NONE;
  private @Nullable RequestFacts facts;
  private @Nullable Attempts attempts;
  private @Nullable OwnBytes ownBytes;
  private boolean sentBefore;
  private boolean left;
  private boolean over;
  private long startedNanos;

  public ModelCall(
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
    this.id = id;
    this.operation = operation;
    this.modelInPath = operation.isPassThrough() && operation.isFree() ? "" : modelInPath;
    this.idInPath = operation.isPassThrough() && operation.isFree() ? modelInPath : "";
    this.head = head;
    this.lane = lane;
    this.client = client;
    this.startedNanos = lane.nanos();
    this.admission = gateway.admit(head.headers(), head.uri());
    Caller caller = admission instanceof Admitted admitted ? admitted.caller() : Caller.NOBODY;
    this.settlement = new Settlement(gateway, snapshot, id, operation, caller, startedNanos);
    settlement.session(ClientHeaders.session(head.headers()));
  }

  /** Who calls; nobody if the call is refused on sight of its head. */
  public Caller caller() {
    return admission instanceof Admitted admitted ? admitted.caller() : Caller.NOBODY;
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
    startedNanos = lane.nanos();
    settlement.received(startedNanos);
    RequestReading reading =
        operation.isPassThrough()
            ? PassThroughReader.read(
                head.headers().get(HttpHeaderNames.CONTENT_TYPE, ""),
                received,
                settings().limits().jsonDepth())
            : Gateway.read(operation, received, lane, snapshot);
    switch (reading) {
      case RequestReading.Refused refused -> refuse(refused.refusal());
      case RequestFacts read -> route(read);
    }
  }

  private void route(RequestFacts read) {
    facts = read;
    settlement.asked(gateway.safeText().modelName(model()), isStream());
    settlement.session(read.sessionId());
    switch (resolve()) {
      case Router.NotFound notFound -> refuse(notFound.refusal());
      case Router.NotCounted _ -> estimateTokens();
      case Router.Found found -> {
        settlement.routed(found.route());
        boolean strict =
            settings().strictTranslation() || ClientHeaders.wantsExactness(head.headers());
        ClientHeaders.clean(head.headers());
        lane.watch(this);
        begin(found.route(), read, strict);
      }
    }
  }

  private Router.Resolution resolve() {
    boolean own = ownProviderKey().isPresent();
    return operation.isPassThrough() && model().isEmpty()
        ? gateway.deployment(snapshot, operation, settlement.organization(), head, idInPath, own)
        : gateway.route(snapshot, model(), operation, own);
  }

  private void begin(Route route, RequestFacts read, boolean strict) {
    Selection selection = gateway.select(route, traits(read, route));
    settlement.trail().choosing(selection);
    Optional<Refusal> closed = selection.refusal();
    if (closed.isPresent()) {
      refuse(closed.get());
      return;
    }
    Attempts begun = new Attempts(this, route, selection, new Passages(this, strict));
    attempts = begun;
    begun.begin();
  }

  /** Counts tokens for a model whose providers can't. */
  private void estimateTokens() {
    try {
      ByteBuf count = EstimatedCount.of(asked(), lane.allocator());
      HttpResponse response = EstimatedCount.head();
      AnswerHeads.mark(response.headers(), id, settlement.trail().brief());
      AnswerHeads.degraded(response.headers(), EstimatedCount.DEGRADED);
      over();
      settlement.answeredByUs();
      client.whole(response, count);
    } catch (Untranslatable e) {
      refuse(e.refusal());
    }
  }

  /** What is to be translated. */
  Translators.Asked asked() {
    return new Translators.Asked(
        id,
        operation,
        body.json(),
        RawText.of(model()),
        isStream(),
        wallMillis() / 1000,
        gateway.sealing(settlement.organization()));
  }

  private Traits traits(RequestFacts read, Route route) {
    return new Traits(
        admission instanceof Admitted admitted ? admitted.caller() : Caller.NOBODY,
        head.headers(),
        body.bytes().readableBytes(),
        isStream(),
        ClientHeaders.session(head.headers()).or(read::sessionId),
        route.wantsPrefix() ? read.promptStart().hash(body.bytes()) : OptionalLong.empty(),
        read.previousResponse());
  }

  /** Refuses the call, in the caller's own format. */
  public void refuse(Refusal refusal) {
    if (!over) {
      over();
      settlement.refused(refusal);
      answerError(refusal, OptionalLong.empty());
    }
  }

  private void answerError(Refusal refusal, OptionalLong waitMillis) {
    DialectErrors errors = DialectErrors.of(operation.dialect());
    HttpResponse response = AnswerHeads.error(refusal, errors);
    AnswerHeads.mark(response.headers(), id, settlement.trail().brief());
    AnswerHeads.retryAfter(response.headers(), waitMillis);
    client.whole(response, errors.body(refusal, id));
  }

  /** Nobody could serve it. */
  void failed(Optional<Attempt> last, Failure failure) {
    over();
    settlement.upstreamFailed(last, failure);
    answerError(failure.refusal(), failure.waitMillis());
  }

  /** A provider's error, in the client's format. */
  void refusedByProvider(Attempt attempt, Failure failure) {
    over();
    settlement.refusedByProvider(attempt, failure);
    answerError(failure.refusal(), failure.waitMillis());
  }

  /** From here on the client gets this attempt's answer, and nothing is sent again. */
  void answering(Attempt attempt) {
    attempt
        .answer()
        .ifPresent(answer -> {
          settlement.answering(attempt, answer.status());
          answer
              .head()
              .ifPresent(unsent -> {
                AnswerHeads.mark(
                    unsent.headers(), id, settlement.trail().brief(attempt.candidate()));
                AnswerHeads.degraded(unsent.headers(), attempt.passage().degraded());
              });
        });
    body.release();
  }

  void broke(Attempt attempt, Failure failure) {
    over();
    boolean recorded = settlement.broken(attempt, failure);
    Optional<AnswerStream> begun = attempt.answer();
    if (recorded && begun.isPresent()) {
      begun.get().fail(DialectErrors.of(operation.dialect()), failure.refusal(), id);
    } else {
      begun.ifPresent(AnswerStream::forget);
      client.breakOff();
    }
  }

  void drained(Attempt attempt, boolean wholly) {
    over();
    settlement.cancelled(Optional.of(attempt), UsageKnown.IF_REPORTED_ELSE_ESTIMATED, wholly);
  }

  /** The client's connection is gone. */
  public void clientGone() {
    Attempts begun = attempts;
    if (over || left) {
      return;
    }
    left = true;
    Optional<Attempt> kept = begun == null ? Optional.empty() : begun.leave();
    if (kept.isEmpty()) {
      over();
      settlement.cancelled(Optional.empty(), UsageKnown.NOTHING, false);
    } else {
      leave(kept.get());
    }
  }

  private void leave(Attempt attempt) {
    if (settlement.isDone()) {
      attempt.abandon();
      over();
      return;
    }
    switch (settings().clientGone()) {
      case DRAIN -> attempt.drain();
      case ABORT -> stop(attempt, UsageKnown.IF_REPORTED);
      case ESTIMATE -> stop(attempt, UsageKnown.IF_REPORTED_ELSE_ESTIMATED);
    }
  }

  private void stop(Attempt attempt, UsageKnown known) {
    attempt.abandon();
    over();
    settlement.cancelled(Optional.of(attempt), known, false);
  }

  /** The client's socket takes bytes again, or no more for now. */
  public void clientWritable(boolean writable) {
    Attempts begun = attempts;
    if (writable && begun != null) {
      begun.reading(true);
    }
  }

  @Override
  public void tick(long nowNanos) {
    Attempts begun = attempts;
    if (begun != null && !over) {
      begun.tick(nowNanos);
    }
  }

  /** The call is over; nothing is watched or kept any longer. */
  void over() {
    over = true;
    lane.unwatch(this);
    body.close();
  }

  boolean isTotalOver() {
    return (lane.nanos() - startedNanos) / 1_000_000 > settings().timeouts().total();
  }

  /** Whether the headers were sent before; asked once for each sending. */
  boolean isSentAgain() {
    boolean before = sentBefore;
    sentBefore = true;
    return before;
  }

  ExchangeId id() {
    return id;
  }

  /** The path without a vendor's prefix. */
  String path() {
    String uri = head.uri();
    int query = uri.indexOf('?');
    return query < 0 ? uri : uri.substring(0, query);
  }

  Operation operation() {
    return operation;
  }

  HttpRequest head() {
    return head;
  }

  Lane lane() {
    return lane;
  }

  Client client() {
    return client;
  }

  CallBody body() {
    return body;
  }

  Settlement settlement() {
    return settlement;
  }

  GatewaySettings settings() {
    return snapshot.settings();
  }

  GatewayMetrics metrics() {
    return gateway.metrics();
  }

  Affinity affinity() {
    return snapshot.router().health().affinity();
  }

  RandomGenerator random() {
    return gateway.random();
  }

  long wallMillis() {
    return gateway.clock().millis();
  }

  RequestFacts facts() {
    RequestFacts read = facts;
    if (read == null) {
      throw new IllegalStateException("the request has not been read");
    }
    return read;
  }

  /** The client's own bytes, as its own vendor takes them. */
  OwnBytes ownBytes() {
    OwnBytes found = ownBytes;
    if (found == null) {
      found = ForeignProofs.isIn(body.bytes()) ? withoutForeignProofs() : asTheyCame();
      ownBytes = found;
    }
    return found;
  }

  private OwnBytes asTheyCame() {
    return new OwnBytes(body.bytes(), facts());
  }

  private OwnBytes withoutForeignProofs() {
    RawJson rest = ForeignProofs.without(operation.dialect(), body.json());
    ByteBuf bytes = Unpooled.wrappedBuffer(rest.toString().getBytes(UTF_8));
    return Gateway.read(operation, bytes, lane, snapshot) instanceof RequestFacts read
        ? new OwnBytes(bytes, read)
        : asTheyCame();
  }

  /** What is sent where the client's dialect is spoken, and what was read off it. */
  record OwnBytes(ByteBuf bytes, RequestFacts facts) {}

  /** As the client called it. */
  String model() {
    return modelInPath.isEmpty() ? facts().model() : modelInPath;
  }

  /** Whether the client wants a stream of events. */
  boolean isStream() {
    return facts().stream() || operation == Operation.STREAM_GENERATE_CONTENT;
  }

  /** A client's own provider key is for one provider: it is not carried on to another. */
  Optional<String> ownProviderKey() {
    return admission instanceof Admitted admitted ? admitted.providerKey() : Optional.empty();
  }
}
