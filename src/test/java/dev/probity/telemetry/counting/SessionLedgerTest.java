package dev.probity.telemetry.counting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.kernel.Usage;
import dev.probity.pricing.Charge;
import dev.probity.telemetry.AgentEvent;
import dev.probity.telemetry.EventKind;
import dev.probity.telemetry.Measure;
import dev.probity.telemetry.Result;
import dev.probity.telemetry.SessionFacts;
import dev.probity.telemetry.Signal;
import dev.probity.telemetry.sessions.Dimensions;
import dev.probity.telemetry.sessions.Figure;
import dev.probity.telemetry.sessions.Figures;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SessionLedgerTest {
  private static final long START = Told.START;
  private static final String OPUS = "claude-opus-5-5";

  private final Counted counted = new Counted();

  @Test
  void events_addUp() {
    counted.count(
        Told.event(Signal.LOG, EventKind.PROMPT, START, Result.UNKNOWN),
        Told.call(Signal.LOG, START + 1, 100, 20, 5_000),
        Told.call(Signal.LOG, START + 2, 10, 2, 500),
        Told.event(Signal.LOG, EventKind.TOOL_DECISION, START + 3, Result.ACCEPTED),
        Told.event(Signal.LOG, EventKind.TOOL_DECISION, START + 3, Result.REJECTED),
        Told.event(Signal.LOG, EventKind.TOOL_RESULT, START + 4, Result.OK),
        Told.event(Signal.LOG, EventKind.TOOL_RESULT, START + 5, Result.FAILED),
        Told.event(Signal.LOG, EventKind.MODEL_ERROR, START + 6, Result.FAILED),
        Told.event(Signal.LOG, EventKind.HOOK, START + 7, Result.OK),
        Told.event(Signal.SPAN, EventKind.WAIT, START + 8, Result.OK, AgentEvent.UNKNOWN, 900),
        Told.event(Signal.SPAN, EventKind.WAIT, START + 8, Result.OK));

    assertThat(counted.ledger.figures())
        .isEqualTo(
            figures(
                Map.ofEntries(
                    Map.entry(Figure.SESSIONS, 1),
                    Map.entry(Figure.PROMPTS, 1),
                    Map.entry(Figure.MODEL_CALLS, 2),
                    Map.entry(Figure.UNCACHED_INPUT, 110),
                    Map.entry(Figure.OUTPUT_TEXT, 22),
                    Map.entry(Figure.CHARGE_NANO_USD, 5_500),
                    Map.entry(Figure.SPEND_NANO_USD, 5_500),
                    Map.entry(Figure.TOOLS_ACCEPTED, 1),
                    Map.entry(Figure.TOOLS_REJECTED, 1),
                    Map.entry(Figure.TOOL_CALLS, 2),
                    Map.entry(Figure.ERRORS, 2),
                    Map.entry(Figure.WAITED_MILLIS, 900))));
    assertThat(counted.ledger.source()).isEqualTo(Signal.LOG);
    assertThat(counted.ledger.models()).containsExactly(OPUS);
    assertThat(counted.ledger.startedAtMillis()).isEqualTo(START);
    assertThat(counted.ledger.endedAtMillis()).isEqualTo(START + 8);
    assertThat(counted.ledger.person()).isEqualTo(7);
  }

  @Test
  void sums_areByHourAndDimensions() {
    counted.count(
        Told.call(Signal.LOG, START + 1, 100, 20, 5_000),
        Told.call(Signal.LOG, START + Told.HOUR, 10, 2, 500));
    assertThat(counted.sums.places())
        .containsEntry(new Group(START, dimensions("")), figures(Map.of(Figure.SESSIONS, 1)))
        .containsKeys(
            new Group(START, dimensions(OPUS)), new Group(START + Told.HOUR, dimensions(OPUS)))
        .hasSize(3);
  }

  @Test
  void subscription_chargesButSpendsNothing() {
    counted.facts = Told.facts("s1", SessionFacts.PLAN_SUBSCRIPTION);
    counted.count(Told.call(Signal.LOG, START, 100, 20, 5_000));
    assertThat(counted.figure(Figure.CHARGE_NANO_USD)).isEqualTo(5_000);
    assertThat(counted.figure(Figure.SPEND_NANO_USD)).isZero();

    Counted metrics = new Counted();
    metrics.facts = counted.facts;
    metrics.count(Told.delta(Measure.INPUT, OPUS, START, 1_000));
    assertThat(metrics.figure(Figure.CHARGE_NANO_USD)).isEqualTo(4_000_000);
    assertThat(metrics.figure(Figure.SPEND_NANO_USD)).isZero();
  }

  @Test
  void laterFacts_fillWhatIsMissing() {
    SessionFacts unknown =
        new SessionFacts("claude-code", "s1", "", "", "", "", "", "", "", "", "", "", "", "");
    SessionFacts full = counted.facts;
    counted.facts = unknown;
    counted.person = 0;
    counted.count(Told.event(Signal.LOG, EventKind.PROMPT, START, Result.UNKNOWN));
    counted.facts = full;
    counted.person = 7;
    counted.count(Told.event(Signal.LOG, EventKind.PROMPT, START + 1, Result.UNKNOWN));
    counted.facts = unknown;
    counted.person = 0;
    counted.count(Told.event(Signal.LOG, EventKind.PROMPT, START + 2, Result.UNKNOWN));

    assertThat(counted.ledger.facts().repository()).isEqualTo("acme/shop");
    assertThat(counted.sums.places())
        .containsEntry(
            new Group(START, dimensions("")),
            figures(Map.of(Figure.SESSIONS, 1, Figure.PROMPTS, 2)))
        .hasSize(2);
  }

  @Test
  void earlierEvent_movesTheSessionToItsHour() {
    counted.count(
        Told.event(Signal.LOG, EventKind.HOOK, START + Told.HOUR, Result.OK),
        Told.event(Signal.LOG, EventKind.HOOK, START + 5, Result.OK));
    assertThat(counted.sums.places()).containsOnlyKeys(new Group(START, dimensions(""))).hasSize(1);
    assertThat(counted.ledger.startedAtMillis()).isEqualTo(START + 5);
  }

  @Test
  void unpricedCalls_areCounted() {
    counted.count(
        Told.call(Signal.LOG, START, "unheard-of", Usage.NONE, Charge.UNPRICED),
        Told.call(Signal.LOG, START, 1, 1, 1));
    assertThat(counted.figure(Figure.UNPRICED)).isEqualTo(1);
    assertThat(counted.figure(Figure.MODEL_CALLS)).isEqualTo(2);

    Counted metrics = new Counted();
    metrics.count(Told.delta(Measure.INPUT, "unheard-of", START, 5));
    assertThat(metrics.figure(Figure.UNPRICED)).isEqualTo(1);
    metrics.count(Told.delta(Measure.MODEL_CALLS, "unheard-of", START, 3));
    assertThat(metrics.figure(Figure.UNPRICED)).isEqualTo(3);
    assertThat(metrics.figure(Figure.MODEL_CALLS)).isEqualTo(3);
  }

  @Test
  void claims_countWhereGiven_andAreCorrected() {
    counted.count(
        Told.event(Signal.LOG, EventKind.MODEL_CALL, START, Result.OK, 900, 1),
        Told.event(Signal.LOG, EventKind.MODEL_CALL, START, Result.OK, AgentEvent.UNKNOWN, 1),
        Told.event(Signal.LOG, EventKind.OTHER, START, Result.OK, 50, 1),
        Told.event(Signal.LOG, EventKind.CORRECTION, START + 1, Result.UNKNOWN, -300, 1));
    assertThat(counted.figure(Figure.CLAIMED_NANO_USD)).isEqualTo(650);
  }

  @Test
  void absurdValues_neverOverflow() {
    Usage absurd =
        new Usage(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, 0, Long.MAX_VALUE, 0, 0);
    for (int i = 0; i < 5_000; i++) {
      ledgerOnly(
          Told.call(Signal.LOG, START, OPUS, absurd, new Charge(Long.MAX_VALUE, false, "v")));
      ledgerOnly(
          Told.event(Signal.LOG, EventKind.CORRECTION, START, Result.OK, Long.MIN_VALUE + 1, 1));
    }
    assertThat(counted.figure(Figure.UNCACHED_INPUT)).isEqualTo(1L << 50);
    assertThat(counted.figure(Figure.CHARGE_NANO_USD)).isEqualTo(1L << 50);
    assertThat(counted.figure(Figure.CLAIMED_NANO_USD)).isEqualTo(-(1L << 50));
    assertThat(counted.sums.total()).isEqualTo(counted.ledger.figures());
    counted.count(
        Told.call(Signal.LOG, START, OPUS, Usage.NONE, new Charge(-5, false, "v")),
        Told.delta(Measure.COMMITS, "", START, Long.MAX_VALUE),
        Told.delta(Measure.COMMITS, "", START, -5));
    assertThat(counted.figure(Figure.COMMITS)).isEqualTo(1L << 40);
  }

  private void ledgerOnly(AgentEvent event) {
    counted.ledger.count(counted.facts, counted.person, event, counted.sums);
  }

  @Test
  void models_areBounded() {
    for (int i = 0; i < 50; i++) {
      counted.count(Told.call(Signal.LOG, START, "m" + i, Usage.NONE, Charge.UNPRICED));
    }
    assertThat(counted.ledger.models()).hasSize(20).startsWith("m0", "m1");
  }

  @Test
  void brokenState_isRefused() {
    counted.count(
        Told.call(Signal.SPAN, START, 1, 2, 3),
        Told.cumulative(Measure.ACTIVE_AGENT_MILLIS, "", START, START + 1, 5),
        Told.cumulative(Measure.INPUT, OPUS, START, START + 1, 5));
    byte[] state = counted.ledger.state();
    Random random = new Random(20261120);
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] broken =
          Arrays.copyOf(
              state, random.nextInt(4) == 0 ? random.nextInt(state.length) : state.length);
      if (broken.length > 0) {
        broken[random.nextInt(broken.length)] = (byte) random.nextInt();
      }
      try {
        SessionLedger.restore(broken);
      } catch (IllegalArgumentException e) {
        refused++;
      }
    }
    assertThat(refused).isPositive();
  }

  private static Dimensions dimensions(String model) {
    return new Dimensions("claude-code", model, 7, "team", "acme/shop", "main", "api");
  }

  private static Figures figures(Map<Figure, Integer> values) {
    long[] all = new long[Figure.values().length];
    values.forEach((figure, value) -> all[figure.ordinal()] = value);
    return Figures.of(all);
  }
}
