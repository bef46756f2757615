package dev.probity.telemetry.counting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.kernel.Usage;
import dev.probity.pricing.Charge;
import dev.probity.telemetry.AgentEvent;
import dev.probity.telemetry.EventKind;
import dev.probity.telemetry.Measure;
import dev.probity.telemetry.Result;
import dev.probity.telemetry.Signal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever an agent reports, and in whatever order its signals arrive, the result is one. */
class LedgerOrderTest {
  private static final String[] MODELS = {"claude-opus-5-5", "claude-haiku-4-5", "unheard-of", ""};
  private static final Measure[] MEASURES = Measure.values();
  private static final EventKind[] KINDS = EventKind.values();

  private final Random random = new Random(20261120);

  @Test
  void orderOfSignals_changesNothing() {
    for (int round = 0; round < 300; round++) {
      List<List<Object>> signals = List.of(events(Signal.LOG), events(Signal.SPAN), readings());
      Counted first = new Counted();
      interleaved(signals).forEach(first::count);
      for (int other = 0; other < 4; other++) {
        Counted again = new Counted();
        for (Object told : interleaved(signals)) {
          again.count(told);
          if (random.nextInt(10) == 0) {
            again.restore();
          }
        }
        assertThat(again.ledger.figures()).isEqualTo(first.ledger.figures());
        assertThat(again.sums.places()).isEqualTo(first.sums.places());
        assertThat(again.ledger.source()).isEqualTo(first.ledger.source());
      }
    }
  }

  @Test
  void restoring_changesNothing() {
    for (int round = 0; round < 200; round++) {
      List<Object> told = interleaved(List.of(events(Signal.LOG), events(Signal.SPAN), readings()));
      Counted steady = new Counted();
      Counted restored = new Counted();
      for (Object each : told) {
        steady.count(each);
        restored.count(each);
        restored.restore();
      }
      assertThat(restored.ledger.state()).isEqualTo(steady.ledger.state());
      assertThat(restored.sums.places()).isEqualTo(steady.sums.places());
      assertThat(restored.ledger.facts()).isEqualTo(steady.ledger.facts());
      assertThat(restored.ledger.models()).isEqualTo(steady.ledger.models());
    }
  }

  /** Each signal in its own order, and all of them mixed. */
  private List<Object> interleaved(List<List<Object>> signals) {
    List<Deque<Object>> rest = new ArrayList<>();
    signals.forEach(signal -> rest.add(new ArrayDeque<>(signal)));
    rest.removeIf(Deque::isEmpty);
    List<Object> mixed = new ArrayList<>();
    while (!rest.isEmpty()) {
      Deque<Object> next = rest.get(random.nextInt(rest.size()));
      mixed.add(next.poll());
      rest.removeIf(Deque::isEmpty);
    }
    return mixed;
  }

  private List<Object> events(Signal signal) {
    List<Object> events = new ArrayList<>();
    boolean calls = random.nextBoolean();
    for (int count = random.nextInt(12); count > 0; count--) {
      EventKind kind = KINDS[random.nextInt(KINDS.length)];
      Result result = Result.values()[random.nextInt(Result.values().length)];
      long claimed = random.nextInt(3) == 0 ? random.nextInt(-500, 2_000) : AgentEvent.UNKNOWN;
      if (kind != EventKind.MODEL_CALL) {
        events.add(Told.event(signal, kind, at(), result, claimed, random.nextInt(900)));
      }
      if (calls && random.nextBoolean()) {
        events.add(call(signal));
      }
    }
    return events;
  }

  private AgentEvent call(Signal signal) {
    Usage usage =
        new Usage(random.nextInt(900), random.nextInt(900), 1, 2, random.nextInt(900), 3, 4);
    Charge charge =
        random.nextInt(4) == 0 ? Charge.UNPRICED : new Charge(random.nextInt(9_000), false, "v");
    return Told.call(signal, at(), MODELS[random.nextInt(MODELS.length)], usage, charge);
  }

  private List<Object> readings() {
    List<Object> readings = new ArrayList<>();
    for (int count = random.nextInt(25); count > 0; count--) {
      Measure measure = MEASURES[random.nextInt(MEASURES.length)];
      String model = MODELS[random.nextInt(MODELS.length)];
      readings.add(
          random.nextBoolean()
              ? Told.delta(measure, model, at(), random.nextInt(-5, 5_000))
              : Told.cumulative(
                  measure, model, Told.START - random.nextInt(2), at(), random.nextInt(5_000)));
    }
    return readings;
  }

  private long at() {
    return Told.START + random.nextInt(40) * Told.HOUR / 10;
  }
}
