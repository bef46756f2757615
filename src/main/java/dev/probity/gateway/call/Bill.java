package dev.probity.gateway.call;

import dev.probity.gateway.answer.AnswerReader;
import dev.probity.kernel.Usage;
import dev.probity.kernel.UsageSource;
import dev.probity.pricing.Charge;
import dev.probity.pricing.PriceBook;
import dev.probity.pricing.ServiceTier;
import org.jspecify.annotations.Nullable;

/** What an attempt used, who says so, and what it costs. */
record Bill(Usage usage, UsageSource source, Charge charge) {
  static final Bill NOTHING = new Bill(Usage.NONE, UsageSource.NONE, Charge.NOTHING);

  /** For estimates: bytes of text a token. */
  private static final int BYTES_PER_TOKEN = 4;

  /** How much of an unfinished answer's usage goes on record. */
  enum UsageKnown {
    /** Nothing was sent, so nothing was used. */
    NOTHING,
    /** What the provider has said so far. */
    IF_REPORTED,
    /**
     * What the provider has said, if that is its final word; else counted from the bytes that
     * passed.
     */
    IF_REPORTED_ELSE_ESTIMATED
  }

  /**
   * @param reported the source where the provider's count is final
   * @param requestBytes for estimates
   */
  static Bill of(
      Attempt attempt,
      UsageKnown known,
      UsageSource reported,
      long requestBytes,
      PriceBook prices,
      long atMillis) {
    AnswerStream seen = attempt.answer().orElse(null);
    boolean passed = attempt.passage().sent().isPassThrough();
    boolean free = attempt.passage().sent().isFree();
    if (known == UsageKnown.NOTHING || seen != null && !seen.isSuccess() || passed && free) {
      // Whoever looks at a response or a batch again is told its usage, but uses nothing.
      return NOTHING;
    }
    Usage said = seen == null ? Usage.NONE : seen.reader().usage();
    if (seen != null && seen.reader().usageIsFinal()) {
      return priced(attempt, said, reported, seen, prices, atMillis);
    }
    if (known == UsageKnown.IF_REPORTED || free || passed) {
      UsageSource source = said.equals(Usage.NONE) ? UsageSource.NONE : UsageSource.PROVIDER;
      return priced(attempt, said, source, seen, prices, atMillis);
    }
    Usage estimated = estimated(said, seen == null ? null : seen.reader(), requestBytes);
    return priced(attempt, estimated, UsageSource.ESTIMATED, seen, prices, atMillis);
  }

  /** The provider's partial word where there is one, and otherwise the bytes that passed. */
  private static Usage estimated(Usage said, @Nullable AnswerReader seen, long requestBytes) {
    long output = Math.max(said.output(), tokens(seen == null ? 0 : seen.contentBytes()));
    return new Usage(
        said.input() > 0 ? said.uncachedInput() : tokens(requestBytes),
        said.cacheRead(),
        said.cacheWrite5m(),
        said.cacheWrite1h(),
        output - said.outputReasoning(),
        said.outputReasoning(),
        said.toolPrompt());
  }

  private static long tokens(long bytes) {
    return (bytes + BYTES_PER_TOKEN - 1) / BYTES_PER_TOKEN;
  }

  private static Bill priced(
      Attempt attempt,
      Usage usage,
      UsageSource source,
      @Nullable AnswerStream seen,
      PriceBook prices,
      long atMillis) {
    boolean free = attempt.passage().sent().isFree();
    if (free || usage.equals(Usage.NONE)) {
      // A model was used, and nobody says how much: that is not free.
      boolean unknown = !free && attempt.passage().sent().isPassThrough();
      return new Bill(usage, source, unknown ? Charge.UNPRICED : Charge.NOTHING);
    }
    ServiceTier tier = seen == null ? ServiceTier.STANDARD : seen.serviceTier();
    Charge charge =
        prices
            .price(
                attempt.candidate().deployment().provider(), attempt.candidate().model(), atMillis)
            .map(price -> price.charge(usage, tier))
            .orElse(Charge.UNPRICED);
    return new Bill(usage, source, charge);
  }

  /** Both together; an estimate makes the sum one, and what has no price leaves it without. */
  Bill plus(Bill other) {
    if (other.usage.equals(Usage.NONE)) {
      return this;
    }
    if (usage.equals(Usage.NONE)) {
      return other;
    }
    boolean estimated = source == UsageSource.ESTIMATED || other.source == UsageSource.ESTIMATED;
    return new Bill(
        usage.plus(other.usage),
        estimated ? UsageSource.ESTIMATED : source,
        new Charge(
            charge.nanoUsd() + other.charge.nanoUsd(),
            charge.unpriced() || other.charge.unpriced(),
            charge.priceVersion().isEmpty() ? other.charge.priceVersion() : charge.priceVersion()));
  }
}
