package dev.probity.pricing;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;

/**
 * What the operator says about prices ({@code prices:}); it wins over the book.
 *
 * @param model as in {@link PriceRow}: a name, or a beginning and {@code *}
 * @param from the first day, in UTC
 * @param row prices that replace the book's; empty: the book's stay
 * @param factor every price times this, such as 0.85 for a negotiated discount; 1 leaves it
 */
public record PriceOverride(
    Provider provider, String model, LocalDate from, Optional<PriceRow> row, BigDecimal factor) {
  public PriceOverride {
    if (factor.signum() < 0) {
      throw new IllegalArgumentException("factor: " + factor + " (expected: 0 or more)");
    }
  }
}
