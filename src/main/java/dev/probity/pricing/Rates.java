package dev.probity.pricing;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * What one token costs, by the part of {@link dev.probity.kernel.Usage} it falls in, in pico-USD: a
 * price of 1 USD per million tokens is 1,000,000. Tokens that a provider's own tools add to the
 * prompt cost what input costs, reasoning what output costs.
 */
public record Rates(long input, long output, long cacheRead, long cacheWrite5m, long cacheWrite1h) {
  private static final int PICO_PER_TOKEN_DIGITS = 6;

  public Rates {
    if ((input | output | cacheRead | cacheWrite5m | cacheWrite1h) < 0) {
      throw new IllegalArgumentException("a negative price (expected: 0 or more)");
    }
  }

  /**
   * Reads USD per million tokens. Six decimals are the finest that a whole pico-USD can say.
   *
   * @throws IllegalArgumentException it is not a decimal number, is negative, finer than six
   *     decimals or absurdly large
   */
  public static long parse(String usdPerMillionTokens) {
    try {
      BigDecimal pico = new BigDecimal(usdPerMillionTokens).movePointRight(PICO_PER_TOKEN_DIGITS);
      long value = pico.longValueExact();
      if (value < 0) {
        throw new ArithmeticException("negative");
      }
      return value;
    } catch (ArithmeticException | NumberFormatException e) {
      throw new IllegalArgumentException(
          "not a price: "
              + usdPerMillionTokens
              + " (expected: USD per million tokens, 0 or more, at most six decimals)",
          e);
    }
  }

  /** The inverse of {@link #parse}, without trailing zeros: {@code "0.25"}. */
  public static String text(long picoUsdPerToken) {
    BigDecimal usd =
        BigDecimal.valueOf(picoUsdPerToken, PICO_PER_TOKEN_DIGITS).stripTrailingZeros();
    return usd.signum() == 0 ? "0" : usd.toPlainString();
  }

  /** Every price times a factor, each rounded half-up to a pico-USD. */
  public Rates times(BigDecimal factor) {
    return new Rates(
        times(input, factor),
        times(output, factor),
        times(cacheRead, factor),
        times(cacheWrite5m, factor),
        times(cacheWrite1h, factor));
  }

  private static long times(long rate, BigDecimal factor) {
    return BigDecimal.valueOf(rate)
        .multiply(factor)
        .setScale(0, RoundingMode.HALF_UP)
        .longValueExact();
  }
}
