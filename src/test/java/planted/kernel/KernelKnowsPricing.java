package planted.kernel;

import planted.pricing.PricingKnowsSql;

/** Breaks the dependency table. */
public record KernelKnowsPricing(PricingKnowsSql price) {}
