package dev.probity.storage.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.probity.kernel.InvalidCursorException;
import dev.probity.kernel.OrganizationId;
import dev.probity.kernel.Page;
import dev.probity.telemetry.AgentEvent;
import dev.probity.telemetry.Report;
import dev.probity.telemetry.SessionFacts;
import dev.probity.telemetry.SessionReport;
import dev.probity.telemetry.Temporality;
import dev.probity.telemetry.sessions.Dimensions;
import dev.probity.telemetry.sessions.Figure;
import dev.probity.telemetry.sessions.PersonRow;
import dev.probity.telemetry.sessions.SessionFilter;
import dev.probity.telemetry.sessions.SessionRow;
import dev.probity.telemetry.sessions.SumRow;
import dev.probity.telemetry.sessions.TelemetryStore;
import dev.probity.telemetry.sessions.TelemetrySums.Period;
import dev.probity.testing.FixedClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What every telemetry store does, whatever it is made of. */
abstract class TelemetryStoreContract {
  static final OrganizationId OTHERS = new OrganizationId(2);
  static final long HOUR = SumWriter.HOUR_MILLIS;
  static final long DAY = SumWriter.DAY_MILLIS;

  final FixedClock clock = new FixedClock();
  final Reports reports = new Reports(7);

  /** Friday, three in the afternoon. */
  final long now = clock.millis();

  /** Takes reports in, as one batch. */
  abstract void take(Report... some);

  abstract TelemetryStore store();

  @Test
  void session_hasItsFactsAndSums() {
    List<AgentEvent> events =
        List.of(reports.prompt(now), reports.call(now + 1, "b"), reports.call(now + 2, "a"));
    take(Reports.report(Reports.session(Reports.facts("s1"), events)));
    SessionRow row = store().sessions().find(OrganizationId.FIRST, "s1").getFirst();
    assertThat(row.facts()).isEqualTo(Reports.facts("s1"));
    assertThat(row.models()).containsExactly("b", "a");
    assertThat(row.startedAtMillis()).isEqualTo(now);
    assertThat(row.endedAtMillis()).isEqualTo(now + 2);
    assertThat(row.figures().get(Figure.MODEL_CALLS)).isEqualTo(2);
    assertThat(row.figures().get(Figure.CHARGE_NANO_USD)).isEqualTo(2_000);
    assertThat(row.gateway()).isEmpty();
    assertThat(row.place()).isEmpty();
    assertThat(store().sessions().events(OrganizationId.FIRST, row.ref(), 100)).isEqualTo(events);
  }

  @Test
  void resentReport_countsOnce() {
    List<AgentEvent> events = List.of(reports.prompt(now), reports.call(now + 1, "m"));
    Report report = Reports.report(Reports.session(Reports.facts("s1"), events));
    take(report, report);
    take(report);
    SessionRow row = store().sessions().find(OrganizationId.FIRST, "s1").getFirst();
    assertThat(row.figures().get(Figure.MODEL_CALLS)).isEqualTo(1);
    assertThat(sum(Figure.MODEL_CALLS)).isEqualTo(1);
    assertThat(store().sessions().events(OrganizationId.FIRST, row.ref(), 100)).isEqualTo(events);
    assertThat(store().health().since(OrganizationId.FIRST, now))
        .singleElement()
        .satisfies(line -> {
          assertThat(line.reports()).isEqualTo(3);
          assertThat(line.duplicates()).isEqualTo(4);
          assertThat(line.notes().records()).isEqualTo(6);
        });
  }

  @Test
  void overlappingReports_countWhatIsNew() {
    AgentEvent first = reports.call(now, "m");
    AgentEvent second = reports.call(now + 1, "m");
    AgentEvent third = reports.call(now + 2, "m");
    var reading = reports.lines(now, 5, Temporality.DELTA, 3);
    SessionFacts facts = Reports.facts("s1");
    take(Reports.report(Reports.session(facts, List.of(first, second), List.of(reading))));
    take(Reports.report(Reports.session(facts, List.of(second, third), List.of(reading))));
    assertThat(sum(Figure.MODEL_CALLS)).isEqualTo(3);
    assertThat(sum(Figure.LINES_ADDED)).isEqualTo(3);
    assertThat(events("s1")).containsExactly(first, second, third);
  }

