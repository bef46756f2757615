package dev.probity.pricing;

import dev.probity.kernel.Usage;
import dev.probity.pricing.PriceRow.LongContext;
import dev.probity.pricing.PriceRow.TierPrice;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * What one model costs at one time. Turns usage into a charge with whole numbers only: pico-USD per
 * token times tokens, summed, and rounded once, half-up, to nano-USD.
 */
public final class Price {
  private static final long PICO_PER_NANO = 1_000;

  private final PriceRow row;
  private final String version;
  private final BigDecimal factor;

  /** By length of prompt: rates[0] up to above[0], rates[1] up to above[1], and so on. */
  private final long[] above;

  /** By service tier, then by length of prompt; a tier that is missing has no known price. */
  private final Map<ServiceTier, Rates[]> rates = new EnumMap<>(ServiceTier.class);

  private final Map<ServiceTier, String> versions = new EnumMap<>(ServiceTier.class);

  Price(PriceRow row, String version, BigDecimal factor) {
    this.row = row;
    this.version = version;
    this.factor = factor;
    this.above = row.longContext().stream().mapToLong(LongContext::aboveTokens).toArray();
    rates.put(ServiceTier.STANDARD, ratesOf(row, new TierPrice.Factor(BigDecimal.ONE), factor));
    row.tiers().forEach((tier, price) -> rates.put(tier, ratesOf(row, price, factor)));
    for (ServiceTier tier : ServiceTier.values()) {
      String word = tier == ServiceTier.STANDARD ? "" : " " + tier.name().toLowerCase(Locale.ROOT);
      versions.put(tier, version + word);
    }
  }

  private static Rates[] ratesOf(PriceRow row, TierPrice price, BigDecimal discount) {
    return switch (price) {
      case TierPrice.Explicit(Rates explicit) -> {
        Rates[] same = new Rates[row.longContext().size() + 1];
        Arrays.fill(same, explicit.times(discount));
        yield same;
      }
      case TierPrice.Factor(BigDecimal factor) -> {
        List<LongContext> tiers = row.longContext();
        Rates[] byLength = new Rates[tiers.size() + 1];
        byLength[0] = row.standard().times(factor.multiply(discount));
        for (int i = 0; i < tiers.size(); i++) {
          byLength[i + 1] = tiers.get(i).rates().times(factor.multiply(discount));
        }
        yield byLength;
      }
    };
  }

  /** Which row of which book this is: {@code 2026-11-20/anthropic/claude-opus-5-5@2026-09-22}. */
  public String version() {
    return version;
  }

  /** The same with the tier: what is kept with a charge, so that it can be made again. */
  public String version(ServiceTier tier) {
    return Objects.requireNonNull(versions.get(tier));
  }

  /** The row it comes from. */
  public PriceRow row() {
    return row;
  }

  /** What the operator multiplies the row's prices by; 1 if nothing. */
  public BigDecimal factor() {
    return factor;
  }

  /**
   * What the usage costs. {@link Charge#UNPRICED} if the row does not say what this tier costs. An
   * amount that no {@code long} holds, which only a broken provider can report, stops at the
   * largest.
   */
  public Charge charge(Usage usage, ServiceTier tier) {
    Rates[] byLength = rates.get(tier);
    if (byLength == null) {
      return Charge.UNPRICED;
    }
    return new Charge(nanoUsd(usage, byLength[lengthIndex(usage)]), false, version(tier));
  }

  /**
   * What several calls cost together of which only the sum is known: none is taken to be a long
   * one. Otherwise as {@link #charge}.
   */
  public Charge chargeTogether(Usage sum, ServiceTier tier) {
    Rates[] byLength = rates.get(tier);
    return byLength == null
        ? Charge.UNPRICED
        : new Charge(nanoUsd(sum, byLength[0]), false, version);
  }

  private int lengthIndex(Usage usage) {
    if (above.length == 0) {
      return 0;
    }
    long input = usage.input();
    int index = 0;
    while (index < above.length && input > above[index]) {
      index++;
    }
    return index;
  }

  private static long nanoUsd(Usage usage, Rates rates) {
    try {
      long pico = Math.multiplyExact(usage.uncachedInput(), rates.input());
      pico = plus(pico, usage.toolPrompt(), rates.input());
      pico = plus(pico, usage.cacheRead(), rates.cacheRead());
      pico = plus(pico, usage.cacheWrite5m(), rates.cacheWrite5m());
      pico = plus(pico, usage.cacheWrite1h(), rates.cacheWrite1h());
      pico = plus(pico, usage.outputText(), rates.output());
      pico = plus(pico, usage.outputReasoning(), rates.output());
      return Math.addExact(pico, PICO_PER_NANO / 2) / PICO_PER_NANO;
    } catch (ArithmeticException tooLarge) {
      return nanoUsdOfAnySize(usage, rates);
    }
  }

  private static long plus(long pico, long tokens, long rate) {
    return Math.addExact(pico, Math.multiplyExact(tokens, rate));
  }

  private static long nanoUsdOfAnySize(Usage usage, Rates rates) {
    BigInteger nano =
        product(usage.uncachedInput(), rates.input())
            .add(product(usage.toolPrompt(), rates.input()))
            .add(product(usage.cacheRead(), rates.cacheRead()))
            .add(product(usage.cacheWrite5m(), rates.cacheWrite5m()))
            .add(product(usage.cacheWrite1h(), rates.cacheWrite1h()))
            .add(product(usage.outputText(), rates.output()))
            .add(product(usage.outputReasoning(), rates.output()))
            .add(BigInteger.valueOf(PICO_PER_NANO / 2))
            .divide(BigInteger.valueOf(PICO_PER_NANO));
    return nano.min(BigInteger.valueOf(Long.MAX_VALUE)).longValueExact();
  }

  private static BigInteger product(long tokens, long rate) {
    return BigInteger.valueOf(tokens).multiply(BigInteger.valueOf(rate));
  }
}
