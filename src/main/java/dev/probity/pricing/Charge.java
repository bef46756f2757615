package dev.probity.pricing;

import java.util.Locale;

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

  /**
   * At which service tier it was made: the last word of {@link Price#version(ServiceTier)}.
   * Standard where nothing was priced, as then it is not on record.
   */
  public ServiceTier tier() {
    String last = priceVersion.substring(priceVersion.lastIndexOf(' ') + 1);
    for (ServiceTier tier : ServiceTier.values()) {
      if (last.equals(tier.name().toLowerCase(Locale.ROOT))) {
        return tier;
      }
    }
    return ServiceTier.STANDARD;
  }
}
