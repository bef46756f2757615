package dev.probity.telemetry.office;

import dev.probity.kernel.OrganizationId;
import dev.probity.telemetry.sessions.SessionQuery;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs the past through the same state machine as the present, and writes down what changes. */
final class Recorder {
  /** A browser still takes this well. */
  static final int MOST_STEPS = 100_000;

  private final long fromMillis;
  private final long toMillis;
  private final List<Replay.Track> tracks = new ArrayList<>();
  private int steps;
  private boolean cut;

  private Recorder(long fromMillis, long toMillis) {
    this.fromMillis = fromMillis;
    this.toMillis = toMillis;
  }

  static Replay replay(
      SessionQuery sessions, OrganizationId organization, long fromMillis, long toMillis) {
    // Whoever was there at the beginning was heard of in the half hour before it.
    Past past = Past.of(sessions, organization, fromMillis - Seat.GONE_MILLIS, toMillis);
    Recorder recorder = new Recorder(fromMillis, toMillis);
    past.visits().forEach(recorder::record);
    return new Replay(
        fromMillis, toMillis, List.copyOf(recorder.tracks), recorder.cut || past.isCut());
  }

  private void record(Past.Visit visit) {
    Seat seat = new Seat(visit.facts(), visit.person());
    seat.countFrom(fromMillis);
    Pen pen = new Pen();
    List<Moment> moments = visit.moments();
    for (int i = 0; i < moments.size() && steps < MOST_STEPS; i++) {
      long at = moments.get(i).atMillis();
      seat.take(moments.get(i));
      seat.count(moments.get(i));
      if (i + 1 < moments.size() && moments.get(i + 1).atMillis() == at) {
        continue; // What happened in the same millisecond is one step.
      }
      pen.write(seat, at);
      long until = i + 1 < moments.size() ? moments.get(i + 1).atMillis() : toMillis;
      long next = seat.nextChangeMillis(at);
      while (next < until) {
        pen.write(seat, next);
        next = seat.nextChangeMillis(next);
      }
    }
    cut |= steps >= MOST_STEPS;
    Replay.Track track = pen.track(seat);
    if (track.steps().stream().anyMatch(step -> step.state().activity() != Activity.GONE)) {
      tracks.add(track);
    }
  }

  /** Writes one track: only what differs from what was written last. */
  private final class Pen {
    private final List<Replay.Step> written = new ArrayList<>();
    private final Map<String, List<Replay.SubAgentStep>> subAgents = new LinkedHashMap<>();
    private final Map<String, String> names = new LinkedHashMap<>();

    void write(Seat seat, long atMillis) {
      Desk desk = seat.desk(atMillis);
      long at = Math.max(atMillis, fromMillis);
      add(written, new Replay.Step(at, desk.state(), desk.sums()));
      for (Desk.SubAgent agent : desk.subAgents()) {
        names.put(agent.id(), agent.name());
        add(
            subAgents.computeIfAbsent(agent.id(), id -> new ArrayList<>()),
            new Replay.SubAgentStep(at, agent.state()));
      }
      subAgents.forEach((id, each) -> {
        if (desk.subAgents().stream().noneMatch(agent -> agent.id().equals(id))) {
          add(each, new Replay.SubAgentStep(at, State.of(Activity.GONE, at)));
        }
      });
    }

    private void add(List<Replay.Step> to, Replay.Step step) {
      if (!to.isEmpty() && to.getLast().atMillis() == step.atMillis()) {
        to.removeLast();
        steps--;
      }
      if (to.isEmpty() || !to.getLast().state().looksLike(step.state())) {
        to.add(step);
        steps++;
      }
    }

    private void add(List<Replay.SubAgentStep> to, Replay.SubAgentStep step) {
      if (!to.isEmpty() && to.getLast().atMillis() == step.atMillis()) {
        to.removeLast();
        steps--;
      }
      if (to.isEmpty() || !to.getLast().state().looksLike(step.state())) {
        to.add(step);
        steps++;
      }
    }

    Replay.Track track(Seat seat) {
      List<Replay.SubAgentTrack> tracked = new ArrayList<>();
      subAgents.forEach((id, each) -> {
        boolean wasThere = each.stream().anyMatch(s -> s.state().activity() != Activity.GONE);
        if (wasThere) {
          tracked.add(new Replay.SubAgentTrack(id, names.getOrDefault(id, ""), List.copyOf(each)));
        }
      });
      return new Replay.Track(seat.desk(toMillis), List.copyOf(written), List.copyOf(tracked));
    }
  }
}
