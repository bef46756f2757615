package dev.probity.kernel;

/**
 * What one model call used, in tokens. The parts are disjoint: none contains another, whatever the
 * provider's own counting does, so their sum is the total.
 *
 * @param uncachedInput prompt tokens read afresh
 * @param cacheRead prompt tokens that the provider had in its cache
 * @param cacheWrite5m prompt tokens written to the provider's 5-minute cache (or its only one)
 * @param cacheWrite1h prompt tokens written to the provider's 1-hour cache
 * @param outputText answer tokens that are not reasoning
 * @param outputReasoning answer tokens spent on reasoning
 * @param toolPrompt prompt tokens that the provider's own tools added
 */
public record Usage(
    long uncachedInput,
    long cacheRead,
    long cacheWrite5m,
    long cacheWrite1h,
    long outputText,
    long outputReasoning,
    long toolPrompt) {
  public static final Usage NONE = new Usage(0, 0, 0, 0, 0, 0, 0);

  public Usage {
    if ((uncachedInput
            | cacheRead
            | cacheWrite5m
            | cacheWrite1h
            | outputText
            | outputReasoning
            | toolPrompt)
        < 0) {
      throw new IllegalArgumentException("usage: a negative part (expected: all parts 0 or more)");
    }
  }

  /** Everything the model read. Context tiers are decided on this. */
  public long input() {
    return uncachedInput + cacheRead + cacheWrite5m + cacheWrite1h + toolPrompt;
  }

  /** Everything the model wrote. */
  public long output() {
    return outputText + outputReasoning;
  }

  public long total() {
    return input() + output();
  }

  public Usage plus(Usage other) {
    return new Usage(
        uncachedInput + other.uncachedInput,
        cacheRead + other.cacheRead,
        cacheWrite5m + other.cacheWrite5m,
        cacheWrite1h + other.cacheWrite1h,
        outputText + other.outputText,
        outputReasoning + other.outputReasoning,
        toolPrompt + other.toolPrompt);
  }
}
