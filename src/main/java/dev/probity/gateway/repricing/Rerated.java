package dev.probity.gateway.repricing;

import dev.probity.gateway.Exchange;
import dev.probity.pricing.Charge;

/** What becomes of an exchange's charge when it is made again. */
public sealed interface Rerated {
  /** It was never charged for: refused, failed, or free. */
  record Free() implements Rerated {}

  /**
   * Its charge stays, as it can't be made again from what is on record: several attempts were paid
   * for, of which only the sum is known, or the model's name is only kept as a hash.
   */
  record Kept() implements Rerated {}

  /** What it costs now. */
  record Again(Charge charge) implements Rerated {
    /** An amount that stays the same keeps the word of the price that made it first. */
    public boolean differs(Exchange exchange) {
      return charge.nanoUsd() != exchange.charge().nanoUsd()
          || charge.unpriced() != exchange.charge().unpriced();
    }
  }
}