  @Test
  void events_comeInTheOrderOfTimeOverDaysAndReports() {
    List<AgentEvent> events = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      events.add(reports.prompt(now + i * HOUR));
    }
    SessionFacts facts = Reports.facts("s1");
    for (int from : new int[] {20, 0, 30, 10}) {
      List<AgentEvent> some = new ArrayList<>(events.subList(from, from + 10));
      java.util.Collections.reverse(some);
      take(Reports.report(Reports.session(facts, some)));
    }
    assertThat(events("s1")).isEqualTo(events);
    long ref = store().sessions().find(OrganizationId.FIRST, "s1").getFirst().ref();
    assertThat(store().sessions().events(OrganizationId.FIRST, ref, 13))
        .isEqualTo(events.subList(0, 13));
  }

  @Test
  void sessionsWithoutAnId_areOneForKeyAndDay() {
    SessionFacts facts = Reports.facts("codex", "", "acme/shop", "");
    take(
        Reports.report(
            Reports.session(facts, List.of(reports.call(now, "m"), reports.call(now + DAY, "m")))));
    take(Reports.report(Reports.session(facts, List.of(reports.call(now + 1, "m")))));
    assertThat(sum(Figure.MODEL_CALLS)).isEqualTo(3);
    assertThat(sum(Figure.SESSIONS)).as("one for each day").isEqualTo(2);
    assertThat(list(SessionFilter.ALL)).as("none that could be shown").isEmpty();
    assertThat(store().sessions().find(OrganizationId.FIRST, "")).isEmpty();
  }

  @Test
  void metricsThatNameNoSession_countUntilEventsSayTheSame() {
    SessionFacts nameless = Reports.facts("codex", "", "acme/shop", "");
    SessionReport events =
        Reports.session(
            Reports.facts("codex", "s1", "acme/shop", ""), List.of(reports.call(now + 1, "m")));
    take(Reports.report(Reports.session(nameless, List.of(), List.of(reports.input(now, 70)))));
    assertThat(sum(Figure.UNCACHED_INPUT)).isEqualTo(70);
    take(Reports.report(events));
    assertThat(sum(Figure.UNCACHED_INPUT)).isEqualTo(60);
    take(Reports.report(Reports.session(nameless, List.of(), List.of(reports.input(now + 2, 70)))));
    assertThat(sum(Figure.UNCACHED_INPUT)).isEqualTo(60);
    assertThat(sum(Figure.SESSIONS)).isEqualTo(1);
  }

  @Test
  void pages_goOnWhereTheyEnded() {
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      // Several begin at the same time.
      SessionReport session =
          Reports.session(Reports.facts("s" + i), List.of(reports.prompt(now + i / 4)));
      take(Reports.report(session));
      expected.addFirst("s" + i);
    }
    List<String> found = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    do {
      Page<SessionRow> page =
          store().sessions().list(OrganizationId.FIRST, SessionFilter.ALL, 4, cursor);
      page.items().forEach(row -> found.add(row.facts().session()));
      cursor = page.next();
    } while (cursor.isPresent());
    assertThat(found).isEqualTo(expected);
    assertThatThrownBy(() ->
            store()
                .sessions()
                .list(OrganizationId.FIRST, SessionFilter.ALL, 4, Optional.of("nonsense")))
        .isInstanceOf(InvalidCursorException.class);
  }

  @Test
  void filters_narrow() {
    take(
        Reports.report(
            Reports.session(
                Reports.facts("claude-code", "a", "acme/shop", "i1"),
                List.of(reports.call(now, "opus"), reports.prompt(now + HOUR))),
            Reports.session(
                Reports.facts("codex", "b", "acme/docs", "i2"),
                List.of(reports.call(now + 2 * HOUR, "gpt")))));
    assertThat(ids(filter("codex", "", "", "", null, null))).containsExactly("b");
    assertThat(ids(filter("", "acme/shop", "", "", null, null))).containsExactly("a");
    assertThat(ids(filter("", "", "opus", "", null, null))).containsExactly("a");
    assertThat(ids(filter("", "", "op", "", null, null))).isEmpty();
    assertThat(ids(filter("", "", "", "other team", null, null))).isEmpty();
    assertThat(ids(filter("", "", "", "team", null, null))).containsExactly("b", "a");
    assertThat(ids(filter("", "", "", "", now + HOUR, null))).containsExactly("b", "a");
    assertThat(ids(filter("", "", "", "", now + HOUR + 1, null))).containsExactly("b");
    assertThat(ids(filter("", "", "", "", null, now + 2 * HOUR))).containsExactly("a");
    long person = store().sessions().find(OrganizationId.FIRST, "b").getFirst().person();
    assertThat(person).isNotZero();
    assertThat(
            ids(
                new SessionFilter(
                    Optional.empty(),
                    OptionalLong.of(person),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    OptionalLong.empty(),
                    OptionalLong.empty())))
        .containsExactly("b");
  }

  @Test
  void sums_areTheSameByHourDayAndRange() {
    long midnight = now - now % DAY;
    List<AgentEvent> events = new ArrayList<>();
    for (int i = 0; i < 96; i += 2) {
      events.add(reports.call(midnight + i * HOUR + 5, "m"));
    }
    take(Reports.report(Reports.session(Reports.facts("s1"), events)));
    for (Period period : Period.values()) {
      assertThat(calls(midnight, midnight + 4 * DAY, period)).isEqualTo(48);
      assertThat(calls(midnight + HOUR, midnight + 4 * DAY, period)).isEqualTo(47);
      assertThat(calls(midnight + HOUR, midnight + 3 * DAY + HOUR, period)).isEqualTo(36);
      assertThat(calls(midnight + 3 * HOUR, midnight + 7 * HOUR, period)).isEqualTo(2);
    }
    assertThat(store().sums().sums(OrganizationId.FIRST, midnight, midnight + 4 * DAY, Period.DAY))
        .filteredOn(row -> row.dimensions().model().equals("m"))
        .extracting(SumRow::periodMillis)
        .containsExactlyInAnyOrder(
            midnight, midnight + DAY, midnight + 2 * DAY, midnight + 3 * DAY);
    assertThat(
            store().sums().sums(OrganizationId.FIRST, midnight, midnight + DAY, Period.WHOLE_RANGE))
        .filteredOn(row -> row.dimensions().model().equals("m"))
        .singleElement()
        .satisfies(row -> {
          assertThat(row.periodMillis()).isZero();
          assertThat(row.dimensions().repository()).isEqualTo("acme/shop");
          assertThat(row.figures().get(Figure.MODEL_CALLS)).isEqualTo(12);
        });
  }

  @Test
  void sums_areToldApartAsFarAsIsWanted() {
    take(
        Reports.report(
            Reports.session(
                Reports.facts("agent", "a", "r1", "i1"), List.of(reports.call(now, "m"))),
            Reports.session(
                Reports.facts("agent", "b", "r2", "i2"),
                List.of(reports.call(now, "m"), reports.call(now, "n")))));
    assertThat(
            store()
                .sums()
                .sums(
                    OrganizationId.FIRST,
                    now - now % DAY,
                    now + DAY,
                    Period.DAY,
                    of -> new Dimensions("", of.model(), 0, "", "", "", "")))
        .filteredOn(row -> !row.dimensions().model().isEmpty())
        .extracting(
            row -> row.periodMillis() + " " + row.dimensions().model(),
            row -> row.figures().get(Figure.MODEL_CALLS))
        .containsExactlyInAnyOrder(
            tuple(now - now % DAY + " m", 2L), tuple(now - now % DAY + " n", 1L));
  }

  @Test
  void places_addUp() {
    SessionReport session =
        Reports.session(Reports.facts("s1"), List.of(reports.call(now, "m"), reports.prompt(now)));
    take(Reports.report(OrganizationId.FIRST, Optional.of(Reports.BERLIN), List.of(session)));
    take(Reports.report(Reports.session(Reports.facts("s2"), List.of(reports.call(now + 1, "m")))));
    assertThat(store().sums().places(OrganizationId.FIRST, now - 2 * DAY, now + 2 * DAY))
        .singleElement()
        .satisfies(row -> {
          assertThat(row.place()).isEqualTo(Reports.BERLIN);
          assertThat(row.agent()).isEqualTo("claude-code");
          assertThat(row.lastSeenMillis()).isEqualTo(now);
          assertThat(row.figures().get(Figure.MODEL_CALLS)).isEqualTo(1);
        });
    assertThat(store().sums().places(OrganizationId.FIRST, now - 2 * DAY, now - DAY)).isEmpty();
    assertThat(store().sessions().find(OrganizationId.FIRST, "s1").getFirst().place())
        .contains(Reports.BERLIN);
  }

  @Test
  void between_givesWhatIsKeptOfATime() {
    AgentEvent before = reports.call(now, "m");
    AgentEvent within = reports.call(now + HOUR, "m");
    AgentEvent after = reports.call(now + DAY, "m");
    take(Reports.report(Reports.session(Reports.facts("s1"), List.of(before, within, after))));
    List<SessionReport> found = new ArrayList<>();
    store().sessions().between(OrganizationId.FIRST, now + 1, now + DAY, found::add);
    assertThat(found)
        .singleElement()
        .isEqualTo(Reports.session(Reports.facts("s1"), List.of(within)));
  }

  @Test
  void organizations_seeOnlyTheirOwn() {
    SessionReport session = Reports.session(Reports.facts("s1"), List.of(reports.call(now, "m")));
    take(Reports.report(OTHERS, Optional.of(Reports.BERLIN), List.of(session)));
    assertThat(store().sessions().find(OrganizationId.FIRST, "s1")).isEmpty();
    assertThat(list(SessionFilter.ALL)).isEmpty();
    assertThat(sum(Figure.MODEL_CALLS)).isZero();
    assertThat(store().people().list(OrganizationId.FIRST)).isEmpty();
    assertThat(store().health().since(OrganizationId.FIRST, 0)).isEmpty();
    assertThat(store().sums().places(OrganizationId.FIRST, 0, now + DAY)).isEmpty();
    long ref = store().sessions().find(OTHERS, "s1").getFirst().ref();
    assertThat(store().sessions().events(OrganizationId.FIRST, ref, 10)).isEmpty();
    assertThat(store().sessions().events(OTHERS, ref, 10)).hasSize(1);
    long person = store().people().list(OTHERS).getFirst().id();
    assertThat(store().people().find(OrganizationId.FIRST, person)).isEmpty();
    List<SessionReport> found = new ArrayList<>();
    store().sessions().between(OrganizationId.FIRST, 0, now + DAY, found::add);
    assertThat(found).isEmpty();
    take(Reports.report(session));
    assertThat(sum(Figure.MODEL_CALLS)).isEqualTo(1);
  }

  @Test
  void machineThatTurnsOutToBeSomebodys_countsForThem() {
    SessionFacts machine = Reports.facts("claude-code", "a", "r", "install-1");
    take(Reports.report(Reports.session(machine, List.of(reports.call(now, "m")))));
    long nameless = store().sessions().find(OrganizationId.FIRST, "a").getFirst().person();
    SessionFacts named =
        new SessionFacts(
            "claude-code",
            "b",
            "",
            "email-hash",
            "",
            "install-1",
            "",
            "team",
            "r",
            "main",
            "",
            "api",
            "",
            "");
    take(Reports.report(Reports.session(named, List.of(reports.call(now + 1, "m")))));
    PersonRow person = store().people().list(OrganizationId.FIRST).getFirst();
    assertThat(store().people().list(OrganizationId.FIRST)).hasSize(1);
    assertThat(person.ties())
        .extracting(PersonRow.Tie::basis)
        .containsExactly(PersonRow.Basis.EMAIL, PersonRow.Basis.INSTALL);
    assertThat(store().people().find(OrganizationId.FIRST, nameless)).contains(person);
    assertThat(list(SessionFilter.ALL))
        .extracting(SessionRow::person)
        .containsExactly(person.id(), person.id());
    assertThat(store().sums().sums(OrganizationId.FIRST, now - DAY, now + DAY, Period.WHOLE_RANGE))
        .filteredOn(row -> row.dimensions().model().equals("m"))
        .singleElement()
        .satisfies(row -> {
          assertThat(row.dimensions().person()).isEqualTo(person.id());
          assertThat(row.figures().get(Figure.MODEL_CALLS)).isEqualTo(2);
        });
  }

  List<AgentEvent> events(String session) {
    SessionRow row = store().sessions().find(OrganizationId.FIRST, session).getFirst();
    return store().sessions().events(OrganizationId.FIRST, row.ref(), 1_000);
  }

  List<SessionRow> list(SessionFilter filter) {
    return store().sessions().list(OrganizationId.FIRST, filter, 100, Optional.empty()).items();
  }

  long sum(Figure figure) {
    return store()
        .sums()
        .sums(OrganizationId.FIRST, now - 400 * DAY, now + 10 * DAY, Period.WHOLE_RANGE)
        .stream()
        .mapToLong(row -> row.figures().get(figure))
        .sum();
  }

  private long calls(long from, long to, Period period) {
    return store().sums().sums(OrganizationId.FIRST, from, to, period).stream()
        .mapToLong(row -> row.figures().get(Figure.MODEL_CALLS))
        .sum();
  }

  private List<String> ids(SessionFilter filter) {
    return list(filter).stream().map(row -> row.facts().session()).toList();
  }

  private static SessionFilter filter(
      String agent,
      String repository,
      String model,
      String team,
      @org.jspecify.annotations.Nullable Long from,
      @org.jspecify.annotations.Nullable Long to) {
    return new SessionFilter(
        Optional.of(agent).filter(text -> !text.isEmpty()),
        OptionalLong.empty(),
        Optional.of(team).filter(text -> !text.isEmpty()),
        Optional.of(repository).filter(text -> !text.isEmpty()),
        Optional.empty(),
        Optional.of(model).filter(text -> !text.isEmpty()),
        from == null ? OptionalLong.empty() : OptionalLong.of(from),
        to == null ? OptionalLong.empty() : OptionalLong.of(to));
  }
}
