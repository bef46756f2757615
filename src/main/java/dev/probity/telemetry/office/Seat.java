package dev.probity.telemetry.office;

import dev.probity.telemetry.EventKind;
import dev.probity.telemetry.SessionFacts;
import dev.probity.telemetry.Signal;
import dev.probity.telemetry.sessions.SessionRow;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One session: its agent, the sub-agents and the sums. Not safe for several threads. */
final class Seat {
  static final long AWAY_MILLIS = 5 * 60_000;
  static final long GONE_MILLIS = 30 * 60_000;

  /** A sub-agent that ended without a word is not shown for longer. */
  static final long SILENT_SUB_AGENT_MILLIS = 2 * 60_000;

  private static final int MOST_SUB_AGENTS = 32;

  /** Of an agent that sends events and spans, the spans say this; the rest only repeats. */
  private static final Set<EventKind> ONLY_SPANS_TELL =
      EnumSet.of(EventKind.WAIT, EventKind.AGENT_START, EventKind.AGENT_END);

  private static final class SubAgent {
    private final Worker worker = new Worker(Activity.THINKING);
    private String name = "";

    /** When it is taken to have ended, if nothing more is heard of it. */
    long silentMillis() {
      return worker.heardMillis() + (worker.hasOpenTools() ? AWAY_MILLIS : SILENT_SUB_AGENT_MILLIS);
    }
  }

  private final Worker main = new Worker(Activity.DONE);
  private final Map<String, SubAgent> subAgents = new LinkedHashMap<>();
  private final Map<Signal, Sums> sums = new EnumMap<>(Signal.class);
  private SessionFacts facts;
  private long person;
  private String model = "";
  private long startedMillis = Long.MAX_VALUE;
  private long heardMillis = Long.MIN_VALUE;
  private long endedMillis = Long.MIN_VALUE;
  private long countedUntilMillis = Long.MIN_VALUE;
  private Sums counted = Sums.NONE;
  private boolean hasLogs;

  Seat(SessionFacts facts, long person) {
    this.facts = facts;
    this.person = person;
  }

  /** Takes over what the store has added up, so that events up to then do not count again. */
  void counted(SessionRow row) {
    counted = Sums.of(row.figures());
    sums.clear();
    countedUntilMillis = row.endedAtMillis();
    startedMillis = Math.min(startedMillis, row.startedAtMillis());
    person = row.person();
    if (!row.models().isEmpty()) {
      model = row.models().getLast();
    }
  }

  /** Leaves out of the sums what happened before a time. */
  void countFrom(long fromMillis) {
    countedUntilMillis = fromMillis - 1;
  }

  void learn(SessionFacts latest, long who) {
    facts = Facts.merged(facts, latest);
    person = who == 0 ? person : who;
  }

  /** Adds what a moment used to the sums, unless they have it already. */
  void count(Moment moment) {
    if (!moment.sums().equals(Sums.NONE) && moment.atMillis() > countedUntilMillis) {
      sums.merge(moment.signal(), moment.sums(), Sums::plus);
    }
  }

  /** Does what a moment says. */
  void take(Moment moment) {
    startedMillis = Math.min(startedMillis, moment.atMillis());
    heardMillis = Math.max(heardMillis, moment.atMillis());
    if (moment.signal() == Signal.LOG) {
      hasLogs = true;
    } else if (hasLogs && !ONLY_SPANS_TELL.contains(moment.kind())) {
      return;
    }
    if (moment.kind() == EventKind.SESSION_END) {
      endedMillis = Math.max(endedMillis, moment.atMillis());
    }
    if (moment.agentId().isEmpty()) {
      if (moment.kind() == EventKind.MODEL_CALL && !moment.model().isEmpty()) {
        model = moment.model();
      }
      main.take(moment);
    } else {
      takeOfSubAgent(moment);
    }
  }

  private void takeOfSubAgent(Moment moment) {
    if (moment.kind() == EventKind.AGENT_END) {
      subAgents.remove(moment.agentId());
      return;
    }
    SubAgent agent = subAgents.computeIfAbsent(moment.agentId(), id -> new SubAgent());
    agent.worker.take(moment);
    if (!moment.agentName().isEmpty()) {
      agent.name = moment.agentName();
    }
    if (subAgents.size() > MOST_SUB_AGENTS) {
      subAgents.remove(subAgents.keySet().iterator().next());
    }
  }

  long heardMillis() {
    return heardMillis;
  }

  State state(long nowMillis) {
    if (endedMillis >= heardMillis) {
      return State.of(Activity.GONE, endedMillis);
    }
    long quiet = nowMillis - heardMillis;
    if (quiet >= GONE_MILLIS) {
      return State.of(Activity.GONE, heardMillis + GONE_MILLIS);
    }
    return quiet >= AWAY_MILLIS
        ? State.of(Activity.AWAY, heardMillis + AWAY_MILLIS)
        : main.state(nowMillis);
  }

  /** When something changes next without a word from the agent. */
  long nextChangeMillis(long nowMillis) {
    long next = Long.MAX_VALUE;
    List<Long> times = new ArrayList<>();
    times.add(main.settledMillis());
    times.add(heardMillis + AWAY_MILLIS);
    times.add(heardMillis + GONE_MILLIS);
    for (SubAgent agent : subAgents.values()) {
      times.add(agent.worker.settledMillis());
      times.add(agent.silentMillis());
    }
    for (long time : times) {
      if (time > nowMillis) {
        next = Math.min(next, time);
      }
    }
    return next;
  }

  Desk desk(long nowMillis) {
    State state = state(nowMillis);
    return new Desk(
        facts.agent(),
        facts.session(),
        person,
        facts.team(),
        facts.repository(),
        facts.branch(),
        model,
        state,
        startedMillis,
        heardMillis,
        sums(),
        state.activity() == Activity.GONE ? List.of() : subAgents(nowMillis));
  }

  private List<Desk.SubAgent> subAgents(long nowMillis) {
    List<Desk.SubAgent> shown = new ArrayList<>();
    subAgents.forEach((id, agent) -> {
      if (nowMillis < agent.silentMillis()) {
        shown.add(new Desk.SubAgent(id, agent.name, agent.worker.state(nowMillis)));
      }
    });
    return List.copyOf(shown);
  }

  /** Events and spans may tell of the same calls: one signal is believed, as the store does. */
  private Sums sums() {
    Sums logged = sums.getOrDefault(Signal.LOG, Sums.NONE);
    Sums traced = sums.getOrDefault(Signal.SPAN, Sums.NONE);
    return counted.plus(logged).plus(logged.hasCalls() ? traced.onlyWaited() : traced);
  }
}
