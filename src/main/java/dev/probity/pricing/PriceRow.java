package dev.probity.pricing;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a model costs from a day on, and where that is known from.
 *
 * @param model the provider's name for it; a name that ends in {@code *} stands for every name that
 *     begins so
 * @param aliases other names of the same model
 * @param from the first day, in UTC; it holds until the next row of the same model
 * @param longContext dearer prices for long prompts, shortest first; empty for most models
 * @param tiers what other speeds cost; a speed that is missing has no known price
 * @param inputAudio pico-USD per audio token, for information: usage does not tell audio apart
 * @param source where the prices were read
 * @param retrieved when they were read there
 */
public record PriceRow(
    Provider provider,
    String model,
    List<String> aliases,
    LocalDate from,
    Rates standard,
    List<LongContext> longContext,
    Map<ServiceTier, TierPrice> tiers,
    OptionalLong inputAudio,
    String source,
    LocalDate retrieved,
    Optional<String> note) {

  public PriceRow {
    aliases = List.copyOf(aliases);
    longContext = List.copyOf(longContext);
    tiers = Map.copyOf(tiers);
    for (int i = 1; i < longContext.size(); i++) {
      if (longContext.get(i).aboveTokens() <= longContext.get(i - 1).aboveTokens()) {
        throw new IllegalArgumentException("tiers of " + model + " are not in rising order");
      }
    }
  }

  /** A request whose whole prompt has more tokens than this pays these rates for all of it. */
  public record LongContext(long aboveTokens, Rates rates) {
    public LongContext {
      if (aboveTokens < 1) {
        throw new IllegalArgumentException("above: " + aboveTokens + " (expected: 1 or more)");
      }
    }
  }

  /** How the price of another speed is said. */
  public sealed interface TierPrice {
    /** A multiple of the standard price, whatever the prompt's length. */
    record Factor(BigDecimal factor) implements TierPrice {
      public Factor {
        if (factor.signum() < 0) {
          throw new IllegalArgumentException("factor: " + factor + " (expected: 0 or more)");
        }
      }
    }

    /** Prices of its own, the same for every length of prompt. */
    record Explicit(Rates rates) implements TierPrice {}
  }

  /** Whether this row's model stands for every name that begins with it. */
  boolean isPrefix() {
    return model.endsWith("*");
  }
}
