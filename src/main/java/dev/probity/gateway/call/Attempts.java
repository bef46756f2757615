package dev.probity.gateway.call;

import dev.probity.gateway.call.failure.Failure;
import dev.probity.gateway.call.failure.Failure.Help;
import dev.probity.gateway.neutral.Untranslatable;
import dev.probity.gateway.routing.Candidate;
import dev.probity.gateway.routing.Route;
import dev.probity.gateway.routing.Selection;
import dev.probity.kernel.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A call's attempts: one candidate after another until one has content; two at once where the first
 * takes long (hedging); and all of them again, after a wait, where that may help.
 */
final class Attempts implements AttemptOwner {
  private final ModelCall call;
  private final Route route;
  private final Selection selection;
  private final Passages passages;
  private final Retries retries;
  private final boolean ownKey;
  private final OptionalLong hedgeAfterMillis;
  private final List<Attempt> running = new ArrayList<>(1);

  private int made;
  private long begunNanos;
  private boolean hedged;
  private boolean waiting;
  private long resumeNanos;
  private @Nullable Attempt leading;
  private @Nullable Attempt last;
  private @Nullable Failure lastFailure;
  private @Nullable Refusal untranslatable;

  Attempts(ModelCall call, Route route, Selection selection, Passages passages) {
    this.call = call;
    this.route = route;
    this.selection = selection;
    this.passages = passages;
    this.retries = new Retries(call.settings().retries(), call.random());
    this.ownKey = call.ownProviderKey().isPresent();
    this.hedgeAfterMillis = ownKey ? OptionalLong.empty() : route.hedgeAfterMillis();
  }

  /** The attempt that serves the client, or will if nothing happens; empty before the first. */
  Optional<Attempt> leading() {
    Attempt first = running.isEmpty() ? null : running.getFirst();
    return Optional.ofNullable(leading != null ? leading : first);
  }

  void begin() {
    begunNanos = call.lane().nanos();
    if (!startNext()) {
      giveUp();
    }
  }

  /** Tries the next candidate that the call can be made of; false if there is none. */
  private boolean startNext() {
    long now = call.lane().nanos();
    while (selection.hasNext(now)) {
      int index = selection.next(now);
      if (index < 0) {
        return false;
      }
      Candidate candidate = route.candidates().get(index);
      try {
        Attempt attempt = new Attempt(call, this, candidate, passages.through(candidate));
        made++;
        running.add(attempt);
        attempt.start();
        return true;
      } catch (Untranslatable e) {
        untranslatable = e.refusal();
        selection.unfit(index, now);
        call.settlement().passedOver(candidate, e.refusal().code());
      }
    }
    return false;
  }

  private void giveUp() {
    Failure failure = lastFailure;
    Refusal refusal = untranslatable;
    if (failure != null) {
      call.failed(Optional.ofNullable(last), failure);
    } else if (refusal != null) {
      call.refuse(refusal);
    } else {
      throw new IllegalStateException("a route without candidates");
    }
  }

  @Override
  public boolean hasOthers(Attempt attempt) {
    return !ownKey && (running.size() > 1 || selection.hasNext(call.lane().nanos()));
  }

  @Override
  public boolean mayGoOn(Attempt attempt, Failure failure) {
    return failure.help() != Help.NOTHING
        && (hasOthers(attempt) || !ownKey && retries.wouldFollow(failure, made));
  }

  @Override
  public void failed(Attempt attempt, Failure failure) {
    running.remove(attempt);
    if (leading == attempt) {
      leading = null;
    }
    last = attempt;
    lastFailure = failure;
    retries.failed(failure);
    call.settlement().attemptFailed(attempt, failure);
    if (!running.isEmpty()) {
      return;
    }
    if (ownKey || failure.help() == Help.NOTHING || call.isTotalOver()) {
      giveUp();
    } else if (startNext()) {
      call.metrics().failedOver(attempt.candidate().deployment().name());
    } else {
      waitForNextRound(failure);
    }
  }

