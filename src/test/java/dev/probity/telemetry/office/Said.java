package dev.probity.telemetry.office;

import dev.probity.kernel.KeyId;
import dev.probity.kernel.OrganizationId;
import dev.probity.kernel.Usage;
import dev.probity.pricing.Charge;
import dev.probity.pricing.Provider;
import dev.probity.telemetry.AgentEvent;
import dev.probity.telemetry.EventKind;
import dev.probity.telemetry.Result;
import dev.probity.telemetry.SessionFacts;
import dev.probity.telemetry.SessionReport;
import dev.probity.telemetry.Signal;
import dev.probity.telemetry.Stored;
import java.util.List;
import java.util.Optional;

/** What an agent says, for tests: events with as much in them as matters. */
public record Said(
    long atMillis,
    EventKind kind,
    Signal signal,
    String tool,
    String callId,
    String agentId,
    Result result,
    long durationMillis,
    long tokens,
    long nanoUsd,
    String agentName) {
  public static Said at(long atMillis, EventKind kind) {
    return new Said(
        atMillis, kind, Signal.LOG, "", "", "", Result.UNKNOWN, AgentEvent.UNKNOWN, 0, 0, "");
  }

  public static Said decided(long atMillis, String tool, String callId, Result result) {
    return new Said(
        atMillis,
        EventKind.TOOL_DECISION,
        Signal.LOG,
        tool,
        callId,
        "",
        result,
        AgentEvent.UNKNOWN,
        0,
        0,
        "");
  }

  public static Said ran(long atMillis, String tool, String callId) {
    return new Said(
        atMillis, EventKind.TOOL_RESULT, Signal.LOG, tool, callId, "", Result.OK, 20, 0, 0, "");
  }

  public static Said called(long atMillis, long tokens, long nanoUsd) {
    return new Said(
        atMillis,
        EventKind.MODEL_CALL,
        Signal.LOG,
        "",
        "",
        "",
        Result.OK,
        900,
        tokens,
        nanoUsd,
        "");
  }

  public Said on(Signal other) {
    return new Said(
        atMillis,
        kind,
        other,
        tool,
        callId,
        agentId,
        result,
        durationMillis,
        tokens,
        nanoUsd,
        agentName);
  }

  public Said by(String subAgent, String name) {
    return new Said(
        atMillis,
        kind,
        signal,
        tool,
        callId,
        subAgent,
        result,
        durationMillis,
        tokens,
        nanoUsd,
        name);
  }

  public Said ended(Result how) {
    return new Said(
        atMillis,
        kind,
        signal,
        tool,
        callId,
        agentId,
        how,
        durationMillis,
        tokens,
        nanoUsd,
        agentName);
  }

  public Said lasting(long millis) {
    return new Said(
        atMillis, kind, signal, tool, callId, agentId, result, millis, tokens, nanoUsd, agentName);
  }

  public AgentEvent event() {
    return new AgentEvent(
        hashCode(),
        atMillis,
        kind,
        kind.name(),
        signal,
        kind == EventKind.MODEL_CALL ? "claude-opus-5-5" : "",
        new Usage(tokens, 0, 0, 0, 0, 0, 0),
        new Charge(nanoUsd, false, "test"),
        AgentEvent.UNKNOWN,
        durationMillis,
        AgentEvent.UNKNOWN,
        tool,
        callId,
        "",
        agentId,
        "",
        result,
        "",
        AgentEvent.UNKNOWN,
        agentName.isEmpty() ? List.of() : List.of(new AgentEvent.Detail("agent_type", agentName)));
  }

  public static SessionFacts facts(String agent, String session, String team, String repository) {
    return new SessionFacts(
        agent, session, "1", "", "", "", "", team, repository, "main", "vscode", "api", "", "");
  }

  public static SessionReport report(SessionFacts facts, List<Said> said) {
    return new SessionReport(
        facts, Provider.ANTHROPIC, said.stream().map(Said::event).toList(), List.of(), List.of());
  }

  public static Stored stored(SessionFacts facts, long person, List<Said> said) {
    return new Stored(
        OrganizationId.FIRST,
        KeyId.NONE,
        facts.session().hashCode(),
        person,
        Optional.empty(),
        report(facts, said));
  }
}
