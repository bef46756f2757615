package dev.probity.gateway;

import dev.probity.gateway.routing.Candidate;
import dev.probity.gateway.routing.Route;
import dev.probity.gateway.routing.Trail;
import dev.probity.kernel.Caller;
import dev.probity.kernel.ExchangeId;
import dev.probity.kernel.Refusal;
import dev.probity.kernel.Usage;
import dev.probity.kernel.UsageSource;
import dev.probity.pricing.Charge;
import dev.probity.pricing.ServiceTier;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a call: gathers it while the call runs, and at its end makes the charge and
 * appends the exchange to the log, once, whatever happens afterwards.
 */
final class Settlement {
  private static final System.Logger LOG = System.getLogger(Settlement.class.getName());

  /** The status that is recorded for a client that left before there was one. */
  private static final int CLIENT_CLOSED = 499;

  /** For estimates: bytes of text a token. */
  private static final int BYTES_PER_TOKEN = 4;

  /** How much of an unfinished answer's usage goes on record. */
  enum UsageKnown {
    /** Nothing was sent, so nothing was used. */
    NOTHING,
    /** What the provider has said so far. */
    IF_REPORTED,
    /**
     * What the provider has said, if that is its final word; else counted from the bytes that
     * passed.
     */
    IF_REPORTED_ELSE_ESTIMATED
  }

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
  private Optional<String> providerRequestId = Optional.empty();
  private @Nullable Candidate candidate;
  private int status = CLIENT_CLOSED;
  private @Nullable AnswerStream answer;
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

  ExchangeId id() {
    return id;
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

  void sentTo(Candidate chosen) {
    candidate = chosen;
  }

  void providerRequestId(Optional<String> given) {
    providerRequestId = given.map(gateway.safeText()::requestId);
  }

  void answering(AnswerStream stream) {
    answer = stream;
  }

  /** The status that the client gets. */
  void status(int given) {
    status = given;
  }

  void attemptFailed(Attempt attempt, UpstreamFailures.Failure failure) {
    record(attempt, failure.word());
    trail.passedOn(
        attempt.candidate(),
        attempt.status() > 0 ? String.valueOf(attempt.status()) : failure.word());
    answer = null;
  }

  private void record(Attempt attempt, String error) {
    trail.attempted(
        attempt.candidate(),
        attempt.candidate().configuredModel().orElse(requestedModel),
        attempt.status(),
        error,
        attempt.reused(),
        attempt.connectMillis(),
        attempt.firstByteMillis(),
        attempt.totalMillis());
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
    AnswerStream whole = answer;
    String error = whole == null ? "" : whole.reader().error();
    record(attempt, error);
    if (status >= 400) {
      return append(
          Outcome.COMPLETED,
          error.isEmpty() ? "status_" + status : error,
          Usage.NONE,
          UsageSource.NONE);
    }
    Outcome outcome = error.isEmpty() ? Outcome.COMPLETED : Outcome.BROKEN;
    return append(outcome, error, UsageKnown.IF_REPORTED_ELSE_ESTIMATED, UsageSource.PROVIDER);
  }

  /** The answer broke off after it had begun. */
  boolean broken(Attempt attempt, UpstreamFailures.Failure failure) {
    if (done) {
      return true;
    }
    record(attempt, failure.word());
    return append(
        Outcome.BROKEN,
        failure.word(),
        UsageKnown.IF_REPORTED_ELSE_ESTIMATED,
        UsageSource.PROVIDER);
  }

  void upstreamFailed(UpstreamFailures.Failure failure) {
    status = failure.refusal().status();
    append(Outcome.UPSTREAM_FAILED, failure.word(), Usage.NONE, UsageSource.NONE);
  }

  void refused(Refusal refusal) {
    status = refusal.status();
    append(Outcome.REFUSED, refusal.code(), Usage.NONE, UsageSource.NONE);
  }

  /**
   * The client went away.
   *
   * @param drained the answer was read on after that
   */
  void cancelled(UsageKnown known, boolean drained) {
    if (known == UsageKnown.NOTHING) {
      append(Outcome.CANCELLED, "client_closed", Usage.NONE, UsageSource.NONE);
    } else {
      append(
          Outcome.CANCELLED,
          "client_closed",
          known,
          drained ? UsageSource.DRAINED : UsageSource.PROVIDER);
    }
  }

  private boolean append(Outcome outcome, String error, UsageKnown known, UsageSource reported) {
    AnswerStream seen = answer;
    if (seen != null && !seen.isSuccess()) {
      return append(outcome, error, Usage.NONE, UsageSource.NONE);
    }
    boolean isFinal = seen != null && seen.reader().usageIsFinal();
    Usage usage = seen == null ? Usage.NONE : seen.reader().usage();
    if (isFinal) {
      return append(outcome, error, usage, reported);
    }
    if (known == UsageKnown.IF_REPORTED || operation.isFree()) {
      return append(
          outcome,
          error,
          usage,
          usage.equals(Usage.NONE) ? UsageSource.NONE : UsageSource.PROVIDER);
    }
    return append(outcome, error, estimated(usage, seen), UsageSource.ESTIMATED);
  }

  /** The provider's partial word where there is one, and otherwise the bytes that passed. */
  private Usage estimated(Usage said, @Nullable AnswerStream seen) {
    long content = seen == null ? 0 : seen.reader().contentBytes();
    long output = Math.max(said.output(), tokens(content));
    return new Usage(
        said.input() > 0 ? said.uncachedInput() : tokens(requestBytes),
        said.cacheRead(),
        said.cacheWrite5m(),
        said.cacheWrite1h(),
        output - said.outputReasoning(),
        said.outputReasoning(),
        said.toolPrompt());
  }

  private static long tokens(long bytes) {
    return (bytes + BYTES_PER_TOKEN - 1) / BYTES_PER_TOKEN;
  }

  private boolean append(Outcome outcome, String error, Usage usage, UsageSource source) {
    if (done) {
      return true;
    }
    done = true;
    Candidate chosen = candidate;
    AnswerStream seen = answer;
    long now = gateway.clock().nanos();
    long firstContentNanos = seen == null ? 0 : seen.firstContentNanos();
    Charge charge = charge(chosen, usage, seen);
    trail.charged(charge.nanoUsd());
    Exchange exchange =
        new Exchange(
            id,
            caller.organization(),
            caller.key(),
            operation,
            requestedModel,
            chosen == null ? "" : chosen.configuredModel().orElse(requestedModel),
            chosen == null ? "" : chosen.deployment().provider().text(),
            chosen == null ? "" : chosen.deployment().name(),
            status,
            outcome,
            error,
            usage,
            source,
            charge,
            (now - startedNanos) / 1_000_000,
            firstContentNanos > 0
                ? OptionalLong.of((firstContentNanos - startedNanos) / 1_000_000)
                : OptionalLong.empty(),
            stream,
            requestBytes,
            seen == null ? 0 : seen.bytes(),
            session,
            providerRequestId,
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

  private Charge charge(@Nullable Candidate chosen, Usage usage, @Nullable AnswerStream seen) {
    if (chosen == null || operation.isFree() || usage.equals(Usage.NONE)) {
      return Charge.NOTHING;
    }
    ServiceTier tier = seen == null ? ServiceTier.STANDARD : seen.serviceTier();
    return snapshot
        .prices()
        .price(chosen.deployment().provider(), chosen.model(), id.startedAtMillis())
        .map(price -> price.charge(usage, tier))
        .orElse(Charge.UNPRICED);
  }
}
