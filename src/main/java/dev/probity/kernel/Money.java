package dev.probity.kernel;

import java.math.BigDecimal;

/**
 * Money is a {@code long} of nano-USD (1e-9 USD) everywhere; this class only reads and writes it.
 */
public final class Money {
  public static final long NANOS_PER_USD = 1_000_000_000L;

  private Money() {}

  /** Exact decimal dollars without trailing zeros: {@code 7948000} is {@code "0.007948"}. */
  public static String usd(long nanoUsd) {
    BigDecimal value = BigDecimal.valueOf(nanoUsd, 9).stripTrailingZeros();
    return value.signum() == 0 ? "0" : value.toPlainString();
  }

  /** Reads decimal dollars; {@link ArithmeticException} if they are finer than a nano-USD. */
  public static long nanos(String usd) {
    return new BigDecimal(usd).movePointRight(9).longValueExact();
  }
}
