package dev.probity.telemetry.sessions;

import dev.probity.kernel.KeyId;
import dev.probity.kernel.OrganizationId;
import dev.probity.telemetry.AgentEvent;
import dev.probity.telemetry.Notes;
import dev.probity.telemetry.Place;
import dev.probity.telemetry.SessionFacts;
import dev.probity.telemetry.Signal;
import dev.probity.telemetry.sessions.PersonRow.Basis;
import dev.probity.telemetry.sessions.PersonRow.Tie;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** A month of believable sessions, always the same ones, put into a {@link HeapTelemetry}. */
public final class SampleTelemetry {
  static final long HOUR = 3_600_000;
  static final long DAY = 24 * HOUR;

  private static final List<String> PEOPLE =
      List.of(
          "Ada Lovelace",
          "Grace Hopper",
          "Barbara Liskov",
          "Edsger Dijkstra",
          "Donald Knuth",
          "Frances Allen",
          "Tony Hoare",
          "Radia Perlman",
          "Alan Kay",
          "person 7f3a",
          "person c81d",
          "person e02b");
  private static final List<String> TEAMS = List.of("platform", "payments", "mobile", "");
  private static final List<String> REPOSITORIES =
      List.of("acme/gateway", "acme/ledger", "acme/app-ios", "acme/infrastructure", "");
  private static final List<String> BRANCHES =
      List.of("main", "fix/rounding-of-refunds", "feat/offline-basket", "chore/upgrade", "");
  private static final List<Place> PLACES =
      List.of(
          new Place("DE", "Hamburg", 536, 100),
          new Place("PT", "Lisboa", 387, -91),
          new Place("US", "", 398, -986));

  /** An agent as it is used here. */
  record Agent(String name, String version, String older, List<String> models, String claims) {}

  private static final Agent CLAUDE =
      new Agent(
          "claude-code",
          "2.1.329",
          "2.1.197",
          List.of("claude-opus-5-5", "claude-haiku-5"),
          "always");
  private static final Agent CODEX =
      new Agent("codex", "0.169.0", "0.168.2", List.of("gpt-6.1-codex"), "never");
  private static final Agent GEMINI =
      new Agent(
          "gemini-cli",
          "v22.1.0",
          "v20.20.2",
          List.of("gemini-3.5-pro", "gemini-3-flash"),
          "never");
  private static final Agent QWEN =
      new Agent("qwen-code", "0.24.4", "0.24.4", List.of("qwen-coder-next"), "never");
  private static final List<Agent> AGENTS =
      List.of(CLAUDE, CLAUDE, CLAUDE, CODEX, CODEX, GEMINI, QWEN);

  private final Random random = new Random(11);
  private final HeapTelemetry into;
  private final long now;
  private final List<KeyId> keys;
  private final Map<Long, Map<Dimensions, long[]>> hours = new HashMap<>();

  private SampleTelemetry(HeapTelemetry into, long now, List<KeyId> keys) {
    this.into = into;
    this.now = now;
    this.keys = keys;
  }

  /**
   * Fills a store that is empty.
   *
   * @param keys whose keys the reports came with
   */
  public static void fill(HeapTelemetry into, long nowMillis, List<KeyId> keys) {
    SampleTelemetry sample = new SampleTelemetry(into, nowMillis, keys);
    sample.people();
    for (int i = 0; i < 150; i++) {
      sample.session(i);
    }
    sample.hours.forEach((hour, sums) ->
        sums.forEach((dimensions, values) ->
            into.hours.add(new SumRow(hour, dimensions, Figures.of(values)))));
    sample.health();
  }

  private void people() {
    for (int i = 0; i < PEOPLE.size(); i++) {
      String label = PEOPLE.get(i);
      boolean sure = !label.startsWith("person");
      into.people.add(
          new PersonRow(
              person(i),
              label,
              sure
                  ? List.of(
                      new Tie(Basis.KEY, label, now - 30 * DAY),
                      new Tie(Basis.INSTALL, "%032x".formatted(i * 7919), now - 29 * DAY))
                  : List.of(new Tie(Basis.INSTALL, "%032x".formatted(i * 104729), now - DAY))));
    }
  }

