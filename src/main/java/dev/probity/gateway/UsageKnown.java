package dev.probity.gateway;

/** How much of an unfinished answer's usage goes on record. */
enum UsageKnown {
  /** Nothing was sent, so nothing was used. */
  NOTHING,
  /** What the provider has said so far. */
  IF_REPORTED,
  /**
   * What the provider has said, if that is its final word; else counted from the bytes that passed.
   */
  IF_REPORTED_ELSE_ESTIMATED
}
