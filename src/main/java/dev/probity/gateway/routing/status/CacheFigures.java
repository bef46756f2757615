package dev.probity.gateway.routing.status;

import dev.probity.kernel.Usage;
import dev.probity.pricing.Price;
import dev.probity.pricing.Rates;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a provider's prompt cache was worth.
 *
 * @param savedNanoUsd what the prompts would have cost more without a cache; below 0 if writing to
 *     it cost more than reading from it saved. Empty if the model has no known price. At the
 *     standard prices of today: what was read at a long prompt's price counts as if it were short.
 */
public record CacheFigures(long exchanges, Usage usage, OptionalLong savedNanoUsd) {
  private static final long PICO_PER_NANO = 1_000;

  static CacheFigures of(long exchanges, Usage usage, Optional<Price> price) {
    return new CacheFigures(
        exchanges,
        usage,
        price.isPresent()
            ? OptionalLong.of(
                saved(usage, price.get().row().standard().times(price.get().factor())))
            : OptionalLong.empty());
  }

  private static long saved(Usage usage, Rates rates) {
    double pico =
        (double) usage.cacheRead() * (rates.input() - rates.cacheRead())
            - (double) usage.cacheWrite5m() * (rates.cacheWrite5m() - rates.input())
            - (double) usage.cacheWrite1h() * (rates.cacheWrite1h() - rates.input());
    return Math.round(pico / PICO_PER_NANO);
  }

  /** Both together; what has no price adds nothing to the money. */
  public CacheFigures plus(CacheFigures other) {
    OptionalLong saved =
        savedNanoUsd.isEmpty()
            ? other.savedNanoUsd
            : OptionalLong.of(savedNanoUsd.getAsLong() + other.savedNanoUsd.orElse(0));
    return new CacheFigures(exchanges + other.exchanges, usage.plus(other.usage), saved);
  }

  /** The share of the prompts' tokens that came from the cache; 0 if there were none. */
  public double hitRate() {
    return usage.input() == 0 ? 0 : (double) usage.cacheRead() / usage.input();
  }
}
