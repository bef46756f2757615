package dev.probity.web;

import dev.probity.gateway.Exchange;
import dev.probity.gateway.catalog.ModelCatalog.PriceLine;
import dev.probity.kernel.Usage;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * An exchange's usage as parts of a whole, and its charge as the sum of their prices.
 *
 * @param price what made the charge; empty if nothing did, or the price book no longer says
 * @param sumNanoUsd of the parts' charges, rounded once, as the charge is; 0 without a price
 */
public record UsageView(List<Part> parts, Optional<PriceLine> price, long sumNanoUsd) {
  /**
   * One part, measured in hundredths of all tokens.
   *
   * @param kind its class: its colour
   * @param picoPerToken its price; 0 without one
   */
  public record Part(
      String kind, String label, long tokens, long picoPerToken, String x, String width) {
    /** The part's charge, exactly, in dollars. */
    public String charge() {
      BigDecimal usd =
          BigDecimal.valueOf(picoPerToken)
              .multiply(BigDecimal.valueOf(tokens))
              .movePointLeft(12)
              .stripTrailingZeros();
      return "$" + (usd.signum() == 0 ? "0" : usd.toPlainString());
    }
  }

  /** A part's name, where its tokens stand, and where its price stands. */
  private record Kind(
      String name, String label, ToLongFunction<Usage> tokens, ToLongFunction<PriceLine> price) {}

  private static final List<Kind> KINDS =
      List.of(
          new Kind("input", "Input", Usage::uncachedInput, PriceLine::input),
          new Kind("cache-read", "Cache read", Usage::cacheRead, PriceLine::cacheRead),
          new Kind(
              "cache-write", "Cache write, 5 min", Usage::cacheWrite5m, PriceLine::cacheWrite5m),
          new Kind(
              "cache-write-long", "Cache write, 1 h", Usage::cacheWrite1h, PriceLine::cacheWrite1h),
          new Kind("tool", "Tool prompt", Usage::toolPrompt, PriceLine::input),
          new Kind("output", "Output", Usage::outputText, PriceLine::output),
          new Kind("reasoning", "Reasoning", Usage::outputReasoning, PriceLine::output));

  static UsageView of(Exchange exchange, Optional<PriceLine> price) {
    Usage usage = exchange.usage();
    List<Part> parts = new ArrayList<>();
    double total = Math.max(1, usage.total());
    double x = 0;
    BigDecimal pico = BigDecimal.ZERO;
    for (Kind kind : KINDS) {
      long tokens = kind.tokens.applyAsLong(usage);
      long rate = price.isPresent() ? kind.price.applyAsLong(price.get()) : 0;
      double width = 100 * tokens / total;
      parts.add(new Part(kind.name, kind.label, tokens, rate, decimal(x), decimal(width)));
      x += width;
      pico = pico.add(BigDecimal.valueOf(tokens).multiply(BigDecimal.valueOf(rate)));
    }
    return new UsageView(
        parts, price, pico.movePointLeft(3).setScale(0, RoundingMode.HALF_UP).longValue());
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }
}
