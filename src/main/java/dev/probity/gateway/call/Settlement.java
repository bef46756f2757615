package dev.probity.gateway.call;

import dev.probity.gateway.Exchange;
import dev.probity.gateway.Gateway;
import dev.probity.gateway.Operation;
import dev.probity.gateway.Outcome;
import dev.probity.gateway.Snapshot;
import dev.probity.gateway.call.Bill.UsageKnown;
import dev.probity.gateway.call.failure.Failure;
import dev.probity.gateway.routing.Candidate;
import dev.probity.gateway.routing.Route;
import dev.probity.gateway.routing.Trail;
import dev.probity.kernel.Caller;
import dev.probity.kernel.ExchangeId;
import dev.probity.kernel.OrganizationId;
import dev.probity.kernel.Refusal;
import dev.probity.kernel.UsageSource;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is remembered of a call: gathers it while the call runs, and at its end makes the charge and
 * appends the exchange to the log, once, whatever happens afterwards.
 */
final class Settlement {
  private static final System.Logger LOG = System.getLogger(Settlement.class.getName());

  /** The status that is recorded for a client that left before there was one. */
  private static final int CLIENT_CLOSED = 499;

  private final Gateway gateway;
  private final Snapshot snapshot;
  private final ExchangeId id;
  private final Operation operation;
  private final Caller caller;
  private final Trail trail = new Trail();

  private long startedNanos;
  private String requestedModel = "";
  private boolean stream;
  private long requestBytes;
  private Optional<String> session = Optional.empty();
  private int status = CLIENT_CLOSED;
  private Bill beside = Bill.NOTHING;
  private boolean done;

  Settlement(
      Gateway gateway,
      Snapshot snapshot,
      ExchangeId id,
      Operation operation,
      Caller caller,
      long startedNanos) {
    this.gateway = gateway;
    this.snapshot = snapshot;
    this.id = id;
    this.operation = operation;
    this.caller = caller;
    this.startedNanos = startedNanos;
  }

  OrganizationId organization() {
    return caller.organization();
  }

  Trail trail() {
    return trail;
  }

  boolean isDone() {
    return done;
  }

  void received(long nanos) {
    startedNanos = nanos;
  }

  void requestBytes(long bytes) {
    requestBytes = bytes;
  }

  /** The first session that anybody named counts. */
  void session(Optional<String> named) {
    if (session.isEmpty() && named.isPresent()) {
      session = Optional.of(gateway.safeText().sessionId(named.get()));
    }
  }

  void asked(String storableModel, boolean streamed) {
    requestedModel = storableModel;
    stream = streamed;
  }

  void routed(Route route) {
    trail.routed(route, requestedModel);
  }

  /** This attempt's answer goes to the client. */
  void answering(Attempt attempt, int given) {
    status = given;
    trail.degraded(attempt.passage().degraded());
    if (attempt.passage().isTranslation()) {
      gateway.metrics().translated(attempt.candidate().deployment().name());
    }
  }

  /** A candidate was not tried, as the call can't be made of it. */
  void passedOver(Candidate candidate, String word) {
    trail.attempted(
        candidate, candidate.configuredModel().orElse(requestedModel), 0, word, false, 0, 0, 0);
    trail.passedOn(candidate, word);
  }

  void attemptFailed(Attempt attempt, Failure failure) {
    record(attempt, failure.word());
    trail.passedOn(
        attempt.candidate(),
        attempt.status() >= 400 ? String.valueOf(attempt.status()) : failure.word());
    if (attempt.answer().filter(AnswerStream::hasContent).isPresent()) {
      addCostOf(attempt);
    }
  }

  /** Another attempt was faster. It was asked all the same, and may be charged for. */
  void lost(Attempt attempt) {
    record(attempt, "hedge_lost");
    trail.passedOn(attempt.candidate(), "slow");
    if (attempt.wasSent()) {
      addCostOf(attempt);
    }
  }

  private void addCostOf(Attempt attempt) {
    beside =
        beside.plus(bill(attempt, UsageKnown.IF_REPORTED_ELSE_ESTIMATED, UsageSource.PROVIDER));
  }

  private void record(Attempt attempt, String error) {
    trail.attempted(
        attempt.candidate(),
        attempt.candidate().configuredModel().orElse(requestedModel),
        attempt.status(),
        error,
        attempt.reused(),
        attempt.times().connectMillis(),
        attempt.times().firstByteMillis(),
        attempt.times().totalMillis(gateway.clock().nanos()));
  }

