package dev.probity.storage.telemetry;

import dev.probity.kernel.KeyId;
import dev.probity.kernel.OrganizationId;
import dev.probity.kernel.Usage;
import dev.probity.pricing.Charge;
import dev.probity.pricing.Provider;
import dev.probity.pricing.ServiceTier;
import dev.probity.telemetry.AgentEvent;
import dev.probity.telemetry.CapturedText;
import dev.probity.telemetry.EventKind;
import dev.probity.telemetry.Measure;
import dev.probity.telemetry.Notes;
import dev.probity.telemetry.Place;
import dev.probity.telemetry.Reading;
import dev.probity.telemetry.Report;
import dev.probity.telemetry.Result;
import dev.probity.telemetry.SessionFacts;
import dev.probity.telemetry.SessionReport;
import dev.probity.telemetry.Signal;
import dev.probity.telemetry.Temporality;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Makes reports, from a seed. */
final class Reports {
  static final Place BERLIN = new Place("DE", "Berlin", 525, 134);
  static final KeyId KEY = new KeyId("k1");

  private final Random random;

  Reports(long seed) {
    random = new Random(seed);
  }

  /** A model call that used a hundred tokens and cost a thousand nano-USD. */
  AgentEvent call(long atMillis, String model) {
    return event(atMillis, EventKind.MODEL_CALL, model, new Usage(60, 0, 0, 0, 40, 0, 0), 1_000);
  }

  AgentEvent prompt(long atMillis) {
    return event(atMillis, EventKind.PROMPT, "", Usage.NONE, 0);
  }

  private AgentEvent event(long atMillis, EventKind kind, String model, Usage usage, long nanoUsd) {
    return new AgentEvent(
        random.nextLong(),
        atMillis,
        kind,
        kind.name(),
        Signal.LOG,
        model,
        usage,
        new Charge(nanoUsd, false, "test"),
        AgentEvent.UNKNOWN,
        AgentEvent.UNKNOWN,
        AgentEvent.UNKNOWN,
        "",
        "",
        "",
        "",
        "",
        Result.UNKNOWN,
        "",
        AgentEvent.UNKNOWN,
        List.of());
  }

  /** A counter's new value. */
  Reading lines(long atMillis, long series, Temporality temporality, long value) {
    return new Reading(
        random.nextLong(),
        series,
        Measure.LINES_ADDED,
        "",
        ServiceTier.STANDARD,
        temporality,
        1_000,
        atMillis,
        value);
  }

  /** What a counter of input tokens rose by. */
  Reading input(long atMillis, long value) {
    return new Reading(
        random.nextLong(),
        1,
        Measure.INPUT,
        "m",
        ServiceTier.STANDARD,
        Temporality.DELTA,
        1_000,
        atMillis,
        value);
  }

  static SessionFacts facts(String session) {
    return facts("claude-code", session, "acme/shop", "install-1");
  }

  static SessionFacts facts(String agent, String session, String repository, String install) {
    return new SessionFacts(
        agent,
        session,
        "2.1.0",
        "",
        "",
        install,
        "",
        "team",
        repository,
        "main",
        "vscode",
        "api",
        "",
        "cli");
  }

  static SessionReport session(SessionFacts facts, List<AgentEvent> events) {
    return new SessionReport(facts, Provider.ANTHROPIC, events, List.of(), List.of());
  }

  static SessionReport session(
      SessionFacts facts, List<AgentEvent> events, List<Reading> readings) {
    return new SessionReport(facts, Provider.ANTHROPIC, events, readings, List.of());
  }

  static SessionReport withTexts(SessionReport session, String text) {
    List<CapturedText> texts =
        session.events().stream()
            .map(event -> new CapturedText(event.fingerprint(), event.atMillis(), "prompt", text))
            .toList();
    return new SessionReport(
        session.facts(), session.provider(), session.events(), session.readings(), texts);
  }

  static Report report(SessionReport... sessions) {
    return report(OrganizationId.FIRST, Optional.empty(), List.of(sessions));
  }

  static Report report(
      OrganizationId organization, Optional<Place> place, List<SessionReport> sessions) {
    int records = sessions.stream().mapToInt(it -> it.events().size() + it.readings().size()).sum();
    long received =
        sessions.stream()
            .flatMap(session -> session.events().stream())
            .mapToLong(AgentEvent::atMillis)
            .max()
            .orElse(1);
    return new Report(
        organization,
        KEY,
        received,
        Signal.LOG,
        "claude-code",
        "2.1.0",
        place,
        new Notes(records, records, 0, 0, 0, 0, 0, 0, 0, 0, 0),
        sessions);
  }

  /**
   * Reports of several sessions over some days; some come again, whole or in part.
   *
   * @param fromMillis when the first one is
   */
  List<Report> several(int count, long fromMillis) {
    List<Report> reports = new ArrayList<>();
    List<AgentEvent> sent = new ArrayList<>();
    List<SessionFacts> sentOf = new ArrayList<>();
    long[] counters = new long[4];
    for (int i = 0; i < count; i++) {
      if (!reports.isEmpty() && random.nextInt(5) == 0) {
        reports.add(reports.get(random.nextInt(reports.size())));
        continue;
      }
      List<SessionReport> sessions = new ArrayList<>();
      for (int j = random.nextInt(3); j >= 0; j--) {
        int which = random.nextInt(4);
        SessionFacts facts =
            which == 3
                ? facts("codex", "", "acme/shop", "install-3")
                : facts(
                    "claude-code", "s" + which, "acme/r" + random.nextInt(2), "install-" + which);
        List<AgentEvent> events = new ArrayList<>();
        for (int k = random.nextInt(6); k >= 0; k--) {
          long at = fromMillis + random.nextLong(3 * SumWriter.DAY_MILLIS);
          events.add(random.nextBoolean() ? call(at, "m" + random.nextInt(2)) : prompt(at));
        }
        if (!sent.isEmpty() && random.nextInt(3) == 0) {
          int again = random.nextInt(sent.size());
          if (sentOf.get(again).session().equals(facts.session())) {
            events.add(sent.get(again));
          }
        }
        events.forEach(event -> {
          sent.add(event);
          sentOf.add(facts);
        });
        counters[which] += random.nextInt(10);
        List<Reading> readings =
            random.nextBoolean()
                ? List.of()
                : List.of(
                    lines(
                        fromMillis + i * 60_000L + which,
                        which,
                        which % 2 == 0 ? Temporality.DELTA : Temporality.CUMULATIVE,
                        counters[which]));
        sessions.add(session(facts, events, readings));
      }
      reports.add(
          report(
              OrganizationId.FIRST,
              random.nextInt(3) == 0 ? Optional.of(BERLIN) : Optional.empty(),
              sessions));
    }
    return reports;
  }
}
