package dev.probity.pricing;

/**
 * What an exchange costs.
 *
 * @param unpriced the book has no price for this model: the amount is 0 because it is unknown, not
 *     because it is free
 * @param priceVersion which row of which book made the amount, and at which service tier; empty
 *     where nothing was priced
 */
public record Charge(long nanoUsd, boolean unpriced, String priceVersion) {
  /** Nothing was used, so nothing is charged. */
  public static final Charge NOTHING = new Charge(0, false, "");

  /** Something was used that the book has no price for. */
  public static final Charge UNPRICED = new Charge(0, true, "");
}
