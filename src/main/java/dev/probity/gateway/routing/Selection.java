package dev.probity.gateway.routing;

import dev.probity.gateway.routing.Health.Readiness;
import dev.probity.gateway.routing.Route.PassedOver;
import dev.probity.kernel.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One call's way through its route: who is tried first, and who after that. One event loop's.
 *
 * <p>Whose conditions do not hold is never tried. Of the rest, those are left out that are not well
 * (breaker, limits), unless nobody is: then the least bad is tried all the same. Of those that are
 * well the lowest priority decides, then where the prompt is likely to be cached, then the policy.
 */
public final class Selection {
  private final Route route;
  private final Traits traits;
  private final RoutingContext around;
  private long allowed;
  private final List<PassedOver> passedOver;
  private long tried;
  private @Nullable Stickiness sticky;
  private @Nullable Why why;

  /** Why the one was picked that may be taken now. */
  private Why picked = Why.ONLY_CANDIDATE;

  public Selection(Route route, Traits traits, RandomGenerator random) {
    this(route, traits, RoutingContext.of(random));
  }

  public Selection(Route route, Traits traits, RoutingContext around) {
    this.route = route;
    this.traits = traits;
    this.around = around;
    long open = route.all();
    List<PassedOver> unmet = new ArrayList<>(0);
    for (int i = 0; i < route.candidates().size(); i++) {
      Candidate candidate = route.candidates().get(i);
      String reason = candidate.when().isEmpty() ? "" : candidate.unmet(traits, around);
      if (!reason.isEmpty()) {
        open &= ~(1L << i);
        unmet.add(new PassedOver(candidate, reason));
      }
    }
    this.allowed = open;
    this.passedOver = unmet;
  }

  /** Why nobody may be tried: no route is open to this request. */
  public Optional<Refusal> refusal() {
    if (allowed != 0) {
      return Optional.empty();
    }
    StringBuilder who = new StringBuilder();
    for (PassedOver each : passedOver) {
      who.append(who.isEmpty() ? "" : ", ")
          .append(each.candidate().deployment().name())
          .append(": ")
          .append(each.reason());
    }
    return Optional.of(
        new Refusal(
            Refusal.Reason.NOT_FOUND,
            "no_open_route",
            "No route of this model is open to this request ("
                + who
                + "). The operator's conditions are under 'when:' in probity.yaml."));
  }

  /** Whether anybody is left to be tried in this round. */
  public boolean hasNext(long nowNanos) {
    long left = allowed & ~tried;
    return left != 0 && (tried == 0 || ready(left, nowNanos) != 0);
  }

  /**
   * Who is tried next: a place in {@link Route#candidates}; -1 if there is nobody. Counts as tried
   * from now on.
   */
  public int next(long nowNanos) {
    if (route.candidates().size() == 1) {
      return only(nowNanos);
    }
    if (sticky == null) {
      sticky = Stickiness.of(route, traits, around, nowNanos);
      notePassedOver(nowNanos);
    }
    long left = allowed & ~tried;
    while (left != 0) {
      int index = pick(left, nowNanos);
      if (index < 0) {
        break;
      }
      Health health = route.candidates().get(index).health();
      if (health.readiness(nowNanos) != Readiness.TRIAL || health.claimTrial(nowNanos)) {
        return take(index, nowNanos);
      }
      // Somebody else has just begun to try it.
      left &= ~(1L << index);
    }
    return tried == 0 && allowed != 0 ? leastBad(nowNanos) : -1;
  }

  private int only(long nowNanos) {
    if (allowed == 0 || tried != 0) {
      return -1;
    }
    tried = 1;
    Candidate candidate = route.candidates().getFirst();
    candidate.health().forceTrial(nowNanos);
    why = Why.ONLY_CANDIDATE;
    return 0;
  }

  private int pick(long left, long nowNanos) {
    if (tried == 0 && why == null && traits.previousResponse().isPresent()) {
      int maker = makerOf(traits.previousResponse().get(), left);
      if (maker >= 0) {
        route.candidates().get(maker).health().forceTrial(nowNanos);
        picked = Why.PREVIOUS_RESPONSE;
        return maker;
      }
    }
    long ready = ready(left, nowNanos);
    if (ready == 0) {
      return -1;
    }
    long group = route.lowestPriority(ready);
    int place = sticky().place(group, nowNanos);
    if (place >= 0) {
      picked = sticky().why();
      return place;
    }
    Choice choice = new Choice(route, traits, around, sticky());
    picked = why(group, choice);
    long better = group & ~sticky().avoided();
    return choice.pick(better == 0 ? group : better, nowNanos);
  }

