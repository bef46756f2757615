package dev.probity.gateway;

import dev.probity.pricing.ServiceTier;
import org.jspecify.annotations.Nullable;

/** The tier that an answer says it ran at, in the price book's words. */
final class ServiceTiers {
  private ServiceTiers() {}

  static ServiceTier of(@Nullable AnswerStream answer) {
    if (answer == null) {
      return ServiceTier.STANDARD;
    }
    return switch (answer.reader().serviceTier()) {
      case "priority", "fast" -> ServiceTier.PRIORITY;
      case "flex" -> ServiceTier.FLEX;
      case "batch" -> ServiceTier.BATCH;
      default -> ServiceTier.STANDARD;
    };
  }
}
