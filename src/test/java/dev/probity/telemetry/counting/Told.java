package dev.probity.telemetry.counting;

import dev.probity.kernel.Usage;
import dev.probity.pricing.Charge;
import dev.probity.pricing.ServiceTier;
import dev.probity.telemetry.AgentEvent;
import dev.probity.telemetry.EventKind;
import dev.probity.telemetry.Measure;
import dev.probity.telemetry.Reading;
import dev.probity.telemetry.Result;
import dev.probity.telemetry.SessionFacts;
import dev.probity.telemetry.Signal;
import dev.probity.telemetry.Temporality;
import java.util.List;

/** What agents say, in few words. */
final class Told {
  /** A full hour. */
  static final long START = 1_795_204_800_000L;

  static final long HOUR = 3_600_000;

  private Told() {}

  static SessionFacts facts(String session, String plan) {
    return new SessionFacts(
        "claude-code",
        session,
        "2.1",
        "",
        "",
        "",
        "",
        "team",
        "acme/shop",
        "main",
        "",
        plan,
        "",
        "");
  }

  static SessionFacts facts() {
    return facts("s1", SessionFacts.PLAN_API);
  }

  static AgentEvent event(Signal signal, EventKind kind, long atMillis, Result result) {
    return event(signal, kind, atMillis, result, AgentEvent.UNKNOWN, AgentEvent.UNKNOWN);
  }

  static AgentEvent event(
      Signal signal, EventKind kind, long atMillis, Result result, long claimed, long duration) {
    return new AgentEvent(
        0,
        atMillis,
        kind,
        "n",
        signal,
        "",
        Usage.NONE,
        Charge.NOTHING,
        claimed,
        duration,
        AgentEvent.UNKNOWN,
        "",
        "",
        "",
        "",
        "",
        result,
        "",
        0,
        List.of());
  }

  static AgentEvent call(Signal signal, long atMillis, String model, Usage usage, Charge charge) {
    return new AgentEvent(
        0,
        atMillis,
        EventKind.MODEL_CALL,
        "n",
        signal,
        model,
        usage,
        charge,
        AgentEvent.UNKNOWN,
        1,
        AgentEvent.UNKNOWN,
        "",
        "",
        "",
        "",
        "",
        Result.OK,
        "",
        0,
        List.of());
  }

  static AgentEvent call(Signal signal, long atMillis, long input, long output, long nanoUsd) {
    return call(
        signal,
        atMillis,
        "claude-opus-5-5",
        new Usage(input, 0, 0, 0, output, 0, 0),
        new Charge(nanoUsd, false, "v"));
  }

  static Reading delta(Measure measure, String model, long atMillis, long value) {
    return new Reading(
        0,
        0,
        measure,
        model,
        ServiceTier.STANDARD,
        Temporality.DELTA,
        atMillis - 1,
        atMillis,
        value);
  }

  static Reading cumulative(
      Measure measure, String model, long startMillis, long atMillis, long value) {
    return new Reading(
        0,
        measure.ordinal() * 1_000L + model.hashCode(),
        measure,
        model,
        ServiceTier.STANDARD,
        Temporality.CUMULATIVE,
        startMillis,
        atMillis,
        value);
  }
}
