package dev.probity.web.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.kernel.Usage;
import dev.probity.pricing.Charge;
import dev.probity.telemetry.AgentEvent;
import dev.probity.telemetry.EventKind;
import dev.probity.telemetry.Result;
import dev.probity.telemetry.Signal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TimelineTest {
  @Test
  void decisionToldBeforeItsModelCall_standsBelowIt() {
    Timeline timeline =
        Timeline.of(
            List.of(
                event(10, EventKind.PROMPT),
                tool(20, EventKind.TOOL_DECISION, "call-1", "req-1"),
                tool(30, EventKind.TOOL_RESULT, "call-1", "req-1"),
                model(40, "req-1"),
                event(50, EventKind.ANSWER)));

    assertThat(outline(timeline))
        .containsExactly("turn 1", "  MODEL_CALL", "    TOOL_DECISION TOOL_RESULT", "  ANSWER");
  }

  @Test
  void resultThatAloneKnowsItsRequest_bringsTheWholeToolBelowIt() {
    Timeline timeline =
        Timeline.of(
            List.of(
                event(10, EventKind.PROMPT),
                tool(20, EventKind.WAIT, "call-1", ""),
                tool(30, EventKind.TOOL_RESULT, "call-1", "req-1"),
                model(40, "req-1")));

    assertThat(outline(timeline)).containsExactly("turn 1", "  MODEL_CALL", "    WAIT TOOL_RESULT");
  }

  @Test
  void promptBeginsATurn_andWhatWasBeforeHasItsOwn() {
    Timeline timeline =
        Timeline.of(
            List.of(
                event(5, EventKind.SESSION_START),
                event(10, EventKind.PROMPT),
                model(20, "a"),
                event(30, EventKind.PROMPT),
                model(40, "b")));

    assertThat(outline(timeline))
        .containsExactly(
            "turn 0", "  SESSION_START", "turn 1", "  MODEL_CALL", "turn 2", "  MODEL_CALL");
  }

  @Test
  void subAgents_standBelowTheirParents() {
    Timeline timeline =
        Timeline.of(
            List.of(
                event(10, EventKind.PROMPT),
                of(20, EventKind.AGENT_START, "", "", "", "outer", ""),
                of(30, EventKind.MODEL_CALL, "", "", "r1", "outer", ""),
                of(40, EventKind.MODEL_CALL, "", "", "r2", "inner", "outer"),
                of(60, EventKind.AGENT_END, "", "", "", "outer", "")));

    assertThat(outline(timeline))
        .containsExactly(
            "turn 1",
            "  AGENT_START AGENT_END",
            "    MODEL_CALL",
            "    (sub-agent)",
            "      MODEL_CALL");
  }

  @Test
  void subAgentsThatCallEachOtherParent_areBothShown() {
    Timeline timeline =
        Timeline.of(
            List.of(
                of(20, EventKind.MODEL_CALL, "", "", "r1", "a", "b"),
                of(30, EventKind.MODEL_CALL, "", "", "r2", "b", "a")));

    assertThat(count(timeline)).isEqualTo(2);
  }

  @Test
  void deepSubAgents_areNotNestedWithoutEnd() {
    List<AgentEvent> events =
        IntStream.range(0, 500)
            .mapToObj(
                i -> of(i, EventKind.MODEL_CALL, "", "", "r" + i, "agent" + i, "agent" + (i - 1)))
            .toList();

    Timeline timeline = Timeline.of(events);

    assertThat(count(timeline)).isEqualTo(500);
    assertThat(outline(timeline)).allMatch(line -> line.indexOf(line.strip()) < 24);
  }

  @Test
  void toolWithoutIds_standsByItsTime() {
    Timeline timeline =
        Timeline.of(
            List.of(
                event(10, EventKind.PROMPT),
                model(20, ""),
                tool(30, EventKind.TOOL_RESULT, "", ""),
                model(40, "")));

    assertThat(outline(timeline))
        .containsExactly("turn 1", "  MODEL_CALL", "  TOOL_RESULT", "  MODEL_CALL");
  }

  /** Whatever the ids and the order: each event is shown once, and the page can be made. */
  @Test
  void anyEvents_areShownOnceEach() {
    Random random = new Random(3);
    for (int round = 0; round < 300; round++) {
      List<AgentEvent> events = new ArrayList<>();
      for (int i = 0; i < random.nextInt(60); i++) {
        EventKind kind = EventKind.values()[random.nextInt(EventKind.values().length)];
        events.add(
            of(
                random.nextInt(100_000),
                kind,
                word(random, "tool"),
                word(random, "call"),
                word(random, "request"),
                word(random, "agent"),
                word(random, "agent")));
      }
      Collections.shuffle(events, random);
      long shown = events.stream().filter(e -> e.kind() != EventKind.MODEL_START).count();

      assertThat(count(Timeline.of(events))).isEqualTo(shown);
      MeasuredCalls none = MeasuredCallsTest.none();
      assertThat(TimelineView.of(events, none, 0).turns()).isNotNull();
      assertThat(Lanes.of(events).lanes()).isNotNull();
    }
  }

  private static String word(Random random, String prefix) {
    int number = random.nextInt(5);
    return number == 0 ? "" : prefix + number;
  }

  private static long count(Timeline timeline) {
    return timeline.turns().stream()
        .mapToLong(turn ->
            turn.prompt().size() + turn.steps().stream().mapToLong(TimelineTest::count).sum())
        .sum();
  }

  private static long count(Timeline.Step step) {
    return step.events().size() + step.below().stream().mapToLong(TimelineTest::count).sum();
  }

  private static List<String> outline(Timeline timeline) {
    List<String> lines = new ArrayList<>();
    for (Timeline.Turn turn : timeline.turns()) {
      lines.add("turn " + turn.number());
      turn.steps().forEach(step -> outline(step, "  ", lines));
    }
    return lines;
  }

  private static void outline(Timeline.Step step, String indent, List<String> lines) {
    List<String> kinds = step.events().stream().map(event -> event.kind().name()).toList();
    lines.add(indent + (kinds.isEmpty() ? "(sub-agent)" : String.join(" ", kinds)));
    step.below().forEach(below -> outline(below, indent + "  ", lines));
  }

  private static AgentEvent event(long at, EventKind kind) {
    return of(at, kind, "", "", "", "", "");
  }

  private static AgentEvent model(long at, String request) {
    return of(at, EventKind.MODEL_CALL, "", "", request, "", "");
  }

  private static AgentEvent tool(long at, EventKind kind, String call, String request) {
    return of(at, kind, "Bash", call, request, "", "");
  }

  static AgentEvent of(
      long at,
      EventKind kind,
      String tool,
      String call,
      String request,
      String agent,
      String parent) {
    return new AgentEvent(
        at,
        at,
        kind,
        "an_event",
        Signal.LOG,
        kind == EventKind.MODEL_CALL ? "model" : "",
        Usage.NONE,
        Charge.NOTHING,
        AgentEvent.UNKNOWN,
        AgentEvent.UNKNOWN,
        AgentEvent.UNKNOWN,
        tool,
        call,
        request,
        agent,
        parent,
        Result.UNKNOWN,
        "",
        AgentEvent.UNKNOWN,
        List.of());
  }
}