  private void waitForNextRound(Failure failure) {
    OptionalLong wait = retries.next(made);
    if (wait.isEmpty()) {
      giveUp();
      return;
    }
    call.settlement()
        .trail()
        .waited(wait.getAsLong(), failure.waitMillis().isPresent() ? "retry_after" : "backoff");
    selection.again();
    waiting = true;
    resumeNanos = call.lane().nanos() + wait.getAsLong() * 1_000_000;
  }

  void tick(long now) {
    if (waiting) {
      if (call.isTotalOver()) {
        waiting = false;
        giveUp();
      } else if (now - resumeNanos >= 0) {
        waiting = false;
        call.metrics().retried(route.candidates().getFirst().deployment().name());
        if (!startNext()) {
          giveUp();
        }
      }
      return;
    }
    boolean totalIsOver = call.isTotalOver();
    for (int i = running.size() - 1; i >= 0; i--) {
      if (i < running.size()) {
        running.get(i).tick(now, totalIsOver);
      }
    }
    hedge(now);
  }

  /** One more attempt beside one that takes long. */
  private void hedge(long now) {
    if (hedgeAfterMillis.isPresent()
        && !hedged
        && leading == null
        && running.size() == 1
        && (now - begunNanos) / 1_000_000 >= hedgeAfterMillis.getAsLong()
        && selection.hasNext(now)) {
      hedged = true;
      Candidate slow = running.getFirst().candidate();
      if (startNext()) {
        call.metrics().hedged(slow.deployment().name());
        Candidate second = running.isEmpty() ? slow : running.getLast().candidate();
        call.settlement().trail().hedged(second, (now - begunNanos) / 1_000_000);
      }
    }
  }

  @Override
  public void leads(Attempt attempt) {
    if (leading == attempt) {
      return;
    }
    leading = attempt;
    if (running.size() > 1) {
      selection.serving(route.candidates().indexOf(attempt.candidate()), call.lane().nanos());
      loseAllBut(attempt);
    }
  }

  private void loseAllBut(Attempt kept) {
    for (Attempt each : List.copyOf(running)) {
      if (each != kept) {
        running.remove(each);
        each.abandon();
        call.settlement().lost(each);
      }
    }
  }

  @Override
  public boolean settle(Attempt attempt) {
    rememberMaker(attempt);
    return call.settlement().completed(attempt);
  }

  /** A request that goes on from this answer must go to the deployment that has it. */
  private void rememberMaker(Attempt attempt) {
    String id = attempt.answer().map(made -> made.reader().answerId()).orElse("");
    if (!id.isEmpty() && route.candidates().size() > 1 && !attempt.passage().isTranslation()) {
      call.affinity().remember(id, attempt.candidate().deployment().name());
    }
  }

  @Override
  public void refuses(Attempt attempt, Failure failure) {
    leads(attempt);
    call.refusedByProvider(attempt, failure);
  }

  @Override
  public void broke(Attempt attempt, Failure failure) {
    call.broke(attempt, failure);
  }

  @Override
  public void drained(Attempt attempt, boolean wholly) {
    call.drained(attempt, wholly);
  }

  @Override
  public void ended(Attempt attempt) {
    call.over();
  }

  /**
   * The client has gone.
   *
   * @return the attempt that may go on for its usage; empty if no provider was asked
   */
  Optional<Attempt> leave() {
    waiting = false;
    Attempt kept = leading;
    for (Attempt each : running) {
      kept = kept == null && each.wasSent() ? each : kept;
    }
    if (kept != null) {
      loseAllBut(kept);
      return Optional.of(kept);
    }
    for (Attempt each : List.copyOf(running)) {
      each.abandon();
    }
    running.clear();
    return Optional.empty();
  }

  void reading(boolean on) {
    Attempt first = leading;
    if (first != null) {
      first.reading(on);
    }
  }
}
