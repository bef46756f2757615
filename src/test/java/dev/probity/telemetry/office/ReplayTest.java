package dev.probity.telemetry.office;

import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.kernel.OrganizationId;
import dev.probity.telemetry.EventKind;
import dev.probity.telemetry.Result;
import dev.probity.telemetry.Stored;
import dev.probity.telemetry.sessions.HeapTelemetry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReplayTest {
  private static final long T = 1_000_000_000_000L;
  private static final long HOUR = 3_600_000;

  private final HeapTelemetry telemetry = new HeapTelemetry();

  /** One looks on for an hour, and writes down what one sees; then one asks for the replay. */
  @Test
  void replay_showsWhatWasSeenLive() {
    Crew crew = new Crew(3, 25, T);
    Office live = new Office();
    Map<Long, List<Desk>> seen = new HashMap<>();
    for (long now = T; now <= T + 2 * HOUR; now += 5_000) {
      for (Stored stored : crew.until(now)) {
        telemetry.reports.add(stored.report());
        live.take(stored);
      }
      seen.put(now, live.desks(now));
    }

    Replay replay = replay(T + HOUR, T + 2 * HOUR);

    assertThat(replay.cut()).isFalse();
    int compared = 0;
    for (long now = T + HOUR + 5_000; now < T + 2 * HOUR; now += 5_000) {
      Map<String, Desk> then = new HashMap<>();
      for (Desk desk : seen.get(now)) {
        then.put(desk.key(), desk);
      }
      for (Replay.Track track : replay.tracks()) {
        // The live office was told of what happened before this moment.
        Optional<Replay.Step> step = at(track.steps(), now);
        Desk desk = then.remove(track.desk().key());
        State shown = step.map(Replay.Step::state).orElse(State.of(Activity.GONE, 0));
        assertThat(shown.activity())
            .as(track.desk().key() + " at " + (now - T))
            .isEqualTo(desk == null ? Activity.GONE : desk.state().activity());
        if (desk != null) {
          assertThat(shown.tool()).isEqualTo(desk.state().tool());
          assertThat(subAgents(track, now))
              .isEqualTo(
                  desk.subAgents().stream()
                      .collect(
                          java.util.stream.Collectors.toMap(
                              Desk.SubAgent::id, agent -> agent.state().activity())));
          compared++;
        }
      }
      assertThat(then).isEmpty();
    }
    assertThat(compared).isGreaterThan(10_000);
  }

  @Test
  void whatWasGoingOnAtTheBeginning_isThereFromTheBeginning() {
    record(
        Said.at(T - 60_000, EventKind.PROMPT),
        Said.called(T - 50_000, 1_000, 1_000),
        Said.decided(T - 50_000, "Bash", "c1", Result.ACCEPTED),
        Said.ran(T + 30_000, "Bash", "c1"),
        Said.called(T + 40_000, 7, 9));

    Replay.Track track = replay(T, T + HOUR).tracks().getFirst();

    assertThat(track.steps())
        .extracting(step -> step.atMillis() - T, step -> step.state().activity())
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(0L, Activity.SHELL),
            org.assertj.core.groups.Tuple.tuple(30_000L, Activity.THINKING),
            org.assertj.core.groups.Tuple.tuple(40_000 + Worker.SETTLED_MILLIS, Activity.WAITING),
            org.assertj.core.groups.Tuple.tuple(40_000 + Seat.AWAY_MILLIS, Activity.AWAY),
            org.assertj.core.groups.Tuple.tuple(40_000 + Seat.GONE_MILLIS, Activity.GONE));
    assertThat(track.steps().getLast().sums().tokens()).isEqualTo(7);
  }

  @Test
  void whoHadGone_isNotInIt() {
    record(Said.at(T - 60_000, EventKind.PROMPT), Said.at(T - 50_000, EventKind.SESSION_END));
    record(Said.at(T + HOUR, EventKind.PROMPT));
    assertThat(replay(T, T + HOUR).tracks()).isEmpty();
  }

  @Test
  void tooMuch_isCutAndSaysSo() {
    Said[] many = new Said[Recorder.MOST_STEPS + 10];
    for (int i = 0; i < many.length; i++) {
      many[i] = Said.at(T + i, i % 2 == 0 ? EventKind.PROMPT : EventKind.ANSWER);
    }
    record(many);

    Replay replay = replay(T, T + HOUR);

    assertThat(replay.cut()).isTrue();
    assertThat(replay.tracks().getFirst().steps())
        .hasSizeLessThanOrEqualTo(Recorder.MOST_STEPS + 5);
  }

  private void record(Said... said) {
    telemetry.reports.add(Said.report(Said.facts("claude-code", "s1", "", ""), List.of(said)));
  }

  private Replay replay(long from, long to) {
    return Recorder.replay(telemetry.store().sessions(), OrganizationId.FIRST, from, to);
  }

  /** The live office had heard of what happened before a moment, not at it. */
  private static Optional<Replay.Step> at(List<Replay.Step> steps, long now) {
    return steps.stream().filter(step -> step.atMillis() <= now).reduce((a, b) -> b);
  }

  private static Map<String, Activity> subAgents(Replay.Track track, long now) {
    Map<String, Activity> there = new HashMap<>();
    for (Replay.SubAgentTrack agent : track.subAgents()) {
      agent.steps().stream()
          .filter(step -> step.atMillis() <= now)
          .reduce((a, b) -> b)
          .map(step -> step.state().activity())
          .filter(activity -> activity != Activity.GONE)
          .ifPresent(activity -> there.put(agent.id(), activity));
    }
    return there;
  }
}
