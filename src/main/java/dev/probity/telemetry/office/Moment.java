package dev.probity.telemetry.office;

import dev.probity.telemetry.AgentEvent;
import dev.probity.telemetry.EventKind;
import dev.probity.telemetry.Result;
import dev.probity.telemetry.Signal;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * What the office needs of an event. Small, because a replay holds very many.
 *
 * @param agentName the sub-agent's kind, where the event is about one
 */
record Moment(
    long atMillis,
    EventKind kind,
    Signal signal,
    String model,
    String tool,
    String callId,
    String agentId,
    String agentName,
    Result result,
    boolean timed,
    Sums sums) {
  private static final Set<String> AGENT_NAMES =
      Set.of("agent_type", "agent_name", "agent.name", "subagent_type", "gen_ai.agent.name");
  private static final int LONGEST_NAME = 80;

  /** In the order of time; what happened in the same millisecond in the order of a turn. */
  static final Comparator<Moment> IN_ORDER =
      Comparator.comparingLong(Moment::atMillis).thenComparingInt(Moment::rank);

  static Moment of(AgentEvent event) {
    return new Moment(
        event.atMillis(),
        event.kind(),
        event.signal(),
        cut(event.model()),
        cut(event.tool()),
        cut(event.callId()),
        cut(event.agentId()),
        agentName(event.details()),
        event.result(),
        event.durationMillis() != AgentEvent.UNKNOWN,
        sums(event));
  }

  private static Sums sums(AgentEvent event) {
    boolean call = event.kind() == EventKind.MODEL_CALL;
    boolean tool = event.kind() == EventKind.TOOL_RESULT;
    boolean waited = event.kind() == EventKind.WAIT;
    if (!call && !tool && !waited && !event.isError() && event.charge().nanoUsd() == 0) {
      return Sums.NONE;
    }
    return new Sums(
        call ? 1 : 0,
        tool ? 1 : 0,
        event.isError() ? 1 : 0,
        event.usage().total(),
        event.charge().nanoUsd(),
        event.charge().unpriced() ? 1 : 0,
        waited ? Math.max(0, event.durationMillis()) : 0);
  }

  private static String agentName(List<AgentEvent.Detail> details) {
    for (AgentEvent.Detail detail : details) {
      if (AGENT_NAMES.contains(detail.name())) {
        return cut(detail.value());
      }
    }
    return "";
  }

  private static String cut(String text) {
    return text.length() <= LONGEST_NAME ? text : text.substring(0, LONGEST_NAME);
  }

  private int rank() {
    return switch (kind) {
      case SESSION_START -> 0;
      case PROMPT -> 1;
      case AGENT_START -> 2;
      case MODEL_START -> 3;
      case MODEL_CALL, MODEL_ERROR -> 4;
      case TOOL_DECISION -> 5;
      case TOOL_RESULT -> 6;
      case OTHER, WAIT, COMPACTION, HOOK, MODE, FAILURE, CORRECTION -> 7;
      case AGENT_END -> 8;
      case ANSWER -> 9;
      case SESSION_END -> 10;
    };
  }
}
