package dev.probity.web.sessions;

import dev.probity.kernel.Usage;
import dev.probity.telemetry.AgentEvent;
import dev.probity.telemetry.AgentEvent.Detail;
import dev.probity.telemetry.EventKind;
import dev.probity.telemetry.Result;
import dev.probity.web.Badge;
import dev.probity.web.figures.Format;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a timeline says of a step. */
record StepWords(MeasuredCalls measured) {
  /** Details that name a sub-agent, the best first. */
  private static final List<String> AGENT_NAMES =
      List.of("agent_type", "agent.name", "agent_name", "subagent_type");

  private static final int MOST_DETAILS = 4;

  String kind(Timeline.Step step) {
    return switch (main(step)) {
      case MODEL_CALL -> "model";
      case MODEL_ERROR, FAILURE -> "error";
      case TOOL_DECISION, TOOL_RESULT -> "tool";
      case WAIT -> tool(step).isEmpty() ? "wait" : "tool";
      case AGENT_START, AGENT_END -> "agent";
      case ANSWER -> "answer";
      default -> "note";
    };
  }

  String title(Timeline.Step step) {
    return switch (main(step)) {
      case MODEL_CALL -> first(step, EventKind.MODEL_CALL).map(AgentEvent::model).orElse("");
      case MODEL_ERROR -> "Model call failed";
      case TOOL_DECISION, TOOL_RESULT, WAIT ->
          tool(step).isEmpty() ? "Waited for a person" : tool(step);
      case AGENT_START, AGENT_END -> "Sub-agent " + agentName(step);
      case ANSWER -> "Answer";
      case PROMPT -> "Prompt of the sub-agent";
      case COMPACTION -> "Conversation shortened";
      case SESSION_START -> "Session began";
      case SESSION_END -> "Session ended";
      case HOOK -> "Hook";
      case MODE -> "Way of acting changed";
      case FAILURE -> "The agent failed";
      case CORRECTION -> "Correction of money";
      case MODEL_START -> "Model call began";
      case OTHER -> step.events().getFirst().name();
    };
  }

  /** What goes with the title: sizes, and what else was told. */
  String words(Timeline.Step step) {
    if (step.events().isEmpty()) {
      return "";
    }
    List<String> words = new ArrayList<>();
    EventKind main = main(step);
    long size = step.events().getLast().size();
    if (size != AgentEvent.UNKNOWN) {
      boolean isTool = main == EventKind.TOOL_RESULT;
      words.add(isTool ? Format.bytes(size) : Format.number(size) + " characters");
    }
    switch (main) {
      case MODEL_ERROR -> words.add(step.events().getFirst().model());
      case HOOK, MODE, FAILURE, COMPACTION, OTHER ->
          words.add(
              step.events().getFirst().details().stream()
                  .limit(MOST_DETAILS)
                  .map(detail -> detail.name() + " " + detail.value())
                  .collect(Collectors.joining(", ")));
      default -> {}
    }
    return words.stream().filter(word -> !word.isEmpty()).collect(Collectors.joining(", "));
  }

  List<Badge> badges(Timeline.Step step) {
    List<Badge> badges = new ArrayList<>();
    Optional<AgentEvent> wait =
        tool(step).isEmpty() ? Optional.empty() : first(step, EventKind.WAIT);
    wait.filter(event -> event.durationMillis() != AgentEvent.UNKNOWN)
        .ifPresent(event ->
            badges.add(new Badge("warn", "asked, " + Format.duration(event.durationMillis()))));
    boolean ran = first(step, EventKind.TOOL_RESULT).isPresent();
    for (AgentEvent event : step.events()) {
      if (event.result() == Result.REJECTED) {
        badges.add(new Badge("bad", "rejected"));
      } else if (event.result() == Result.ACCEPTED && !ran) {
        badges.add(new Badge("plain", "allowed"));
      } else if (event.result() == Result.CANCELLED) {
        badges.add(new Badge("warn", "stopped"));
      }
      if (event.isError()) {
        badges.add(new Badge("bad", event.error().isEmpty() ? "failed" : event.error()));
      }
      if (event.charge().unpriced()) {
        badges.add(new Badge("warn", "unpriced"));
      }
    }
    return badges.stream().distinct().toList();
  }

  /** Tokens and charge. */
  String figures(Timeline.Step step) {
    Usage usage = step.events().stream().map(AgentEvent::usage).reduce(Usage.NONE, Usage::plus);
    if (usage.total() == 0) {
      return "";
    }
    long nanoUsd = step.events().stream().mapToLong(event -> event.charge().nanoUsd()).sum();
    String cached =
        usage.cacheRead() > 0
            ? " (" + Format.wholePercent(usage.cacheRead(), usage.input()) + " cached)"
            : "";
    return Format.compact(usage.input())
        + " in"
        + cached
        + ", "
        + Format.compact(usage.output())
        + " out"
        + (nanoUsd == 0 ? "" : " · " + Format.usd(nanoUsd));
  }

  String duration(Timeline.Step step) {
    for (EventKind kind : List.of(EventKind.TOOL_RESULT, EventKind.MODEL_CALL, main(step))) {
      Optional<AgentEvent> event = first(step, kind);
      if (event.isPresent() && event.get().durationMillis() > 0) {
        return Format.duration(event.get().durationMillis());
      }
    }
    return main(step) == EventKind.AGENT_END || main(step) == EventKind.AGENT_START
        ? Format.duration(step.untilMillis() - step.fromMillis())
        : "";
  }

  String link(Timeline.Step step) {
    return step.events().stream()
        .flatMap(event -> measured.of(event).stream())
        .findFirst()
        .map(exchange -> "/exchanges/" + exchange.id())
        .orElse("");
  }

  /** The event that says most of what the step is. */
  private static EventKind main(Timeline.Step step) {
    for (EventKind kind :
        List.of(EventKind.TOOL_RESULT, EventKind.TOOL_DECISION, EventKind.MODEL_CALL)) {
      if (first(step, kind).isPresent()) {
        return kind;
      }
    }
    // A sub-agent of which neither beginning nor end was told has no event of its own.
    return step.events().isEmpty() ? EventKind.AGENT_START : step.events().getFirst().kind();
  }

  private static Optional<AgentEvent> first(Timeline.Step step, EventKind kind) {
    return step.events().stream().filter(event -> event.kind() == kind).findFirst();
  }

  private static String tool(Timeline.Step step) {
    return step.events().stream()
        .map(AgentEvent::tool)
        .filter(tool -> !tool.isEmpty())
        .findFirst()
        .orElse("");
  }

  private static String agentName(Timeline.Step step) {
    for (AgentEvent event : step.events()) {
      for (String name : AGENT_NAMES) {
        Optional<Detail> detail =
            event.details().stream().filter(each -> each.name().equals(name)).findFirst();
        if (detail.isPresent()) {
          return detail.get().value();
        }
      }
    }
    return step.events().stream()
        .map(AgentEvent::agentId)
        .findFirst()
        .or(() ->
            step.below().stream()
                .flatMap(s -> s.events().stream())
                .map(AgentEvent::agentId)
                .findFirst())
        .orElse("");
  }
}