  private static long person(int index) {
    return 1_000_003L * (index + 1);
  }

  private void session(int number) {
    int who = random.nextInt(PEOPLE.size());
    Agent agent = AGENTS.get((who + random.nextInt(3)) % AGENTS.size());
    boolean subscribed = agent.equals(CLAUDE) && who % 3 == 0;
    long start = number == 0 ? now - 20 * 60_000 : workingHour(number);
    String id =
        agent.equals(CODEX)
            ? "019a%04x-7b1c-7d20-9f00-%012x".formatted(number, random.nextInt(1 << 30))
            : "%08x-52aa-4d0e-9d7c-%012d".formatted(random.nextInt(), number);
    SessionFacts facts =
        new SessionFacts(
            agent.name(),
            id,
            random.nextInt(4) == 0 ? agent.older() : agent.version(),
            "",
            "",
            "%032x".formatted(who * 7919),
            "",
            TEAMS.get(who % TEAMS.size()),
            REPOSITORIES.get(random.nextInt(REPOSITORIES.size())),
            BRANCHES.get(random.nextInt(BRANCHES.size())),
            "iTerm.app",
            subscribed ? SessionFacts.PLAN_SUBSCRIPTION : SessionFacts.PLAN_API,
            subscribed ? "max" : "",
            "cli");
    int turns = number == 1 ? 40 : 1 + random.nextInt(number % 9 == 0 ? 14 : 5);
    SampleSession made = new SampleSession(random, agent, start, turns, now);
    List<AgentEvent> events = made.events();
    Dimensions plain =
        new Dimensions(
            facts.agent(),
            "",
            person(who),
            facts.team(),
            facts.repository(),
            facts.branch(),
            facts.plan());
    long[] sum = new long[Figure.values().length];
    add(sum, start, plain, Figure.SESSIONS, 1);
    for (AgentEvent event : events) {
      count(sum, plain, event, subscribed);
    }
    add(sum, start, plain, Figure.ACTIVE_PERSON_MILLIS, turns * 45_000L);
    add(sum, start, plain, Figure.LINES_ADDED, random.nextInt(400));
    add(sum, start, plain, Figure.LINES_REMOVED, random.nextInt(120));
    add(sum, start, plain, Figure.COMMITS, random.nextInt(3));
    Figures figures = Figures.of(sum);
    long ref = 500 + number;
    into.events.put(ref, events);
    into.sessions.add(
        new SessionRow(
            ref,
            OrganizationId.FIRST,
            facts,
            who == PEOPLE.size() - 1 && number % 2 == 0 ? 0 : person(who),
            keys.get(who % keys.size()),
            start,
            events.getLast().atMillis(),
            events.stream().map(AgentEvent::model).filter(m -> !m.isEmpty()).distinct().toList(),
            Signal.LOG,
            figures,
            number % 4 == 0 ? Optional.of(PLACES.get(who % PLACES.size())) : Optional.empty(),
            number % 3 == 0 ? Optional.of(measured(figures, number)) : Optional.empty()));
  }

  private long workingHour(int number) {
    long from = number < 12 ? now - DAY : now - 45 * DAY;
    while (true) {
      long at = from + (long) (random.nextDouble() * (now - HOUR - from));
      int hour = (int) (at / HOUR % 24);
      if (hour >= 7 && hour <= 19) {
        return at;
      }
    }
  }

  /** What the gateway saw: mostly the same; of every ninth session it missed some. */
  private static GatewaySums measured(Figures figures, int number) {
    long calls = figures.get(Figure.MODEL_CALLS);
    return number % 9 == 0
        ? new GatewaySums(
            Math.max(1, calls - 1),
            0,
            figures.usage(),
            figures.get(Figure.CHARGE_NANO_USD) * 97 / 100)
        : new GatewaySums(calls, 0, figures.usage(), figures.get(Figure.CHARGE_NANO_USD));
  }

