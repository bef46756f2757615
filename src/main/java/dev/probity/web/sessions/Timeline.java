package dev.probity.web.sessions;

import dev.probity.telemetry.AgentEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A session's events as they belong together: turns that begin with a prompt, in them model calls,
 * below those the tools that they asked for, and everything of a sub-agent below that sub-agent.
 *
 * <p>The order in which events come is not that in which things happened: agents tell of a tool's
 * decision before they tell of the model call whose answer asked for the tool. So ids decide where
 * something belongs, and time only where there are none.
 */
public record Timeline(List<Turn> turns) {
  /** Sub-agents of sub-agents of … are shown side by side from here on. */
  private static final int DEEPEST = 8;

  /**
   * What came of one prompt.
   *
   * @param prompt the event that began it; several only if an agent reports it twice; empty for
   *     what happened before the first prompt
   * @param steps in the order in which they began
   */
  public record Turn(int number, List<AgentEvent> prompt, List<Step> steps) {
    long fromMillis() {
      long first = steps.stream().mapToLong(Step::fromMillis).min().orElse(Long.MAX_VALUE);
      return prompt.isEmpty() ? first : Math.min(first, prompt.getFirst().atMillis());
    }

    long untilMillis() {
      long last = steps.stream().mapToLong(Step::untilMillis).max().orElse(Long.MIN_VALUE);
      return prompt.isEmpty() ? last : Math.max(last, prompt.getFirst().atMillis());
    }
  }

  /**
   * Something that happened, told by one event or by several.
   *
   * @param events of one thing: a tool's decision, wait and result; the beginning and end of a
   *     sub-agent; or one event
   * @param below what it brought about
   */
  public record Step(List<AgentEvent> events, List<Step> below) {
    /** When it began, as far as durations tell. */
    long fromMillis() {
      long own = events.stream().mapToLong(Timeline::begin).min().orElse(Long.MAX_VALUE);
      return below.stream().mapToLong(Step::fromMillis).reduce(own, Math::min);
    }

    long untilMillis() {
      long own = events.stream().mapToLong(AgentEvent::atMillis).max().orElse(Long.MIN_VALUE);
      return below.stream().mapToLong(Step::untilMillis).reduce(own, Math::max);
    }

    /** When it began by its own events, without what is below it. */
    long ownFromMillis() {
      return events.isEmpty()
          ? fromMillis()
          : events.stream().mapToLong(Timeline::begin).min().getAsLong();
    }
  }

  /** Puts events where they belong. */
  public static Timeline of(List<AgentEvent> events) {
    List<AgentEvent> ordered =
        events.stream().sorted(Comparator.comparingLong(AgentEvent::atMillis)).toList();
    Builder builder = new Builder();
    ordered.forEach(builder::gather);
    return new Timeline(builder.turns());
  }

  static long begin(AgentEvent event) {
    return event.durationMillis() > 0
        ? event.atMillis() - event.durationMillis()
        : event.atMillis();
  }

  /** Grows while events are gathered. */
  private static final class Group {
    private final List<AgentEvent> events = new ArrayList<>();
    private final List<Group> below = new ArrayList<>();

    /** How deep a sub-agent stands below others. */
    private int depth;

    private Step step() {
      List<Step> steps = new ArrayList<>(below.stream().map(Group::step).toList());
      steps.sort(Comparator.comparingLong(Step::ownFromMillis));
      return new Step(List.copyOf(events), List.copyOf(steps));
    }
  }

  private static final class Builder {
    /** By what the events say belongs together: a call, a request or a sub-agent, by its id. */
    private final Map<String, Group> named = new LinkedHashMap<>();

    /** Which group belongs below which, once all of them are known. */
    private final List<Place> places = new ArrayList<>();

    private final List<AgentEvent> prompts = new ArrayList<>();

    /** Where a group belongs: below the first of these that exists. */
    private record Place(Group group, List<String> parents, long atMillis) {}

    private void gather(AgentEvent event) {
      String agent = event.agentId();
      switch (event.kind()) {
        case PROMPT -> prompt(event);
        case MODEL_START -> {} // The call itself says it all, once it is over.
        case AGENT_START, AGENT_END -> agent(agent, event.parentAgentId(), event).events.add(event);
        case MODEL_CALL, MODEL_ERROR -> add(event, "request ", event.requestId(), List.of());
        case TOOL_DECISION, TOOL_RESULT, WAIT ->
            add(event, "call ", event.callId(), List.of("request " + event.requestId()));
        default -> add(event, "", "", List.of());
      }
    }

    /** A sub-agent is prompted by its parent, not by a person. */
    private void prompt(AgentEvent event) {
      if (event.agentId().isEmpty()) {
        prompts.add(event);
      } else {
        add(event, "", "", List.of());
      }
    }

    private void add(AgentEvent event, String kind, String id, List<String> parents) {
      boolean isKnown = !id.isEmpty() && named.containsKey(kind + id);
      Group group =
          id.isEmpty() ? new Group() : named.computeIfAbsent(kind + id, key -> new Group());
      group.events.add(event);
      List<String> all = new ArrayList<>(parents);
      if (!event.agentId().isEmpty()) {
        agent(event.agentId(), event.parentAgentId(), event);
        all.add("agent " + event.agentId());
      }
      if (isKnown) {
        // A later event of the same thing may know what the first did not.
        places.stream()
            .filter(place -> place.group == group)
            .findFirst()
            .ifPresent(place -> place.parents.addAll(0, parents));
      } else {
        places.add(new Place(group, all, event.atMillis()));
      }
    }

    private Group agent(String id, String parent, AgentEvent first) {
      Group known = named.get("agent " + id);
      if (known != null) {
        return known;
      }
      Group group = new Group();
      named.put("agent " + id, group);
      List<String> parents = new ArrayList<>();
      if (!parent.isEmpty() && !parent.equals(id)) {
        // The parent is placed first, so that two that call each other parent form no circle.
        Group above = agent(parent, "", first);
        if (above.depth < DEEPEST) {
          group.depth = above.depth + 1;
          parents.add("agent " + parent);
        }
      }
      places.add(new Place(group, parents, first.atMillis()));
      return group;
    }

    private List<Turn> turns() {
      List<Group> turns = new ArrayList<>();
      for (int i = 0; i <= prompts.size(); i++) {
        turns.add(new Group());
      }
      for (Place place : places) {
        place.parents.stream()
            .map(named::get)
            .filter(parent -> parent != null && parent != place.group)
            .findFirst()
            .orElseGet(() -> turns.get(turnAt(place.atMillis)))
            .below
            .add(place.group);
      }
      List<Turn> made = new ArrayList<>();
      for (int i = 0; i < turns.size(); i++) {
        List<Step> steps = turns.get(i).step().below();
        if (i > 0 || !steps.isEmpty()) {
          made.add(new Turn(i, i == 0 ? List.of() : List.of(prompts.get(i - 1)), steps));
        }
      }
      return List.copyOf(made);
    }

    /** 0 before the first prompt. */
    private int turnAt(long millis) {
      int turn = 0;
      while (turn < prompts.size() && prompts.get(turn).atMillis() <= millis) {
        turn++;
      }
      return turn;
    }
  }
}