  private Why why(long group, Choice choice) {
    if (Long.bitCount(allowed) == 1) {
      return Why.ONLY_CANDIDATE;
    }
    return Long.bitCount(group) == 1 ? Why.ONLY_READY : choice.why();
  }

  private int makerOf(String answer, long left) {
    Optional<String> deployment = around.affinity().deploymentOf(answer);
    for (int i = 0; deployment.isPresent() && i < route.candidates().size(); i++) {
      if ((left & 1L << i) != 0
          && route.candidates().get(i).deployment().name().equals(deployment.get())) {
        return i;
      }
    }
    return -1;
  }

  private int leastBad(long nowNanos) {
    int best = -1;
    long soonest = 0;
    for (long left = allowed; left != 0; left &= left - 1) {
      int index = Long.numberOfTrailingZeros(left);
      long ready = route.candidates().get(index).health().readyNanos(nowNanos);
      if (best < 0 || ready - soonest < 0) {
        best = index;
        soonest = ready;
      }
    }
    route.candidates().get(best).health().forceTrial(nowNanos);
    picked = Why.LEAST_BAD;
    return take(best, nowNanos);
  }

  private int take(int index, long nowNanos) {
    tried |= 1L << index;
    why = why == null ? picked : why;
    remember(index, nowNanos);
    return index;
  }

  /**
   * The one that was taken last can't be asked this at all, so it was not tried: it is left out of
   * every round, and gives back what it was to be tried for.
   */
  public void unfit(int index, long nowNanos) {
    allowed &= ~(1L << index);
    tried &= ~(1L << index);
    route.candidates().get(index).health().releaseTrial(nowNanos);
  }

  /**
   * A candidate is the one that serves: what belongs to this call goes there, too. Only of interest
   * where several are tried at once; otherwise it is the one that was taken last.
   */
  public void serving(int index, long nowNanos) {
    if (sticky != null) {
      remember(index, nowNanos);
    }
  }

  private void remember(int index, long nowNanos) {
    Optional<Affinity.Key> key = sticky().key();
    if (key.isPresent()) {
      String deployment = route.candidates().get(index).deployment().name();
      around.affinity().remember(key.get(), deployment, nowNanos);
    }
  }

  private long ready(long of, long nowNanos) {
    long ready = 0;
    for (long left = of; left != 0; left &= left - 1) {
      int index = Long.numberOfTrailingZeros(left);
      Readiness readiness = route.candidates().get(index).health().readiness(nowNanos);
      if (readiness == Readiness.READY || readiness == Readiness.TRIAL) {
        ready |= 1L << index;
      }
    }
    return ready;
  }

  private void notePassedOver(long nowNanos) {
    for (long left = allowed; left != 0; left &= left - 1) {
      Candidate candidate = route.candidates().get(Long.numberOfTrailingZeros(left));
      String reason = candidate.health().readiness(nowNanos).reason();
      if (!reason.isEmpty()) {
        passedOver.add(new PassedOver(candidate, reason));
      }
    }
  }

  /** Begins another round, in which everybody may be tried again. */
  public void again() {
    tried = 0;
  }

  Traits traits() {
    return traits;
  }

  Route route() {
    return route;
  }

  RoutingContext around() {
    return around;
  }

  /** Whose conditions do not hold, and who was not well when the first was chosen. */
  List<PassedOver> passedOver() {
    return passedOver;
  }

  /** Why the first was chosen; empty before that. */
  Optional<Why> why() {
    return Optional.ofNullable(why);
  }

  /** What is known of the call's prompt cache; empty if nobody looked. */
  Optional<Stickiness> stickiness() {
    return Optional.ofNullable(sticky);
  }

  private Stickiness sticky() {
    Stickiness looked = sticky;
    if (looked == null) {
      throw new IllegalStateException("nobody has been chosen yet");
    }
    return looked;
  }
}