  private void count(long[] sum, Dimensions plain, AgentEvent event, boolean subscribed) {
    long at = event.atMillis();
    Dimensions own =
        new Dimensions(
            plain.agent(),
            event.model(),
            plain.person(),
            plain.team(),
            plain.repository(),
            plain.branch(),
            plain.plan());
    switch (event.kind()) {
      case PROMPT -> add(sum, at, plain, Figure.PROMPTS, 1);
      case MODEL_CALL -> {
        add(sum, at, own, Figure.MODEL_CALLS, 1);
        add(sum, at, own, Figure.UNPRICED, event.charge().unpriced() ? 1 : 0);
        add(sum, at, own, Figure.UNCACHED_INPUT, event.usage().uncachedInput());
        add(sum, at, own, Figure.CACHE_READ, event.usage().cacheRead());
        add(sum, at, own, Figure.CACHE_WRITE_5M, event.usage().cacheWrite5m());
        add(sum, at, own, Figure.OUTPUT_TEXT, event.usage().outputText());
        add(sum, at, own, Figure.OUTPUT_REASONING, event.usage().outputReasoning());
        add(sum, at, own, Figure.CHARGE_NANO_USD, event.charge().nanoUsd());
        add(sum, at, own, Figure.SPEND_NANO_USD, subscribed ? 0 : event.charge().nanoUsd());
        if (event.claimedNanoUsd() != AgentEvent.UNKNOWN) {
          add(sum, at, own, Figure.CLAIMED_NANO_USD, event.claimedNanoUsd());
        }
        add(sum, at, own, Figure.ACTIVE_AGENT_MILLIS, event.durationMillis());
      }
      case TOOL_DECISION ->
          add(
              sum,
              at,
              plain,
              event.result() == dev.probity.telemetry.Result.REJECTED
                  ? Figure.TOOLS_REJECTED
                  : Figure.TOOLS_ACCEPTED,
              1);
      case TOOL_RESULT -> {
        add(sum, at, plain, Figure.TOOL_CALLS, 1);
        add(sum, at, plain, Figure.ACTIVE_AGENT_MILLIS, event.durationMillis());
      }
      case WAIT -> add(sum, at, plain, Figure.WAITED_MILLIS, event.durationMillis());
      default -> {}
    }
    if (event.isError()) {
      add(sum, at, plain, Figure.ERRORS, 1);
    }
  }

  private void add(long[] sum, long at, Dimensions dimensions, Figure figure, long value) {
    sum[figure.ordinal()] += value;
    hours.computeIfAbsent(at - at % HOUR, hour -> new HashMap<>())
            .computeIfAbsent(dimensions, same -> new long[Figure.values().length])[
            figure.ordinal()] +=
        value;
  }

  private void health() {
    for (int i = 0; i < keys.size(); i++) {
      Agent agent = List.of(CLAUDE, CODEX, GEMINI).get(i % 3);
      long last = i == 1 ? now - 3 * DAY : now - (i + 1) * 4 * 60_000L;
      List<String> versions = new ArrayList<>(List.of(agent.version()));
      if (i == 0) {
        versions.add(agent.older());
      }
      for (String version : versions) {
        into.health.add(row(i, agent, version, Signal.LOG, last, notes(i, version)));
        into.health.add(
            row(
                i,
                agent,
                version,
                Signal.METRIC,
                last,
                new Notes(
                    4_000, 900, 3_100, 0, 220, 0, 0, i == 1 ? 900 : 0, i == 1 ? 900 : 0, 0, 0)));
      }
    }
  }

  private Notes notes(int i, String version) {
    boolean content = i == 2;
    return new Notes(
        2_400,
        2_100,
        280,
        i == 0 && version.equals("2.1.197") ? 20 : 0,
        640,
        content ? 118 : 0,
        i == 1 ? 7 : 0,
        0,
        i == 2 ? 310 : 0,
        0,
        i == 0 ? 0 : 14);
  }

  private HealthRow row(
      int key, Agent agent, String version, Signal signal, long last, Notes notes) {
    return new HealthRow(
        keys.get(key),
        agent.name(),
        version,
        signal,
        last - 6 * DAY,
        version.equals(agent.older()) ? last - 2 * DAY : last,
        140,
        notes,
        signal == Signal.LOG && key == 0 ? 31 : 0);
  }
}
