package dev.probity.telemetry.counting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.kernel.Usage;
import dev.probity.pricing.Charge;
import dev.probity.pricing.Provider;
import dev.probity.pricing.ServiceTier;
import dev.probity.telemetry.AgentEvent;
import dev.probity.telemetry.EventKind;
import dev.probity.telemetry.Measure;
import dev.probity.telemetry.Result;
import dev.probity.telemetry.Signal;
import dev.probity.telemetry.sessions.Figure;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricLedgerTest {
  private static final long START = Told.START;
  private static final String OPUS = "claude-opus-5-5";

  private final Counted counted = new Counted();

  /** As one turn of Codex was recorded: cached tokens first, the input that contains them later. */
  @Test
  void codex_byMetricsAlone_isWhatItsLogsSay() {
    counted.provider = Provider.OPENAI;
    String model = "gpt-5.5";
    counted.count(
        Told.delta(Measure.CACHE_READ_WITHIN_INPUT, model, START, 3_000),
        Told.delta(Measure.INPUT, model, START, 4_003),
        Told.delta(Measure.OUTPUT, model, START, 154),
        Told.delta(Measure.REASONING_WITHIN_OUTPUT, model, START, 66));
    Usage usage = new Usage(1_003, 3_000, 0, 0, 88, 66, 0);
    assertThat(counted.ledger.figures().usage()).isEqualTo(usage);
    assertThat(usage.input()).isEqualTo(4_003);
    assertThat(usage.output()).isEqualTo(154);
    assertThat(counted.figure(Figure.CHARGE_NANO_USD))
        .isPositive()
        .isEqualTo(
            Counted.PRICES
                .price(Provider.OPENAI, model, START)
                .orElseThrow()
                .charge(usage, ServiceTier.STANDARD)
                .nanoUsd());
    assertThat(counted.ledger.source()).isEqualTo(Signal.METRIC);
    assertThat(counted.ledger.models()).containsExactly(model);
  }

  /** As Gemini CLI was recorded, but in several exports. */
  @Test
  void gemini_cumulativePoints_countOnce() {
    counted.provider = Provider.GEMINI;
    String router = "gemini-3.5-flash-lite";
    String model = "gemini-3.8-flash";
    for (int export = 1; export <= 3; export++) {
      long at = START + export * 10_000;
      counted.count(
          Told.cumulative(Measure.INPUT, router, START, at, 3_001),
          Told.cumulative(Measure.OUTPUT, router, START, at, 21),
          Told.cumulative(Measure.CACHE_READ_WITHIN_INPUT, router, START, at, 1_024),
          Told.cumulative(Measure.REASONING, router, START, at, 19),
          Told.cumulative(Measure.TOOL_PROMPT, router, START, at, 0),
          Told.cumulative(Measure.INPUT, model, START, at, 6_005L * export / 3),
          Told.cumulative(Measure.OUTPUT, model, START, at, 42L * export / 3),
          Told.cumulative(Measure.CACHE_READ_WITHIN_INPUT, model, START, at, 2_048L * export / 3),
          Told.cumulative(Measure.REASONING, model, START, at, 38L * export / 3));
    }
    Usage usage = counted.ledger.figures().usage();
    assertThat(usage).isEqualTo(new Usage(9_006 - 3_072, 3_072, 0, 0, 63, 57, 0));
    assertThat(usage.total()).isEqualTo(3_041 + 6_005 + 42 + 38);
  }

  @Test
  void claude_deltaAndCumulative_areTheSame() {
    Counted cumulative = new Counted();
    long[] soFar = new long[4];
    for (int export = 1; export <= 5; export++) {
      long at = START + export * 60_000;
      long[] more = {2_403, 84, 8_000, 600};
      Measure[] measures = {Measure.INPUT, Measure.OUTPUT, Measure.CACHE_READ, Measure.CACHE_WRITE};
      for (int i = 0; i < more.length; i++) {
        soFar[i] += more[i];
        counted.count(Told.delta(measures[i], OPUS, at, more[i]));
        cumulative.count(Told.cumulative(measures[i], OPUS, START, at, soFar[i]));
      }
    }
    assertThat(cumulative.ledger.figures()).isEqualTo(counted.ledger.figures());
    assertThat(cumulative.sums.places()).isEqualTo(counted.sums.places());
    // What Claude Code itself says one of these exports cost, five times.
    assertThat(counted.figure(Figure.CHARGE_NANO_USD)).isEqualTo(5 * 15_892_000L);
  }

  @Test
  void cumulativeSeries_areAddedByTheirDifferences() {
    counted.count(
        Told.cumulative(Measure.COMMITS, "", START, START + 10, 5),
        Told.cumulative(Measure.COMMITS, "", START, START + 20, 8));
    assertThat(counted.figure(Figure.COMMITS)).isEqualTo(8);
    counted.count(
        Told.cumulative(Measure.COMMITS, "", START, START + 20, 9),
        Told.cumulative(Measure.COMMITS, "", START, START + 15, 6));
    assertThat(counted.figure(Figure.COMMITS)).as("not newer").isEqualTo(8);
    counted.count(Told.cumulative(Measure.COMMITS, "", START, START + 30, 2));
    assertThat(counted.figure(Figure.COMMITS)).as("a drop").isEqualTo(10);
    counted.count(Told.cumulative(Measure.COMMITS, "", START + 35, START + 40, 3));
    assertThat(counted.figure(Figure.COMMITS)).as("a new start").isEqualTo(13);
    counted.count(
        Told.cumulative(Measure.COMMITS, "", START, START + 50, 4),
        Told.cumulative(Measure.COMMITS, "", START + 35, START + 60, 5));
    assertThat(counted.figure(Figure.COMMITS)).as("two processes").isEqualTo(17);
  }

  @Test
  void longPromptPrices_areNotForSumsOfManyCalls() {
    counted.provider = Provider.GEMINI;
    String model = "gemini-3.1-pro-preview";
    long one = chargeOf(model, 100_000);
    for (int i = 0; i < 10; i++) {
      counted.count(Told.delta(Measure.INPUT, model, START, 100_000));
    }
    assertThat(chargeOf(model, 1_000_000)).isGreaterThan(10 * one);
    assertThat(counted.figure(Figure.CHARGE_NANO_USD)).isEqualTo(10 * one);
  }

  private static long chargeOf(String model, long input) {
    return Counted.PRICES
        .price(Provider.GEMINI, model, START)
        .orElseThrow()
        .charge(new Usage(input, 0, 0, 0, 0, 0, 0), ServiceTier.STANDARD)
        .nanoUsd();
  }

  @Test
  void betterSignal_takesBackWhatTheWeakerSaid() {
    counted.count(
        Told.delta(Measure.INPUT, OPUS, START, 999),
        Told.delta(Measure.CLAIMED_NANO_USD, OPUS, START, 999),
        Told.delta(Measure.TOOL_CALLS, "", START, 3),
        Told.delta(Measure.ACTIVE_AGENT_MILLIS, "", START, 50));
    assertThat(counted.ledger.source()).isEqualTo(Signal.METRIC);
    counted.count(Told.call(Signal.SPAN, START + Told.HOUR, 100, 5, 1_000));
    assertThat(counted.ledger.source()).isEqualTo(Signal.SPAN);
    assertThat(counted.figure(Figure.UNCACHED_INPUT)).isEqualTo(100);
    assertThat(counted.figure(Figure.CLAIMED_NANO_USD)).isZero();
    assertThat(counted.figure(Figure.TOOL_CALLS)).isEqualTo(3);
    counted.count(
        Told.call(Signal.LOG, START, 110, 6, 1_100),
        Told.event(Signal.LOG, EventKind.TOOL_RESULT, START, Result.OK),
        Told.call(Signal.SPAN, START + 1, 100, 5, 1_000),
        Told.delta(Measure.INPUT, OPUS, START + 2, 999));
    assertThat(counted.ledger.source()).isEqualTo(Signal.LOG);
    assertThat(counted.figure(Figure.UNCACHED_INPUT)).isEqualTo(110);
    assertThat(counted.figure(Figure.CHARGE_NANO_USD)).isEqualTo(1_100);
    assertThat(counted.figure(Figure.MODEL_CALLS)).isEqualTo(1);
    assertThat(counted.figure(Figure.TOOL_CALLS)).isEqualTo(1);
    assertThat(counted.figure(Figure.ACTIVE_AGENT_MILLIS)).isEqualTo(50);
  }

  @Test
  void manyPlaces_areTakenBackExactly() {
    List<Object> spans = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      long at = START + i % 7 * Told.HOUR;
      spans.add(
          Told.call(Signal.SPAN, at, "m" + i, new Usage(i, 0, 0, 0, 1, 0, 0), Charge.UNPRICED));
    }
    counted.count(spans.subList(0, 5).toArray());
    spans.subList(5, spans.size()).forEach(span -> countQuietly(counted, span));
    assertThat(counted.sums.total()).isEqualTo(counted.ledger.figures());
    assertThat(counted.figure(Figure.MODEL_CALLS)).isEqualTo(3_000);
    assertThat(counted.ledger.state().length).isLessThan(30_000);
    counted.restore();
    counted.count(Told.call(Signal.LOG, START, 110, 6, 1_100));

    Counted logOnly = new Counted();
    logOnly.count(Told.call(Signal.LOG, START, 110, 6, 1_100));
    assertThat(counted.sums.places()).isEqualTo(logOnly.sums.places());
  }

  private static void countQuietly(Counted counted, Object event) {
    counted.ledger.count(counted.facts, counted.person, (AgentEvent) event, counted.sums);
  }

  @Test
  void manyDays_stayBounded() {
    for (int day = 0; day < 2_000; day++) {
      counted.ledger.count(
          counted.facts,
          counted.person,
          Told.delta(Measure.INPUT, OPUS, START + day * 24 * Told.HOUR, 10),
          counted.provider,
          Counted.PRICES,
          counted.sums);
    }
    assertThat(counted.sums.total()).isEqualTo(counted.ledger.figures());
    assertThat(counted.figure(Figure.UNCACHED_INPUT)).isEqualTo(20_000);
    assertThat(counted.ledger.state().length).isLessThan(30_000);
  }

  @Test
  void manySeries_forgetTheOldest() {
    for (int i = 0; i < 5_000; i++) {
      counted.ledger.count(
          counted.facts,
          counted.person,
          Told.cumulative(Measure.LINES_ADDED, "m" + i, START, START + 1, 1),
          counted.provider,
          Counted.PRICES,
          counted.sums);
    }
    assertThat(counted.figure(Figure.LINES_ADDED)).isEqualTo(5_000);
    assertThat(counted.ledger.state().length).isLessThan(2_000 * 30);
    counted.count(Told.cumulative(Measure.LINES_ADDED, "m4999", START, START + 2, 3));
    assertThat(counted.figure(Figure.LINES_ADDED)).isEqualTo(5_002);
  }

  @Test
  void metricsWithoutSession_yieldToEventsElsewhere() {
    counted.facts = Told.facts("", "api");
    counted.count(
        Told.delta(Measure.SESSIONS, "", START, 2),
        Told.delta(Measure.INPUT, OPUS, START, 100),
        Told.delta(Measure.ACTIVE_AGENT_MILLIS, "", START, 50));
    assertThat(counted.figure(Figure.SESSIONS)).isEqualTo(2);
    assertThat(counted.figure(Figure.UNCACHED_INPUT)).isEqualTo(100);

    counted.ledger.countedElsewhere(Told.call(Signal.LOG, START, 100, 5, 1), counted.sums);
    counted.restore();
    counted.count(
        Told.delta(Measure.SESSIONS, "", START + 1, 1),
        Told.delta(Measure.INPUT, OPUS, START + 1, 100),
        Told.delta(Measure.ACTIVE_AGENT_MILLIS, "", START + 1, 50));
    assertThat(counted.figure(Figure.SESSIONS)).isZero();
    assertThat(counted.figure(Figure.UNCACHED_INPUT)).isZero();
    assertThat(counted.figure(Figure.CHARGE_NANO_USD)).isZero();
    assertThat(counted.figure(Figure.ACTIVE_AGENT_MILLIS)).isEqualTo(100);
  }
}
