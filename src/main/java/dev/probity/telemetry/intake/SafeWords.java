package dev.probity.telemetry.intake;

import dev.probity.privacy.SafeText;
import dev.probity.telemetry.AgentEvent;
import dev.probity.telemetry.AgentEvent.Detail;
import dev.probity.telemetry.Reading;
import dev.probity.telemetry.SessionFacts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The last look at every name and id before it is kept. A dialect knows which attribute should hold
 * an id; an agent may have put a sentence or an address there all the same.
 */
final class SafeWords {
  private final SafeText safe;
  private @Nullable SessionFacts last;
  private @Nullable SessionFacts lastSafe;

  SafeWords(SafeText safe) {
    this.safe = safe;
  }

  /** Of records in a row most have the same facts, and get the same object again. */
  SessionFacts facts(SessionFacts facts) {
    SessionFacts known = lastSafe;
    if (known != null && facts == last) {
      return known;
    }
    SessionFacts looked =
        new SessionFacts(
            safe.identifier(facts.agent()),
            safe.passingId(facts.session()),
            safe.identifier(facts.clientVersion()),
            facts.email(),
            safe.passingId(facts.account()),
            safe.passingId(facts.install()),
            safe.passingId(facts.endUser()),
            safe.identifier(facts.team()),
            safe.identifier(facts.repository()),
            safe.identifier(facts.branch()),
            safe.identifier(facts.terminal()),
            facts.plan(),
            safe.identifier(facts.planName()),
            safe.identifier(facts.entrypoint()));
    SessionFacts result = looked.equals(facts) ? facts : looked;
    last = facts;
    lastSafe = result;
    return result;
  }

  AgentEvent event(AgentEvent event) {
    return new AgentEvent(
        event.fingerprint(),
        event.atMillis(),
        event.kind(),
        safe.identifier(event.name()),
        event.signal(),
        safe.identifier(event.model()),
        event.usage(),
        event.charge(),
        event.claimedNanoUsd(),
        event.durationMillis(),
        event.firstTokenMillis(),
        safe.identifier(event.tool()),
        safe.passingId(event.callId()),
        safe.passingId(event.requestId()),
        safe.passingId(event.agentId()),
        safe.passingId(event.parentAgentId()),
        event.result(),
        safe.identifier(event.error()),
        event.size(),
        details(event.details()));
  }

  Reading reading(Reading reading) {
    String model = model(reading.model());
    return model.equals(reading.model())
        ? reading
        : new Reading(
            reading.fingerprint(),
            reading.series(),
            reading.measure(),
            model,
            reading.tier(),
            reading.temporality(),
            reading.startMillis(),
            reading.atMillis(),
            reading.value());
  }

  String model(String model) {
    return safe.identifier(model);
  }

  private List<Detail> details(List<Detail> details) {
    for (Detail detail : details) {
      if (!safe.identifier(detail.value()).equals(detail.value())) {
        return details.stream()
            .map(each -> new Detail(each.name(), safe.identifier(each.value())))
            .toList();
      }
    }
    return details;
  }
}
