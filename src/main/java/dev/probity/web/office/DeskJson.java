package dev.probity.web.office;

import dev.probity.http.Csv;
import dev.probity.http.Json;
import dev.probity.telemetry.office.Desk;
import dev.probity.telemetry.office.LiveOffice;
import dev.probity.telemetry.office.Replay;
import dev.probity.telemetry.office.State;
import dev.probity.telemetry.office.Sums;
import dev.probity.web.sessions.AgentLabels;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Desks and replays as the API and the page's script read them. */
final class DeskJson {
  private final PersonNames names;

  DeskJson(PersonNames names) {
    this.names = names;
  }

  ObjectNode list(LiveOffice.Look look) {
    ObjectNode root = change(look.asOfMillis(), look.desks());
    return root.putNull("next");
  }

  ObjectNode change(long asOfMillis, List<Desk> desks) {
    ObjectNode root = now(asOfMillis);
    ArrayNode items = root.putArray("items");
    desks.forEach(desk -> items.add(of(desk)));
    return root;
  }

  ObjectNode change(long asOfMillis, List<Desk> desks, Set<String> gone) {
    ObjectNode root = change(asOfMillis, desks);
    ArrayNode left = root.putArray("gone");
    gone.forEach(left::add);
    return root;
  }

  static ObjectNode now(long asOfMillis) {
    return Json.object().put("as_of", time(asOfMillis));
  }

  ObjectNode of(Desk desk) {
    Sums sums = desk.sums();
    ObjectNode json =
        who(desk)
            .put("state", desk.state().activity().text())
            .put("since", time(desk.state().sinceMillis()))
            .put("tool", desk.state().tool())
            .put("running", desk.state().running())
            .put("started_at", time(desk.startedMillis()))
            .put("heard_at", time(desk.heardMillis()))
            .put("model_calls", sums.modelCalls())
            .put("tool_calls", sums.toolCalls())
            .put("errors", sums.errors())
            .put("tokens", sums.tokens())
            .put("charge_nano_usd", sums.chargeNanoUsd())
            .put("unpriced", sums.unpriced())
            .put("waited_ms", sums.waitedMillis());
    ArrayNode agents = json.putArray("sub_agents");
    for (Desk.SubAgent agent : desk.subAgents()) {
      agents
          .addObject()
          .put("id", agent.id())
          .put("name", agent.name())
          .put("state", agent.state().activity().text())
          .put("since", time(agent.state().sinceMillis()))
          .put("tool", agent.state().tool());
    }
    return json;
  }

  private ObjectNode who(Desk desk) {
    return Json.object()
        .put("id", desk.key())
        .put("agent", desk.agent())
        .put("agent_label", AgentLabels.of(desk.agent()))
        .put("session", desk.session())
        .put("person", desk.person() == 0 ? "" : Long.toUnsignedString(desk.person()))
        .put("person_label", names.of(desk.person()))
        .put("team", desk.team())
        .put("repository", desk.repository())
        .put("branch", desk.branch())
        .put("model", desk.model());
  }

  ObjectNode of(Replay replay) {
    ObjectNode root =
        Json.object()
            .put("from", time(replay.fromMillis()))
            .put("to", time(replay.toMillis()))
            .put("truncated", replay.cut());
    ArrayNode items = root.putArray("items");
    for (Replay.Track track : replay.tracks()) {
      ObjectNode json = who(track.desk()).put("started_at", time(track.desk().startedMillis()));
      ArrayNode steps = json.putArray("steps");
      for (Replay.Step step : track.steps()) {
        step(steps, step.atMillis() - replay.fromMillis(), step.state())
            .add(step.state().running())
            .add(step.sums().toolCalls())
            .add(step.sums().chargeNanoUsd())
            .add(step.sums().tokens())
            .add(step.sums().errors());
      }
      ArrayNode agents = json.putArray("sub_agents");
      for (Replay.SubAgentTrack agent : track.subAgents()) {
        ArrayNode own =
            agents.addObject().put("id", agent.id()).put("name", agent.name()).putArray("steps");
        for (Replay.SubAgentStep step : agent.steps()) {
          step(own, step.atMillis() - replay.fromMillis(), step.state());
        }
      }
      items.add(json);
    }
    return root;
  }

  private static ArrayNode step(ArrayNode steps, long offsetMillis, State state) {
    return steps.addArray().add(offsetMillis).add(state.activity().text()).add(state.tool());
  }

  String csv(List<Desk> desks) {
    Csv csv =
        new Csv(
            List.of(
                "id",
                "agent",
                "session",
                "person",
                "team",
                "repository",
                "branch",
                "model",
                "state",
                "since",
                "tool",
                "started_at",
                "heard_at",
                "model_calls",
                "tool_calls",
                "errors",
                "tokens",
                "charge_nano_usd",
                "unpriced",
                "waited_ms",
                "sub_agents"));
    desks.forEach(desk -> csv.row(row(desk)));
    return csv.toString();
  }

  private List<Object> row(Desk desk) {
    Sums sums = desk.sums();
    return List.of(
        desk.key(),
        desk.agent(),
        desk.session(),
        names.of(desk.person()),
        desk.team(),
        desk.repository(),
        desk.branch(),
        desk.model(),
        desk.state().activity().text(),
        time(desk.state().sinceMillis()),
        desk.state().tool(),
        time(desk.startedMillis()),
        time(desk.heardMillis()),
        sums.modelCalls(),
        sums.toolCalls(),
        sums.errors(),
        sums.tokens(),
        sums.chargeNanoUsd(),
        sums.unpriced(),
        sums.waitedMillis(),
        desk.subAgents().size());
  }

  private static String time(long millis) {
    return Instant.ofEpochMilli(millis).toString();
  }
}
