package dev.probity.telemetry.counting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.pricing.PriceBook;
import dev.probity.pricing.Provider;
import dev.probity.telemetry.AgentEvent;
import dev.probity.telemetry.Reading;
import dev.probity.telemetry.SessionFacts;
import dev.probity.telemetry.sessions.Figure;
import java.util.List;

/** A ledger with its sums, which checks after every step that they are the same. */
final class Counted {
  static final PriceBook PRICES = PriceBook.shipped(List.of());

  final HeapSums sums = new HeapSums();
  SessionLedger ledger = SessionLedger.begin();
  SessionFacts facts = Told.facts();
  long person = 7;
  Provider provider = Provider.ANTHROPIC;

  Counted count(Object... told) {
    for (Object each : told) {
      if (each instanceof Reading reading) {
        ledger.count(facts, person, reading, provider, PRICES, sums);
      } else {
        ledger.count(facts, person, (AgentEvent) each, sums);
      }
      assertThat(sums.total()).isEqualTo(ledger.figures());
    }
    return this;
  }

  void restore() {
    byte[] state = ledger.state();
    ledger = SessionLedger.restore(state);
    assertThat(ledger.state()).isEqualTo(state);
  }

  long figure(Figure figure) {
    return ledger.figures().get(figure);
  }
}