  /**
   * The provider's whole answer is here.
   *
   * @return whether it is on record (now or already)
   */
  boolean completed(Attempt attempt) {
    if (done) {
      return true;
    }
    String error = attempt.answer().map(whole -> whole.reader().error()).orElse("");
    record(attempt, error);
    String made = attempt.answer().map(whole -> whole.reader().answerId()).orElse("");
    if (status < 400 && !made.isEmpty()) {
      gateway.homes().made(caller.organization(), made, attempt.candidate().deployment().name());
    }
    if (status >= 400) {
      return append(
          attempt, Outcome.COMPLETED, error.isEmpty() ? "status_" + status : error, Bill.NOTHING);
    }
    return append(
        attempt,
        error.isEmpty() ? Outcome.COMPLETED : Outcome.BROKEN,
        error,
        bill(attempt, UsageKnown.IF_REPORTED_ELSE_ESTIMATED, UsageSource.PROVIDER));
  }

  /** The answer broke off after it had begun. */
  boolean broken(Attempt attempt, Failure failure) {
    if (done) {
      return true;
    }
    record(attempt, failure.word());
    return append(
        attempt,
        Outcome.BROKEN,
        failure.word(),
        bill(attempt, UsageKnown.IF_REPORTED_ELSE_ESTIMATED, UsageSource.PROVIDER));
  }

  /** The provider's error goes to the client in other words. */
  void refusedByProvider(Attempt attempt, Failure failure) {
    record(attempt, failure.word());
    trail.passedOn(
        attempt.candidate(),
        attempt.status() >= 400 ? String.valueOf(attempt.status()) : failure.word());
    status = failure.refusal().status();
    boolean said = attempt.status() == status;
    append(
        attempt, said ? Outcome.COMPLETED : Outcome.UPSTREAM_FAILED, failure.word(), Bill.NOTHING);
  }

  /**
   * @param last the attempt that failed last, if any was made
   */
  void upstreamFailed(Optional<Attempt> last, Failure failure) {
    status = failure.refusal().status();
    append(last.filter(Attempt::wasSent), Outcome.UPSTREAM_FAILED, failure.word(), Bill.NOTHING);
  }

  /** No provider was asked, as none was needed. */
  void answeredByUs() {
    status = 200;
    append(Optional.empty(), Outcome.COMPLETED, "", Bill.NOTHING);
  }

  void refused(Refusal refusal) {
    status = refusal.status();
    append(Optional.empty(), Outcome.REFUSED, refusal.code(), Bill.NOTHING);
  }

  /**
   * The client went away.
   *
   * @param attempt the one that served it, or would have; empty if no provider was asked
   * @param drained its answer was read on after that
   */
  void cancelled(Optional<Attempt> attempt, UsageKnown known, boolean drained) {
    attempt.ifPresent(asked -> record(asked, "client_closed"));
    Bill bill =
        attempt
            .map(asked -> bill(asked, known, drained ? UsageSource.DRAINED : UsageSource.PROVIDER))
            .orElse(Bill.NOTHING);
    append(attempt, Outcome.CANCELLED, "client_closed", bill);
  }

  private Bill bill(Attempt attempt, UsageKnown known, UsageSource reported) {
    return Bill.of(attempt, known, reported, requestBytes, snapshot.prices(), id.startedAtMillis());
  }

  private boolean append(Attempt attempt, Outcome outcome, String error, Bill bill) {
    return append(Optional.of(attempt), outcome, error, bill);
  }

  private boolean append(Optional<Attempt> attempt, Outcome outcome, String error, Bill bill) {
    if (done) {
      return true;
    }
    done = true;
    Optional<AnswerStream> seen = attempt.flatMap(Attempt::answer);
    Optional<Candidate> chosen = attempt.map(Attempt::candidate);
    trail.charged(bill.charge().nanoUsd());
    Bill all = bill.plus(beside);
    long now = gateway.clock().nanos();
    long firstContentNanos = seen.map(AnswerStream::firstContentNanos).orElse(0L);
    Exchange exchange =
        new Exchange(
            id,
            caller.organization(),
            caller.key(),
            operation,
            requestedModel,
            chosen.map(made -> made.configuredModel().orElse(requestedModel)).orElse(""),
            chosen.map(made -> made.deployment().provider().text()).orElse(""),
            chosen.map(made -> made.deployment().name()).orElse(""),
            status,
            outcome,
            error,
            all.usage(),
            all.source(),
            all.charge(),
            (now - startedNanos) / 1_000_000,
            firstContentNanos > 0
                ? OptionalLong.of((firstContentNanos - startedNanos) / 1_000_000)
                : OptionalLong.empty(),
            stream,
            requestBytes,
            seen.map(AnswerStream::bytes).orElse(0L),
            session,
            attempt.flatMap(Attempt::providerRequestId).map(gateway.safeText()::requestId),
            trail.stored());
    gateway.metrics().ended(exchange);
    return write(exchange);
  }

  private boolean write(Exchange exchange) {
    if (caller == Caller.NOBODY && !gateway.metrics().mayLogStranger()) {
      return true;
    }
    try {
      gateway.log().append(exchange);
      return true;
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "exchange " + id + " could not be written to the journal", e);
      return false;
    }
  }
}
