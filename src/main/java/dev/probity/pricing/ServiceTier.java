package dev.probity.pricing;

/** At which of a provider's speeds, and so prices, a call ran. */
public enum ServiceTier {
  STANDARD,
  BATCH,
  FLEX,
  PRIORITY
}
