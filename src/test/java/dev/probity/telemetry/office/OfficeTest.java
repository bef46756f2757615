package dev.probity.telemetry.office;

import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.telemetry.EventKind;
import dev.probity.telemetry.Result;
import dev.probity.telemetry.SessionFacts;
import dev.probity.telemetry.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class OfficeTest {
  private static final long T = 1_000_000_000_000L;
  private static final SessionFacts FACTS = Said.facts("claude-code", "s1", "Payments", "acme/app");

  private final Office office = new Office();

  @Test
  void turn_goesThroughItsStates() {
    take(Said.at(T, EventKind.SESSION_START));
    assertState(T, Activity.DONE, T, "");

    take(Said.at(T + 1_000, EventKind.PROMPT));
    assertState(T + 1_000, Activity.THINKING, T + 1_000, "");

    take(
        Said.decided(T + 4_000, "Edit", "c1", Result.ACCEPTED), Said.called(T + 4_010, 900, 7_000));
    assertState(T + 5_000, Activity.EDITING, T + 4_000, "Edit");

    take(Said.ran(T + 6_000, "Edit", "c1"));
    assertState(T + 6_000, Activity.THINKING, T + 6_000, "");

    take(Said.called(T + 9_000, 100, 1_000), Said.at(T + 9_001, EventKind.ANSWER));
    assertState(T + 60_000, Activity.DONE, T + 9_001, "");

    Desk desk = desk(T + 60_000);
    assertThat(desk.sums()).isEqualTo(new Sums(2, 1, 0, 1_000, 8_000, 0, 0));
    assertThat(desk.model()).isEqualTo("claude-opus-5-5");
    assertThat(desk.startedMillis()).isEqualTo(T);
    assertThat(desk.heardMillis()).isEqualTo(T + 9_001);
  }

  @Test
  void batch_isTakenInTheOrderOfTime() {
    take(
        Said.ran(T + 6_000, "Bash", "c1"),
        Said.called(T + 4_010, 900, 0),
        Said.decided(T + 4_000, "Bash", "c1", Result.ACCEPTED),
        Said.at(T, EventKind.PROMPT));

    assertState(T + 6_500, Activity.THINKING, T + 6_000, "");
  }

  @Test
  void decision_thatArrivesAfterItsResult_opensNothing() {
    take(Said.at(T, EventKind.PROMPT), Said.ran(T + 50, "Bash", "c1"));
    take(Said.decided(T + 20, "Bash", "c1", Result.ACCEPTED));

    assertState(T + 60, Activity.THINKING, T + 50, "");
  }

  @Test
  void oneOfSeveralTools_endsWithItsOwnResult() {
    take(
        Said.at(T, EventKind.PROMPT),
        Said.decided(T + 10, "Read", "c1", Result.ACCEPTED),
        Said.decided(T + 11, "Grep", "c2", Result.ACCEPTED),
        Said.decided(T + 12, "Grep", "c3", Result.ACCEPTED));
    assertThat(desk(T + 20).state()).isEqualTo(new State(Activity.SEARCHING, T + 12, "Grep", 3));

    take(Said.ran(T + 30, "Grep", "c3"), Said.ran(T + 31, "Grep", "c2"));

    assertThat(desk(T + 40).state()).isEqualTo(new State(Activity.READING, T + 10, "Read", 1));
  }

  @Test
  void undecidedTool_waitsForAPerson_untilItIsDecided() {
    take(Said.at(T, EventKind.PROMPT), Said.decided(T + 10, "Bash", "c1", Result.UNKNOWN));
    assertState(T + 20, Activity.WAITING, T + 10, "Bash");

    take(Said.decided(T + 90, "Bash", "c1", Result.ACCEPTED));
    assertState(T + 100, Activity.SHELL, T + 90, "Bash");

    take(Said.decided(T + 200, "Bash", "c2", Result.REJECTED), Said.ran(T + 201, "Bash", "c1"));
    assertThat(desk(T + 201 + Worker.SETTLED_MILLIS).state().activity())
        .isEqualTo(Activity.THINKING);
  }

  @Test
  void answerThatNothingFollows_waitsForAPerson() {
    take(Said.at(T, EventKind.PROMPT), Said.called(T + 100, 5, 5));
    long settled = T + 100 + Worker.SETTLED_WITHOUT_DECISIONS_MILLIS;
    assertState(settled - 1, Activity.THINKING, T + 100, "");
    assertState(settled, Activity.WAITING, settled, "");

    take(
        Said.decided(settled + 1, "Bash", "c1", Result.ACCEPTED),
        Said.ran(settled + 2, "Bash", "c1"),
        Said.called(settled + 3, 5, 5));
    assertState(
        settled + 3 + Worker.SETTLED_MILLIS,
        Activity.WAITING,
        settled + 3 + Worker.SETTLED_MILLIS,
        "");
  }

  @Test
  void question_isAWait() {
    take(
        Said.at(T, EventKind.PROMPT),
        Said.decided(T + 1, "AskUserQuestion", "c1", Result.ACCEPTED));
    assertState(T + 2, Activity.WAITING, T + 1, "AskUserQuestion");
  }

  @Test
  void wait_thatIsOver_onlyCounts_andOneThatIsNotShows() {
    take(Said.at(T, EventKind.PROMPT), Said.at(T + 5_000, EventKind.WAIT).lasting(4_000));
    assertState(T + 6_000, Activity.THINKING, T, "");
    assertThat(desk(T + 6_000).sums().waitedMillis()).isEqualTo(4_000);

    take(Said.at(T + 7_000, EventKind.WAIT));
    assertState(T + 8_000, Activity.WAITING, T + 7_000, "");
  }

  @Test
  void error_staysUntilSomethingElseHappens() {
    take(Said.at(T, EventKind.PROMPT), Said.at(T + 10, EventKind.MODEL_ERROR));
    assertState(T + 100_000, Activity.ERROR, T + 10, "");
    assertThat(desk(T + 20).sums().errors()).isEqualTo(1);

    take(Said.at(T + 100_001, EventKind.PROMPT));
    assertState(T + 100_002, Activity.THINKING, T + 100_001, "");
  }

  @Test
  void failedTool_isAnErrorOfTheSession_andNotItsState() {
    take(Said.at(T, EventKind.PROMPT), Said.ran(T + 1, "Bash", "c1").ended(Result.FAILED));
    assertState(T + 2, Activity.THINKING, T + 1, "");
    assertThat(desk(T + 2).sums().errors()).isEqualTo(1);
  }

  @Test
  void quietSession_isAway_thenGone() {
    take(Said.at(T, EventKind.PROMPT), Said.decided(T + 1, "Bash", "c1", Result.ACCEPTED));
    long away = T + 1 + Seat.AWAY_MILLIS;
    assertState(away - 1, Activity.SHELL, T + 1, "Bash");
    assertState(away, Activity.AWAY, away, "");
    assertThat(office.desks(T + 1 + Seat.GONE_MILLIS)).isEmpty();

    take(Said.at(T + 2 + Seat.GONE_MILLIS, EventKind.PROMPT));
    assertThat(office.desks(T + 2 + Seat.GONE_MILLIS)).hasSize(1);
  }

  @Test
  void endedSession_isGoneAtOnce_andBackWhenItIsTakenUpAgain() {
    take(Said.at(T, EventKind.PROMPT), Said.at(T + 1, EventKind.SESSION_END));
    assertThat(office.desks(T + 2)).isEmpty();

    take(Said.at(T + 3, EventKind.SESSION_START));
    assertState(T + 4, Activity.DONE, T + 3, "");
  }

  @Test
  void subAgents_sitBesideTheirParent() {
    take(
        Said.at(T, EventKind.PROMPT),
        Said.decided(T + 1, "Task", "c1", Result.ACCEPTED),
        Said.at(T + 2, EventKind.AGENT_START).by("a1", "Explore"),
        Said.decided(T + 3, "Grep", "c2", Result.ACCEPTED).by("a1", ""),
        Said.called(T + 4, 10, 10).by("a2", ""));

    Desk desk = desk(T + 10);
    assertThat(desk.state()).isEqualTo(new State(Activity.PLANNING, T + 1, "Task", 1));
    assertThat(desk.subAgents())
        .containsExactly(
            new Desk.SubAgent("a1", "Explore", new State(Activity.SEARCHING, T + 3, "Grep", 1)),
            new Desk.SubAgent("a2", "", new State(Activity.THINKING, T + 4, "", 0)));
    assertThat(desk.sums().tokens()).isEqualTo(10);

    take(Said.at(T + 20, EventKind.AGENT_END).by("a1", "Explore"));
    assertThat(desk(T + 21).subAgents()).extracting(Desk.SubAgent::id).containsExactly("a2");
    assertThat(desk(T + 4 + Seat.SILENT_SUB_AGENT_MILLIS).subAgents()).isEmpty();
  }

  @Test
  void spansOfASessionWithEvents_areNotCountedAgain_norDoTheyActAgain() {
    take(
        Said.at(T, EventKind.PROMPT),
        Said.decided(T + 1, "Bash", "c1", Result.ACCEPTED),
        Said.called(T + 2, 10, 10));
    take(
        Said.called(T + 2, 10, 10).on(Signal.SPAN),
        Said.ran(T + 1, "Bash", "c1").on(Signal.SPAN),
        Said.at(T + 3, EventKind.WAIT).lasting(700).on(Signal.SPAN));

    assertThat(desk(T + 5).sums()).isEqualTo(new Sums(1, 0, 0, 10, 10, 0, 700));
    assertState(T + 5, Activity.SHELL, T + 1, "Bash");
  }

  @Test
  void spansAlone_count() {
    take(Said.called(T, 10, 10).on(Signal.SPAN), Said.ran(T + 1, "Bash", "c1").on(Signal.SPAN));
    assertThat(desk(T + 5).sums()).isEqualTo(new Sums(1, 1, 0, 10, 10, 0, 0));
  }

  @Test
  void factsThatALaterReportLeavesOut_stay() {
    office.take(Said.stored(FACTS, 5, List.of(Said.at(T, EventKind.PROMPT))));
    office.take(
        Said.stored(
            Said.facts("claude-code", "s1", "", "acme/new"), 0, List.of(Said.called(T + 1, 1, 1))));

    Desk desk = desk(T + 2);
    assertThat(desk.person()).isEqualTo(5);
    assertThat(desk.team()).isEqualTo("Payments");
    assertThat(desk.repository()).isEqualTo("acme/new");
  }

  @Test
  void reportsOfNoSession_seatNobody() {
    office.take(
        Said.stored(Said.facts("codex", "", "", ""), 0, List.of(Said.at(T, EventKind.PROMPT))));
    office.take(Said.stored(FACTS, 0, List.of()));
    assertThat(office.desks(T)).isEmpty();
  }

  @Test
  void sameIdOfTwoAgents_isTwoDesks() {
    for (String agent : List.of("codex", "claude-code")) {
      office.take(
          Said.stored(Said.facts(agent, "same", "", ""), 0, List.of(Said.at(T, EventKind.PROMPT))));
    }
    assertThat(office.desks(T)).hasSize(2);
  }

  @Test
  void office_keepsThoseWhoWereHeardLast() {
    for (int i = 0; i < Office.MOST_SESSIONS + 10; i++) {
      office.take(
          Said.stored(
              Said.facts("codex", "s" + i, "", ""), 0, List.of(Said.at(T + i, EventKind.PROMPT))));
      office.take(
          Said.stored(
              Said.facts("codex", "first", "", ""), 0, List.of(Said.at(T + i, EventKind.OTHER))));
    }
    Set<String> kept =
        office.desks(T + 5_000).stream().map(Desk::session).collect(Collectors.toSet());
    assertThat(kept)
        .hasSize(Office.MOST_SESSIONS)
        .contains("first", "s" + (Office.MOST_SESSIONS + 9))
        .doesNotContain("s0", "s10");
  }

  /** Whatever comes, in whatever order: no exception, bounded, and times make sense. */
  @Test
  void anything_isSurvived() {
    Random random = new Random(11);
    for (int round = 0; round < 40; round++) {
      Office fuzzed = new Office();
      long now = T;
      for (int i = 0; i < 300; i++) {
        now += random.nextInt(30_000);
        List<Said> batch = new ArrayList<>();
        for (int k = random.nextInt(5); k >= 0; k--) {
          batch.add(anything(random, now));
        }
        SessionFacts facts = Said.facts("codex", "s" + random.nextInt(4), "", "");
        fuzzed.take(Said.stored(facts, random.nextInt(3), batch));
        for (Desk desk : fuzzed.desks(now)) {
          assertThat(desk.state().activity()).isNotEqualTo(Activity.GONE);
          assertThat(desk.state().running()).isBetween(0, 32);
          assertThat(desk.subAgents()).hasSizeLessThanOrEqualTo(32);
          assertThat(desk.startedMillis()).isLessThanOrEqualTo(desk.heardMillis());
          assertThat(desk.state().sinceMillis())
              .isLessThanOrEqualTo(Math.max(now, desk.heardMillis()));
        }
      }
    }
  }

  private static Said anything(Random random, long now) {
    EventKind kind = EventKind.values()[random.nextInt(EventKind.values().length)];
    Result result = Result.values()[random.nextInt(Result.values().length)];
    String agent = random.nextInt(3) == 0 ? "a" + random.nextInt(60) : "";
    return new Said(
        now - random.nextInt(40_000) + random.nextInt(2_000),
        kind,
        random.nextInt(4) == 0 ? Signal.SPAN : Signal.LOG,
        random.nextBoolean() ? "Bash" : "",
        random.nextBoolean() ? "c" + random.nextInt(90) : "",
        agent,
        result,
        random.nextBoolean() ? random.nextInt(5_000) : dev.probity.telemetry.AgentEvent.UNKNOWN,
        random.nextInt(1_000),
        random.nextInt(1_000),
        random.nextBoolean() ? "Explore" : "");
  }

  private void take(Said... said) {
    office.take(Said.stored(FACTS, 1, List.of(said)));
  }

  private Desk desk(long nowMillis) {
    return office.desks(nowMillis).getFirst();
  }

  private void assertState(long nowMillis, Activity activity, long sinceMillis, String tool) {
    State state = desk(nowMillis).state();
    assertThat(state.activity()).isEqualTo(activity);
    assertThat(state.sinceMillis()).isEqualTo(sinceMillis);
    assertThat(state.tool()).isEqualTo(tool);
  }
}
